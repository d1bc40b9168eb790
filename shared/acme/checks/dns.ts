/** Did the TXT record reach the CA (RFC 8555 §8.4), and did the provider's API let it be written at all? */
import type { Finding } from '../../finding.ts'
import type { Analysis, Challenge, Step } from '../model.ts'
import { reference } from '../registry.ts'
import { recordsOf } from '../show.ts'
import type { Evidence } from './evidence.ts'

export function checkDns({ analysis }: Evidence): readonly Finding[] {
  const failed = [...analysis.challenges.values()].filter((one) => one.type === 'dns-01' && one.status === 'invalid')
  return [...failed.flatMap((challenge) => judge(analysis, challenge)), ...refusals(analysis)]
}

/** Whether what was written says why the challenge failed. */
export const isExplainedByDns = (analysis: Analysis, challenge: Challenge): boolean =>
  challenge.type === 'dns-01' && judge(analysis, challenge).length > 0

function judge(analysis: Analysis, challenge: Challenge): readonly Finding[] {
  const records = recordsOf(analysis, challenge)
  if (records.some(({ matches }) => matches === true)) return [notPropagated(challenge)]
  return records.some(({ matches }) => matches === false) ? [mismatch(challenge, records[0]?.content ?? '')] : []
}

const wantedName = ({ proof }: Challenge) => (proof?.kind === 'txt' ? proof.name : '')
const wantedValue = ({ proof }: Challenge) => (proof?.kind === 'txt' ? proof.value : '')

const about = (challenge: Challenge) => ({
  severity: 'error' as const,
  reference: reference('RFC 8555 §8.4'),
  exchanges: challenge.history
    .filter(({ status }) => status === 'invalid')
    .slice(0, 1)
    .map(({ exchange }) => exchange),
  object: challenge.url,
  consequenceOf: null,
})

const notPropagated = (challenge: Challenge): Finding => ({
  ...about(challenge),
  id: 'dns.not-propagated',
  title: `The right TXT value for ${wantedName(challenge)} was written, but the CA did not see it`,
  explanation: `The provider accepted ${wantedValue(challenge)}. When the CA looked: ${challenge.error?.detail ?? 'it was not there'}.`,
  fix: "Give the name servers more time (the client's propagation delay), and see that the zone the API writes to is the one the world is served from.",
})

const mismatch = (challenge: Challenge, written: string): Finding => ({
  ...about(challenge),
  id: 'dns.txt-mismatch',
  title: `The TXT record at ${wantedName(challenge)} holds the wrong value`,
  explanation: `${wantedValue(challenge)} was expected, ${written} was written.`,
  fix: 'The client computed the value with another account key or another token. Check that one client with one account key writes this record.',
})

function refusals({ steps }: Analysis): readonly Finding[] {
  const refused = steps.filter((step) => step.to.startsWith('dns:') && (step.status === 401 || step.status === 403))
  const [first] = refused
  return first ? [unauthorized(first, refused)] : []
}

const unauthorized = (first: Step, all: readonly Step[]): Finding => ({
  id: 'dns-api.unauthorized',
  severity: 'error',
  title: `${first.to.slice('dns:'.length)} refuses the API credentials`,
  explanation: `Step ${first.sequence} (${first.operation}) was answered ${first.status}. Without access to the zone no proof can be published.`,
  fix: 'Check the API token: is it whole, not expired, and allowed to read the zone and edit its DNS records?',
  reference: reference('RFC 8555 §8.4'),
  exchanges: all.map(({ exchange }) => exchange),
  object: first.url,
  consequenceOf: null,
})
