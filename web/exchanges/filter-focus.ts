/** Puts the cursor into the query box, also when the table is only about to arrive. */
const BOX = 'exchange-query'

export const filterId = BOX

let isWanted = false

const box = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>(`#${BOX}`)

export function focusFilter(): void {
  isWanted = true
  requestAnimationFrame(takeFocus)
}

/** When the box is drawn: the focus, if somebody asked for it before. */
export function takeFocus(): void {
  const input = box()
  if (!isWanted || input === null) return
  isWanted = false
  input.focus()
  input.select()
}
