/** Base64 and UTF-8 of bodies; the bytes themselves are never kept. */

/** Null when it is no base64. Line breaks and the URL-safe alphabet are accepted, as HAR writers use both. */
export function decodeBase64(text: string): Uint8Array | null {
  const plain = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/')
  try {
    return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

/** The text these bytes are, byte order mark included; null when they are no UTF-8, or hold a NUL as no text does. */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

export const byteLength = (text: string): number => new TextEncoder().encode(text).length
export const base64Length = (base64: string): number => Math.floor((base64.replace(/[=\s]+/g, '').length * 3) / 4)
