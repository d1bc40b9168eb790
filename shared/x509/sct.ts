/** Signed certificate timestamps (RFC 6962 §3.2, §3.3): which logs promised to publish a certificate, and when. */

import { logName } from './ct-logs.ts'
import { onlyElement } from './der.ts'
import { hexLines, toBase64, toHex } from './octets.ts'
import { opensslTime } from './values.ts'

export interface Sct {
  /** 1 for the only version there is; what else it claims to be. */
  readonly version: number
  /** Base64, as log lists write it. */
  readonly logId: string
  /** What the log is called; null when it is none of those we know. */
  readonly log: string | null
  /** ISO 8601; null when it is beyond the calendar. */
  readonly at: string | null
  /** Hex; empty when there are none. */
  readonly extensions: string
  /** `ECDSA with SHA-256`. */
  readonly signatureAlgorithm: string
  readonly signature: string
}

interface RawSct {
  readonly version: number
  readonly logId: Uint8Array
  readonly at: Date
  readonly extensions: Uint8Array
  readonly hash: number
  readonly signer: number
  readonly signature: Uint8Array
}

const uint16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)

/** @param value of the extension: an OCTET STRING around a TLS list. @throws Error in words when it is none */
function readRaw(value: Uint8Array): readonly RawSct[] {
  const list = onlyElement(value).content
  if (list.length < 2 || uint16(list, 0) !== list.length - 2) throw new Error('no list of timestamps')
  const found: RawSct[] = []
  for (let at = 2; at < list.length; at += 2 + uint16(list, at))
    found.push(readOne(list.subarray(at + 2, at + 2 + uint16(list, at))))
  return found
}

const HEAD = 43

function readOne(bytes: Uint8Array): RawSct {
  const extensionsEnd = HEAD + uint16(bytes, 41)
  const signature = bytes.subarray(extensionsEnd + 4)
  if (bytes.length < extensionsEnd + 4 || signature.length !== uint16(bytes, extensionsEnd + 2))
    throw new Error('a timestamp is cut')
  return {
    version: bytes[0] ?? 0,
    logId: bytes.subarray(1, 33),
    at: new Date(bytes.subarray(33, 41).reduce((sum, octet) => sum * 256 + octet, 0)),
    extensions: bytes.subarray(HEAD, extensionsEnd),
    hash: bytes[extensionsEnd] ?? 0,
    signer: bytes[extensionsEnd + 1] ?? 0,
    signature,
  }
}

/** @throws Error in words when it is no list of timestamps */
export const readScts = (value: Uint8Array): readonly Sct[] =>
  readRaw(value).map(({ version, logId, at, extensions, hash, signer, signature }) => ({
    version: version + 1,
    logId: toBase64(logId),
    log: logName(toBase64(logId)),
    at: Number.isNaN(at.getTime()) ? null : at.toISOString(),
    extensions: toHex(extensions),
    signatureAlgorithm: `${SIGNERS[signer] ?? `signature ${signer}`} with ${HASHES[hash] ?? `hash ${hash}`}`,
    signature: toHex(signature),
  }))

/** RFC 5246 §7.4.1.4.1. */
const HASHES = ['none', 'MD5', 'SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512']
const SIGNERS = ['anonymous', 'RSA', 'DSA', 'ECDSA']

/** As OpenSSL prints them. @throws Error in words when it is no list of timestamps */
export function sctLines(value: Uint8Array): readonly string[] {
  return readRaw(value).flatMap(({ version, logId, at, extensions, hash, signer, signature }) => [
    'Signed Certificate Timestamp:',
    `    Version   : ${version === 0 ? 'v1 (0x0)' : `unknown (0x${version.toString(16).padStart(2, '0')})`}`,
    ...labelled('Log ID', logId),
    `    Timestamp : ${opensslTime(at, true)}`,
    ...(extensions.length ? labelled('Extensions', extensions) : ['    Extensions: none']),
    `    Signature : ${OPENSSL_SIGNERS.get(`${hash} ${signer}`) ?? toHex(Uint8Array.from([hash, signer])).replace(':', '')}`,
    ...hexLines(toHex(signature), 16).map((line) => `                ${line}`),
  ])
}

/** Those that a log may use (RFC 6962 §2.1.4). */
const OPENSSL_SIGNERS: ReadonlyMap<string, string> = new Map([
  ['4 3', 'ecdsa-with-SHA256'],
  ['4 1', 'sha256WithRSAEncryption'],
])

const labelled = (label: string, octets: Uint8Array): readonly string[] =>
  hexLines(toHex(octets), 16).map((line, at) => (at === 0 ? `    ${label.padEnd(10)}: ` : ' '.repeat(16)) + line)
