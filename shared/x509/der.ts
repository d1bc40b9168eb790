/**
 * DER at its plainest (X.690): the elements a value is made of. Nothing here goes down by itself: whoever reads a
 * structure asks for one level at a time, so hostile nesting costs nothing and cannot exhaust the stack.
 */

export interface Der {
  /** The identifier octet: class, whether it is constructed, number. */
  readonly tag: number
  /** Tag, length and content; a view, not a copy. */
  readonly raw: Uint8Array
  readonly content: Uint8Array
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** Context-specific tag `[number]` (X.680 §8.1.2.2), of a constructed or a primitive value. */
export const context = (number: number, constructed = true): number => (constructed ? 0xa0 : 0x80) | number

/** The elements that lie one after the other in `bytes`; null when they are cut, or no DER at all. */
export function readElements(bytes: Uint8Array): readonly Der[] | null {
  const elements: Der[] = []
  let offset = 0
  while (offset < bytes.length) {
    const head = readHead(bytes, offset)
    if (!head || head.end > bytes.length) return null
    elements.push({
      tag: bytes[offset] ?? 0,
      raw: bytes.subarray(offset, head.end),
      content: bytes.subarray(head.start, head.end),
    })
    offset = head.end
  }
  return elements
}

/** Where the content of the element at `offset` starts and ends. Definite lengths of up to three octets. */
function readHead(bytes: Uint8Array, offset: number): { readonly start: number; readonly end: number } | null {
  // Numbers from 31 up take more octets; no certificate has them.
  if (((bytes[offset] ?? 0) & 0x1f) === 0x1f) return null
  const first = bytes[offset + 1]
  if (first === undefined) return null
  if (first < 0x80) return { start: offset + 2, end: offset + 2 + first }
  const octets = first & 0x7f
  if (octets === 0 || octets > 3) return null
  const start = offset + 2 + octets
  let length = 0
  for (let at = offset + 2; at < start; at++) length = length * 256 + (bytes[at] ?? 0)
  return { start, end: start + length }
}

// ───────────────────────────── what must be there; each throws an Error in words when it is not

export function elementsIn(bytes: Uint8Array): readonly Der[] {
  const elements = readElements(bytes)
  if (!elements) throw new Error('cut short, or not DER')
  return elements
}

/** The element that is all of `bytes`. */
export function onlyElement(bytes: Uint8Array): Der {
  const [first, second] = elementsIn(bytes)
  if (!first) throw new Error('empty')
  if (second) throw new Error('something follows its last byte')
  return first
}

export function expect(element: Der | undefined, tag: number): Der {
  if (!element) throw new Error('a part of it is missing')
  if (element.tag !== tag) throw new Error(`a part of it is of the wrong type (${element.tag.toString(16)})`)
  return element
}

/** The elements of a SEQUENCE that is all of `bytes`. */
export const sequenceIn = (bytes: Uint8Array): readonly Der[] =>
  elementsIn(expect(onlyElement(bytes), TAG.sequence).content)
