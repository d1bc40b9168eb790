/** Signed certificate timestamps (RFC 6962 §3.3): which logs promised to publish a certificate, and when. */
import { readElements } from './der.ts'
import { toBase64 } from './text.ts'

export interface SctLog {
  /** Base64, as log lists write it. */
  readonly logId: string
  /** ISO 8601. */
  readonly at: string
}

/** Reads the extension's value: an OCTET STRING around a TLS list. Null when it is not one. */
export function readSctLogs(value: Uint8Array): readonly SctLog[] | null {
  const list = readElements(value)?.[0]?.content
  if (!list || list.length < 2 || uint16(list, 0) !== list.length - 2) return null
  const logs: SctLog[] = []
  for (let offset = 2; offset < list.length; offset += 2 + uint16(list, offset)) {
    const sct = list.subarray(offset + 2, offset + 2 + uint16(list, offset))
    if (sct.length < 41) return null
    logs.push({ logId: toBase64(sct.subarray(1, 33)), at: readTime(sct.subarray(33, 41)) })
  }
  return logs
}

const uint16 = (bytes: Uint8Array, offset: number): number => (bytes[offset] ?? 0) * 256 + (bytes[offset + 1] ?? 0)

/** Milliseconds since the epoch, 64 bits. Throws a RangeError beyond the calendar. */
const readTime = (bytes: Uint8Array): string => new Date(bytes.reduce((sum, byte) => sum * 256 + byte, 0)).toISOString()
