/** Keyboard focus goes with the selection while it is among the rows, also to a row that is drawn only later. */

let isAwaited = false

/** Marks the list of rows. */
export const ROWS = 'data-rows'

const isAmongRows = (element: Element | null): boolean => element?.closest(`[${ROWS}]`) != null

/** To be called before a key moves the selection. */
export function letFocusFollow(): void {
  isAwaited = isAmongRows(document.activeElement)
}

/** Of the row that became the selected one. The diagram brings it into sight itself. */
export function takeFocus(button: HTMLElement | null): void {
  if (isAwaited) button?.focus({ preventScroll: true })
  isAwaited = false
}

/** Keys that something else may want (arrows in a menu or between tabs, Enter on a button) are ours only here. */
export function isForRows({ target }: KeyboardEvent): boolean {
  return target === document.body || (target instanceof Element && isAmongRows(target))
}

/** Enter on what is pressed by itself, as a poll's fold or a link, is no key of the diagram. */
export function isForSelectedRow(event: KeyboardEvent): boolean {
  const { target } = event
  return isForRows(event) && !(target instanceof Element && target.closest('a, button:not([aria-current])') !== null)
}
