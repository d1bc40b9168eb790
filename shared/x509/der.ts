/** DER at its plainest: the elements a value is made of, so that one broken extension does not hide the others. */

export interface DerElement {
  readonly tag: number
  /** Tag, length and content. */
  readonly raw: Uint8Array<ArrayBuffer>
  readonly content: Uint8Array<ArrayBuffer>
}

/** The elements that lie one after the other in `bytes`; null when they are cut, or no DER at all. */
export function readElements(bytes: Uint8Array): readonly DerElement[] | null {
  const elements: DerElement[] = []
  let offset = 0
  while (offset < bytes.length) {
    const head = readHead(bytes, offset)
    if (!head || head.end > bytes.length) return null
    elements.push({
      tag: bytes[offset] ?? 0,
      raw: bytes.slice(offset, head.end),
      content: bytes.slice(head.start, head.end),
    })
    offset = head.end
  }
  return elements
}

/** Where the content of the element at `offset` starts and ends. Definite lengths of up to three octets. */
function readHead(bytes: Uint8Array, offset: number): { readonly start: number; readonly end: number } | null {
  const first = bytes[offset + 1]
  if (first === undefined) return null
  if (first < 0x80) return { start: offset + 2, end: offset + 2 + first }
  const octets = first & 0x7f
  if (octets === 0 || octets > 3) return null
  const start = offset + 2 + octets
  const length = bytes.slice(offset + 2, start).reduce((sum, octet) => sum * 256 + octet, 0)
  return { start, end: start + length }
}
