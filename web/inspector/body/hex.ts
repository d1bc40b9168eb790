/** Octets as rows of a hex dump. */

export interface HexRow {
  /** `00000010` */
  readonly offset: string
  readonly hex: string
  /** A dot for what is no printable ASCII. */
  readonly text: string
}

/** @param at number of the row */
export function hexRow(octets: Uint8Array, at: number, width: number): HexRow {
  const row = octets.subarray(at * width, (at + 1) * width)
  return {
    offset: (at * width).toString(16).padStart(8, '0'),
    hex: Array.from({ length: width }, (_, place) => pairOf(row[place])).join(' '),
    text: Array.from(row, (octet) => (octet > 0x1f && octet < 0x7f ? String.fromCharCode(octet) : '.')).join(''),
  }
}

const pairOf = (octet: number | undefined): string => (octet === undefined ? '  ' : octet.toString(16).padStart(2, '0'))
