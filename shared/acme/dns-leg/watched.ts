/** Which of what was written in the DNS is worth watching until name servers serve it, and for how long. */
import { txtValue } from '../../dns/match.ts'
import { withoutDot } from '../../dns/record.ts'
import type { Analysis, DnsChange } from '../model.ts'
import { isChallengeName } from '../proof/proof.ts'
import { standingAt } from './dns-index.ts'

export interface WrittenRecord {
  readonly change: DnsChange
  /** Where the CA will look: the name of the challenge, which may lead by a CNAME to where it was written. */
  readonly name: string
  readonly value: string
}

/**
 * The records for challenges that were written by the changes from the given one on. An analysis only ever gets more
 * changes, at the end, so who watches goes on from `dnsChanges.length`.
 */
export function recordsWritten({ dnsChanges, challenges }: Analysis, from: number): readonly WrittenRecord[] {
  return dnsChanges.slice(from).flatMap((change) => {
    const { action, accepted, type, name, value, matches } = change
    if (action === 'delete' || !accepted || value === null || (type !== null && type !== 'TXT')) return []
    const proof = challenges.get(matches[0]?.challenge ?? '')?.proof
    const wanted = proof?.kind === 'txt' || proof?.kind === 'persistent-txt' ? proof.name : name
    if (wanted === null || (matches.length === 0 && !isChallengeName(wanted))) return []
    return [{ change, name: withoutDot(wanted).toLowerCase(), value: txtValue(value) }]
  })
}

/** Nobody will look for it any more: it was deleted, or every order that it was written for is over. */
export function isSettled({ index, authorizations, orders }: Analysis, { change }: WrittenRecord): boolean {
  if (!standingAt(index.dns, change.provider, change).has(change.value ?? '')) return true
  const proving = change.matches.flatMap(({ authorization }) => authorizations.get(authorization ?? '') ?? [])
  return (
    proving.length > 0 &&
    proving.every(
      ({ status, orders: urls }) =>
        GIVEN_UP.includes(status ?? '') || urls.every((url) => OVER.includes(orders.get(url)?.status ?? '')),
    )
  )
}

/** RFC 8555 §7.1.6 */
const GIVEN_UP = ['invalid', 'deactivated', 'expired', 'revoked']
const OVER = ['valid', 'invalid']
