/** DER in base64url, as ACME carries it (RFC 8555 §7.4, §7.6), saying in words what is wrong with a text that is none. */
import { readBase64url } from '../acme/base64url.ts'
import { messageOf } from './octets.ts'

/** Never throws. @param read throws an Error in words */
export function fromBase64url<T extends object>(
  text: string,
  read: (der: Uint8Array) => T,
): T | { readonly error: string } {
  if (text === '') return { error: 'empty' }
  const der = readBase64url(text)
  if (!der) return { error: explain(text) }
  try {
    return read(der)
  } catch (error) {
    return { error: messageOf(error) }
  }
}

function explain(text: string): string {
  if (text.startsWith('-----BEGIN')) return 'PEM, where base64url of DER belongs'
  const foreign = /[^A-Za-z0-9_-]+/.exec(text)?.[0]
  return foreign ? `“${foreign.slice(0, 20)}” is not base64url` : 'its base64url is not whole'
}
