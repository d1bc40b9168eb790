/**
 * Orders that the recording leaves half done (RFC 8555 §7.4). What ended them may be told elsewhere: a refusal, a failure,
 * a proof the client itself was not content with. Then this is not told again.
 */
import type { Finding } from '../../finding.ts'
import type { Order, Step } from '../model.ts'
import { reference } from '../registry.ts'
import { payloadObject } from '../traits.ts'
import type { Evidence } from './evidence.ts'
import { capital, clockTime, inWords, named } from './words.ts'

export function checkUnfinished(evidence: Evidence): readonly Finding[] {
  if (!evidence.isOver) return []
  const latest = latestByNames(evidence)
  return [...latest.values()].flatMap((order) => {
    const steps = evidence.stepsOfOrder(order.url)
    return isOpen(order) && steps.length && !isToldElsewhere(evidence, order, steps)
      ? [neverFinished(evidence, order, steps)]
      : []
  })
}

const isOpen = ({ status }: Order): boolean => status !== null && status !== 'valid' && status !== 'invalid'

/** A client that orders the same names again has given up what it had; the last one tells how it went. */
function latestByNames({ analysis }: Evidence): ReadonlyMap<string, Order> {
  const latest = new Map<string, Order>()
  for (const order of analysis.orders.values()) latest.set(namesOf(order).toSorted().join(' ') || order.url, order)
  return latest
}

const namesOf = ({ identifiers }: Order): readonly string[] => identifiers.map(({ value }) => value)

function isToldElsewhere(evidence: Evidence, order: Order, steps: readonly Step[]): boolean {
  const signed = steps.filter(({ decoded }) => decoded.jws !== null)
  const last = signed.at(-1)
  if (!last || hasFailedProof(evidence, order)) return true
  if (last.problem !== null || last.decoded.head.failure !== undefined || last.decoded.head.state === 'in progress')
    return true
  return !isAnswered(evidence, order) && hasGivenUp(evidence, order, signed)
}

const hasFailedProof = ({ analysis }: Evidence, order: Order): boolean =>
  order.authorizations.some((url) =>
    analysis.authorizations.get(url)?.history.some(({ status }) => status === 'invalid'),
  )

const isAnswered = ({ analysis }: Evidence, order: Order): boolean =>
  order.authorizations.some((url) =>
    analysis.authorizations.get(url)?.challenges.some((one) => analysis.challenges.get(one)?.answeredBy != null),
  )

/** The client took back what it had begun, or could not publish its proof: it never told the CA to look. */
function hasGivenUp(evidence: Evidence, order: Order, signed: readonly Step[]): boolean {
  if (signed.some(({ decoded }) => payloadObject(decoded)?.status === 'deactivated')) return true
  return dnsOf(evidence, order, signed[0]).some(
    ({ operation, status }) => operation === 'dns.deleteRecord' || (status ?? 0) >= 400,
  )
}

/** What the client did at a DNS provider after it had ordered; a refused write belongs to no order. */
function dnsOf(evidence: Evidence, order: Order, first: Step | undefined): readonly Step[] {
  return first ? evidence.dnsStepsOf(order.client).filter(({ sequence }) => sequence > first.sequence) : []
}

function neverFinished(evidence: Evidence, order: Order, steps: readonly Step[]): Finding {
  const last = steps.findLast(({ decoded }) => decoded.jws !== null) ?? (steps.at(-1) as Step)
  const refused = evidence.analysis.connections.some(
    ({ outcome, startedAt }) => outcome === 'client-refused-certificate' && startedAt > (steps[0]?.time ?? ''),
  )
  const names = inWords(namesOf(order)) || order.url
  return {
    id: 'order.never-finished',
    severity: 'warning',
    title: `The order for ${names} was still ${order.status} when the recording ended`,
    explanation:
      `${capital(named(last))} at ${clockTime(last.time)} was the last to speak of it: ${order.url} was ${order.status}. ${MISSING[order.status ?? ''] ?? ''} ${isAnswered(evidence, order) ? '' : 'No challenge of it was answered.'}`.trim(),
    fix: `If the recorder was stopped early, record the whole run. Otherwise see in the log of ${evidence.clientOf(last)} why it stopped; the CA keeps the order for a while, and a new run may go on with it.`,
    reference: reference('RFC 8555 §7.4'),
    exchanges: [last.exchange],
    object: order.url,
    consequenceOf: refused ? 'trust.client-rejected-authority' : null,
  }
}

const MISSING: Readonly<Record<string, string>> = {
  pending: 'Not all of its names were proven.',
  ready: 'All of its names were proven, and no CSR was sent.',
  processing: 'The CA had the CSR and had not issued yet.',
}
