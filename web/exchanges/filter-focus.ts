/** Puts the cursor into the filter, also when the table is only about to be drawn. */
const FILTER = 'exchange-filter'

export const filterId = FILTER

export function focusFilter(): void {
  requestAnimationFrame(() => document.getElementById(FILTER)?.focus())
}
