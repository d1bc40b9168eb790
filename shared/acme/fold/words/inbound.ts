/** The line of a request that came to a client's challenge port (RFC 8555 §8.3): from where, for what, and what it got. */
import { tokenIn } from '../../proof/proof.ts'
import { about, clip, type Subject } from './subject.ts'

/** `198.51.100.7 fetches the proof for example.test: the right one`. */
export function inboundWords(subject: Subject): string {
  const { client } = subject.decoded.head
  return `${clip(client.address ?? 'Somebody')} fetches the proof${about(subject)}${resultWords(subject)}`
}

function resultWords({ decoded: { head, response, location }, proof }: Subject): string {
  if (head.failure) return `, and the port of the client gives none: ${clip(head.failure.message)}`
  if (head.state === 'in progress') return ' …'
  if (head.state === 'cut off') return ': the recording ended before the answer'
  const status = head.response?.status ?? 0
  if (status >= 300 && status < 400)
    return `: redirected with ${status}${location === null ? '' : ` to ${clip(location)}`}`
  if (status !== 200) return `: refused with ${status}`
  const served = response.kind === 'text' ? response.text : ''
  if (proof?.matches === true) return ': the right one'
  if (/^\s*<(?:!doctype|html)/i.test(served)) return ': a web page is served instead'
  if (proof?.matches !== false) return proof ? '' : ': for a token that is not known here'
  return served.startsWith(`${tokenIn(proof.url)}.`)
    ? ': its token with the key of another account'
    : ': something else is served'
}
