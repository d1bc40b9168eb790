/** Octets as text: hex with colons, lines of it as OpenSSL lays them out, base64 and PEM (RFC 7468). */

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** `0a:ff`. */
export const lowerHex = (bytes: Uint8Array): string => Array.from(bytes, (octet) => HEX[octet]).join(':')

/** `0A:FF`. */
export const toHex = (bytes: Uint8Array): string => lowerHex(bytes).toUpperCase()

/** Hex in lines of so many octets; each line but the last ends in a colon. */
export function hexLines(hex: string, octets: number): readonly string[] {
  const width = octets * 3
  const lines: string[] = []
  for (let at = 0; at < hex.length; at += width) lines.push(hex.slice(at, at + width))
  return lines
}

/** A dump as OpenSSL makes it of what it does not know: offset, octets (a dash after the eighth), and what of them is text. */
export function dumpLines(bytes: Uint8Array): readonly string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += DUMPED) {
    const part = bytes.subarray(at, at + DUMPED)
    const hex = Array.from(part, (octet, place) => `${HEX[octet]}${place === 7 ? '-' : ' '}`).join('')
    const text = Array.from(part, (octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.')).join(
      '',
    )
    lines.push(`${at.toString(16).padStart(4, '0')} - ${hex.padEnd(DUMPED * 3)}  ${text}`)
  }
  return lines
}

/** Octets in a line, for the indent at which extensions stand. */
const DUMPED = 13

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const octet of bytes) binary += String.fromCharCode(octet)
  return btoa(binary)
}

export function toPem(label: string, bytes: Uint8Array): string {
  const base64 = toBase64(bytes)
  const lines: string[] = []
  for (let at = 0; at < base64.length; at += 64) lines.push(base64.slice(at, at + 64))
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** What an exception says, in one short line. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 200) ?? ''
