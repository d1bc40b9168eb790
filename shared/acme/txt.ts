/** dns-01 (RFC 8555 §8.4): the TXT value a challenge expects, and how what was written compares with it. */
import { sha256 } from '@noble/hashes/sha2.js'
import { txtValue } from '../dns/match.ts'
import { readBase64url, toBase64url } from './base64url.ts'
import type { Analysis, Challenge, DnsChange, TxtMatch } from './model.ts'

const LABEL = '_acme-challenge.'

/** `token || "." || thumbprint` (§8.1); null when either is unknown, or was cut by whoever published the recording. */
export function keyAuthorization(token: string | null, thumbprint: string | null): string | null {
  if (token === null || thumbprint === null || token === '' || readBase64url(token) === null) return null
  return `${token}.${thumbprint}`
}

/** The record a dns-01 challenge wants. The wildcard's name is that of its apex. */
export const expectedTxt = (name: string, authorized: string | null): NonNullable<Challenge['expectedTxt']> => ({
  name: LABEL + name,
  value: authorized === null ? null : toBase64url(sha256(new TextEncoder().encode(authorized))),
})

type Known = Pick<Analysis, 'challenges'>
type Written = Pick<DnsChange, 'name' | 'value' | 'type'>

/**
 * The challenges a written record belongs to. By value where the value can be computed: that is proof, whatever the
 * name (a CNAME may lead elsewhere). Otherwise by name: a tie, not a judgement (`matches: null`), or a mismatch
 * (`matches: false`) when the value was known and another was written.
 */
export function matchTxt({ challenges }: Known, change: Written): readonly TxtMatch[] {
  if (change.value === null || (change.type !== null && change.type !== 'TXT')) return []
  const value = txtValue(change.value)
  const wanting = [...challenges.values()].filter((challenge) => challenge.expectedTxt !== null)
  const byValue = wanting.filter((challenge) => challenge.expectedTxt?.value === value)
  if (byValue.length) return byValue.map((challenge) => toMatch(challenge, true))
  return wanting
    .filter((challenge) => change.name !== null && bare(challenge.expectedTxt?.name ?? '') === bare(change.name))
    .map((challenge) => toMatch(challenge, challenge.expectedTxt?.value == null ? null : false))
}

const toMatch = ({ url, authorization }: Challenge, matches: boolean | null): TxtMatch => ({
  challenge: url,
  authorization,
  matches,
})

/** The name that is to be proven, from the record's name; hand-edited recordings sometimes lack the label. */
export function bare(recordName: string): string {
  const name = recordName.toLowerCase().replace(/\.$/, '')
  return name.startsWith(LABEL) ? name.slice(LABEL.length) : name
}
