// What a client's TLS hello offers, by name.
import {
  CIPHER_SUITES,
  getExtensionData,
  isGREASE,
  TLS_VERSIONS,
  type TlsClientHelloMessage,
} from 'read-tls-client-hello'
import type { ClientTls } from '../../shared/exchange.ts'

/** More than any program offers. */
const MAX_CIPHERS = 100

/** Signalling values of RFC 5746 and RFC 7507, which are no ciphers. */
const SIGNALS = new Set([0x00ff, 0x5600])

const hex = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`

/** Undefined where there was no hello that could be read. Numbers that nobody named stand as they are, in hex. */
export function offeredIn(hello: TlsClientHelloMessage | undefined): ClientTls['offered'] {
  if (!hello) return undefined
  // RFC 8446 section 4.2.1: whoever speaks TLS 1.3 lists its versions; before that the highest one was said.
  const versions = getExtensionData(hello, 'supported_versions')?.versions ?? [hello.version]
  const meant = (each: number): boolean => !isGREASE(each) && !SIGNALS.has(each)
  return {
    versions: versions.filter(meant).map((each) => TLS_VERSIONS[each] ?? hex(each)),
    ciphers: hello.cipherSuites
      .filter(meant)
      .slice(0, MAX_CIPHERS)
      .map((each) => CIPHER_SUITES[each] ?? hex(each)),
  }
}
