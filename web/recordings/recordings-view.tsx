/** To be drawn. */
export function RecordingsView() {
  return <section aria-label="Recordings" data-testid="recordings" />
}
