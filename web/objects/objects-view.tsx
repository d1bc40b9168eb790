/** To be drawn. */
export function ObjectsView() {
  return <section aria-label="Objects" data-testid="objects" />
}
