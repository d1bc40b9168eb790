/** To be drawn. */
export function RfcView() {
  return <section aria-label="Rfc" data-testid="rfc" />
}
