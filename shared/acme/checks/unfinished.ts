/**
 * Orders that the recording leaves half done (RFC 8555 §7.4). What ended them may be told elsewhere: a refusal, a failure,
 * a proof the client itself was not content with. Then this is not told again.
 */
import type { Finding } from '../../finding.ts'
import { roleOf } from '../fold/lanes.ts'
import { authorizedName } from '../fold/step.ts'
import { payloadObject } from '../fold/traits.ts'
import type { Order, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import { type Evidence, isAnswered } from './evidence.ts'
import { isUnserved } from './transport.ts'
import { capital, clockTime, inWords, named, short } from './words.ts'

export function checkUnfinished(evidence: Evidence): readonly Finding[] {
  if (!evidence.isOver) return []
  const signs = signsOf(evidence)
  return latestByNames(evidence).flatMap((order) => {
    const steps = evidence.stepsOfOrder(order.url).filter(({ decoded }) => decoded.jws !== null)
    const [first, last] = [steps[0], steps.at(-1)]
    if (!isOpen(order) || signs.fetched.has(order.url) || !first || !last || isToldElsewhere(signs, order, steps, last))
      return []
    return [neverFinished(evidence, signs, order, first, last)]
  })
}

/** RFC 8739 §3.1.2: an order that renews itself ends when its client cancels it. */
const ENDS: readonly (string | null)[] = [null, 'valid', 'invalid', 'canceled']
const isOpen = ({ status }: Order): boolean => !ENDS.includes(status)

/** A client that orders the same names again has given up what it had; the last one tells how it went. */
function latestByNames({ analysis }: Evidence): readonly Order[] {
  const latest = new Map<string, Order>()
  for (const order of analysis.orders.values()) latest.set(namesOf(order).toSorted().join(' ') || order.url, order)
  return [...latest.values()]
}

const namesOf = ({ identifiers }: Order): readonly string[] => identifiers.map(({ value }) => value)

/** What else the recording tells of how orders ended. */
interface Signs {
  /** Authorizations of which a challenge was answered. */
  readonly answered: ReadonlySet<string | null>
  readonly proven: ReadonlySet<string>
  /** Orders whose certificate was fetched: whatever their status is called, they came to their end. */
  readonly fetched: ReadonlySet<string>
  /** Authorizations whose proof failed. */
  readonly failed: ReadonlySet<string>
  /** Client → number of the last step in which it took a record back, or a DNS provider refused it. */
  readonly setbacks: ReadonlyMap<string, number>
  /** When a client last turned away because it does not trust us. */
  readonly distrusted: string
}

function signsOf(evidence: Evidence): Signs {
  const { analysis } = evidence
  const setbacks = analysis.steps.filter((step) => roleOf(step.to) === 'dns' && isSetback(step))
  const challenges = [...analysis.challenges.values()].filter((one) => isAnswered(evidence, one))
  const authorizations = [...analysis.authorizations.values()]
  const failed = authorizations.filter((one) => one.history.some(({ status }) => status === 'invalid'))
  return {
    answered: new Set(challenges.map(({ authorization }) => authorization)),
    proven: new Set(authorizations.filter(({ status }) => status === 'valid').map(({ url }) => url)),
    fetched: new Set([...analysis.certificates.values()].flatMap(({ order }) => order ?? [])),
    failed: new Set(failed.map(({ url }) => url)),
    setbacks: new Map(setbacks.map(({ from, sequence }) => [from, sequence])),
    distrusted:
      analysis.connections.findLast(({ outcome }) => outcome === 'client-refused-certificate')?.startedAt ?? '',
  }
}

const isSetback = ({ operation, status, dns, decoded }: Step): boolean =>
  operation === 'dns.deleteRecord' ||
  dns?.accepted === false ||
  (status ?? 0) >= 400 ||
  decoded.head.failure !== undefined

function isToldElsewhere(signs: Signs, order: Order, steps: readonly Step[], last: Step): boolean {
  if (order.authorizations.some((url) => signs.failed.has(url))) return true
  if (last.problem !== null || isUnserved(last)) return true
  return !isTold(signs, order) && hasGivenUp(signs, order, steps)
}

const isTold = ({ answered }: Signs, order: Order): boolean => order.authorizations.some((url) => answered.has(url))

/** The client took back what it had begun, or could not publish its proof: it never told the CA to look. */
function hasGivenUp({ setbacks }: Signs, order: Order, steps: readonly Step[]): boolean {
  const hasDeactivated = steps.some(({ decoded }) => payloadObject(decoded)?.status === 'deactivated')
  return hasDeactivated || (setbacks.get(order.client) ?? 0) > (steps[0]?.sequence ?? Infinity)
}

function neverFinished(evidence: Evidence, signs: Signs, order: Order, first: Step, last: Step): Finding {
  const names = inWords(namesOf(order).map(short)) || short(order.url)
  return {
    id: 'order.never-finished',
    severity: 'warning',
    title: `The order for ${names} was still ${short(order.status ?? '')} when the recording ended`,
    explanation: `${capital(named(last))} at ${clockTime(last.time)} was the last to speak of it: ${short(order.url)} was ${short(order.status ?? '')}. ${missing(evidence, signs, order)}`,
    fix: `If the recorder was stopped early, record the whole run. Otherwise see in the log of ${evidence.clientOf(last)} why it stopped; the CA keeps the order for a while, and a new run may go on with it.`,
    reference: reference('RFC 8555 §7.4'),
    exchanges: [last.exchange],
    object: order.url,
    consequenceOf: signs.distrusted > first.time ? 'trust.client-rejected-authority' : null,
  }
}

/** What was not done yet, as far as answers showed it: the order itself may not have been asked for again. */
function missing({ analysis }: Evidence, signs: Signs, order: Order): string {
  if (order.finalizedBy !== null) return 'The CA had the CSR and had not issued yet.'
  const unproven = order.authorizations.filter((url) => !signs.proven.has(url))
  if (unproven.length === 0) return 'All of its names were proven, and no CSR was sent.'
  const names = unproven.map((url) => {
    const authorization = analysis.authorizations.get(url)
    return short((authorization && authorizedName(authorization)) ?? url)
  })
  const proof = `${inWords(names)} ${names.length === 1 ? 'was' : 'were'} not seen proven.`
  return isTold(signs, order) ? proof : `${proof} No challenge of it was answered${offered(analysis, unproven)}.`
}

/** `; the CA offered dns-01`: a client that can do none of these has to give up. */
function offered({ authorizations, challenges }: Evidence['analysis'], unproven: readonly string[]): string {
  const urls = unproven.flatMap((url) => authorizations.get(url)?.challenges ?? [])
  const types = new Set(urls.flatMap((url) => challenges.get(url)?.type ?? []))
  return types.size ? `; the CA offered ${inWords([...types].map(short))}` : ''
}
