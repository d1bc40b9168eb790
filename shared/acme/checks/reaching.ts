/** What the checks of connections have in common: which leg it was, how often, and what would show that it did no harm. */
import { providerAt } from '../../dns/providers.ts'
import { isKnownCa } from '../known/cas.ts'
import type { Evidence } from './evidence.ts'
import { subjects } from './outcome.ts'
import { clockTime } from './words.ts'

export type Several<T> = readonly [T, ...T[]]

/** `at 12:00:03`; `3 times between 12:00:03 and 12:00:09`. @param first ISO 8601, as `last` */
export const times = (count: number, first: string, last: string): string =>
  count === 1 ? `at ${clockTime(first)}` : `${count} times between ${clockTime(first)} and ${clockTime(last)}`

const isCa = ({ analysis }: Evidence, host: string): boolean => analysis.index.caHosts.has(host) || isKnownCa(host)

/** Empty for a host that is neither a CA's nor a DNS provider's. */
export function whichLeg(evidence: Evidence, host: string | null): string {
  if (host === null) return ''
  const provider = providerAt(host)
  if (provider)
    return `This is the leg to the DNS provider’s API (${provider.label}), which often has trust settings of its own.`
  return isCa(evidence, host) ? 'This is the leg to the CA.' : ''
}

/**
 * What would show that it did no harm: the same host was reached later; or, for a host that is neither a CA nor a DNS
 * provider's, a certificate came all the same.
 */
export function waysOut(evidence: Evidence, host: string | null): readonly (readonly string[])[] {
  if (host === null) return []
  const isNeeded = isCa(evidence, host) || providerAt(host) !== null
  const clients = evidence.analysis.lanes.filter(({ role }) => role === 'client').map(({ id }) => [subjects.client(id)])
  return [[subjects.host(host)], ...(isNeeded ? [] : clients)]
}
