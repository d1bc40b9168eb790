/** Where the CA went to look: `validationRecord`, which RFC 8555 §8.3 mentions and Boulder gives, one for each redirect. */
import { isObject, listField, stringField, strings } from '../json.ts'
import type { Challenge } from '../model.ts'
import { inWords, sentences, short } from './words.ts'

export interface Visit {
  readonly url: string | null
  readonly hostname: string | null
  readonly port: string | null
  readonly resolved: readonly string[]
  readonly used: string | null
  /** Addresses that failed before the one that was used. */
  readonly tried: readonly string[]
}

const MAX_VISITS = 10
const MAX_ADDRESSES = 20

export const visitsOf = ({ wire }: Pick<Challenge, 'wire'>): readonly Visit[] =>
  listField(wire, 'validationRecord').filter(isObject).slice(-MAX_VISITS).map(toVisit)

const addresses = (record: unknown, field: string): readonly string[] =>
  strings(listField(record, field).slice(0, MAX_ADDRESSES)).map(short)

const toVisit = (record: unknown): Visit => ({
  url: stringField(record, 'url'),
  hostname: stringField(record, 'hostname'),
  port: stringField(record, 'port'),
  resolved: addresses(record, 'addressesResolved'),
  used: stringField(record, 'addressUsed') || null,
  tried: addresses(record, 'addressesTried'),
})

export const isV6 = (address: string): boolean => address.includes(':')

/** `It resolved example.test to 192.0.2.7 and 2001:db8::7, and asked 192.0.2.7 at port 80 for http://….` Empty without a record. */
export function visitsInWords(challenge: Pick<Challenge, 'wire'>): string {
  const visits = visitsOf(challenge)
  const last = visits.at(-1)
  if (!last) return ''
  const host = short(last.hostname ?? 'the name')
  const asked = last.used === null ? 'asked nobody' : `asked ${short(last.used)}`
  return sentences(
    visits.length > 1 && `It was led on ${visits.length - 1} time${visits.length > 2 ? 's' : ''} (redirects).`,
    last.resolved.length ? `It resolved ${host} to ${inWords(last.resolved)},` : `For ${host} it`,
    last.tried.length > 0 && `tried ${inWords(last.tried)},`,
    `${last.resolved.length || last.tried.length ? 'and ' : ''}${asked}${last.port === null ? '' : ` at port ${short(last.port)}`}${last.url === null ? '' : ` for ${short(last.url)}`}.`,
  )
}
