/**
 * What must have happened although no proxy could see it: the CA looks for the proof itself, and most clients ask the
 * name servers before they let it. Told from what was recorded around it, and never mistaken for that.
 */
import { endedAt } from '../../exchange.ts'
import type { Reference } from '../../reference.ts'
import { isObject, listField, stringField } from '../json.ts'
import type { Analysis, Challenge, Lane, Step } from '../model.ts'
import { challengeRow, reference } from '../registry/registry.ts'
import { NAME_SERVERS, observedSteps } from './observed.ts'

export interface InferredStep {
  /** Stable across re-computation. */
  readonly id: string
  /** Id of the observation that shows it: then it was seen, beside the proxied path. Null: nobody saw it. */
  readonly seen: string | null
  readonly operation: `validation.${string}` | 'dns.propagation'
  readonly phase: 'validation' | 'provisioning'
  /** Id of the exchange it follows. */
  readonly after: string
  /** ISO 8601: the earliest it can have been, or when the CA says it was. */
  readonly time: string
  /** Lane ids. */
  readonly from: string
  readonly to: string
  readonly challenge: string
  readonly authorization: string | null
  readonly order: string | null
  readonly identifier: string | null
  /** What came of it; null when the recording does not tell. */
  readonly outcome: 'valid' | 'invalid' | null
  /** One line in plain words. */
  readonly summary: string
  /** How we know. */
  readonly evidence: string
  readonly references: readonly Reference[]
}

/**
 * All that can be told beside the exchanges: what was seen of it, and what must have happened unseen, in the order of what it
 * follows. One pass over the steps.
 */
export function infer(analysis: Analysis): readonly InferredStep[] {
  const observed = observedSteps(analysis)
  const seen = seenAtPorts(analysis.steps, observed)
  const watched = new Set(observed.flatMap((one) => (one.operation === 'dns.propagation' ? [one.challenge] : [])))
  const writers = new Map<string, Step>()
  const previous = new Map<string, Step>()
  const inferred: InferredStep[] = []
  for (const step of analysis.steps) {
    if (step.changes.length > 0) for (const challenge of writtenFor(step)) writers.set(challenge, step)
    inferred.push(
      ...propagation(analysis, previous.get(step.from), step, writers),
      ...(seen.has(step.challenge ?? '') ? [] : validation(analysis, step, writers)),
    )
    previous.set(step.from, step)
  }
  return [
    ...observed,
    ...inferred.filter(({ operation, challenge }) => operation !== 'dns.propagation' || !watched.has(challenge)),
  ]
}

/** Challenges whose proof was seen to be asked for: what was recorded need not be inferred. */
const seenAtPorts = (steps: readonly Step[], observed: readonly InferredStep[]): ReadonlySet<string> =>
  new Set([
    ...steps.flatMap(({ challenge, decoded }) => (decoded.head.inbound && challenge !== null ? [challenge] : [])),
    ...observed.flatMap(({ operation, challenge }) => (operation === 'dns.propagation' ? [] : [challenge])),
  ])

/** The lanes of a diagram with what is inferred in it. */
export const lanesWith = (lanes: readonly Lane[], inferred: readonly InferredStep[]): readonly Lane[] =>
  inferred.some(({ to }) => to === NAME_SERVERS.id) ? [...lanes, NAME_SERVERS] : lanes

/** Exchange → what is inferred to have followed it. */
export function byWhatItFollows(inferred: readonly InferredStep[]): ReadonlyMap<string, readonly InferredStep[]> {
  const following = new Map<string, InferredStep[]>()
  for (const one of inferred) {
    const known = following.get(one.after)
    if (known) known.push(one)
    else following.set(one.after, [one])
  }
  return following
}

/** Challenge → the step that wrote its record last. */
type Writers = ReadonlyMap<string, Step>

const writtenFor = ({ changes }: Step): readonly string[] =>
  changes
    .filter(({ action, accepted }) => action !== 'delete' && accepted)
    .flatMap(({ matches }) => matches.map(({ challenge }) => challenge))

const aboutChallenge = ({ url, authorization }: Challenge, { order, identifier }: Step) => ({
  seen: null,
  challenge: url,
  authorization,
  order,
  identifier,
})

/** ISO 8601; the step's own words where they are no time. */
function endOf({ time, decoded }: Step): string {
  const end = new Date(endedAt(decoded.head))
  return Number.isNaN(end.getTime()) ? time : end.toISOString()
}

// ───────────────────────────── the client and the name servers

/** A client that is silent for longer than this, in ms, between writing and going on, waits for the record to be seen. */
const WAITS_FROM_MS = 1000

function propagation(
  analysis: Analysis,
  before: Step | undefined,
  step: Step,
  writers: Writers,
): readonly InferredStep[] {
  const waited = waitedFor(analysis, step)
  const writer = waited && writers.get(waited.url)
  if (!before || !waited || !writer) return []
  const silence = Date.parse(step.time) - endedAt(before.decoded.head)
  if (!(silence >= WAITS_FROM_MS)) return []
  const name = waited.proof?.kind === 'txt' ? waited.proof.name : 'the record'
  const [gaveUp, seconds] = [step.operation !== 'challenge', (silence / 1000).toFixed(1)]
  return [
    {
      ...aboutChallenge(waited, step),
      id: `propagation ${step.exchange}`,
      operation: 'dns.propagation',
      phase: 'provisioning',
      after: before.exchange,
      time: endOf(before),
      from: step.from,
      to: writer.to,
      outcome: gaveUp ? 'invalid' : null,
      summary: gaveUp
        ? `Waits ${seconds} s for ${name} to be served, and gives up`
        : `Waits ${seconds} s for ${name} to be served`,
      evidence: `Nothing was recorded for ${seconds} s between #${before.sequence} and #${step.sequence}. Clients wait then, or ask the name servers themselves, past any proxy.`,
      references: [reference('RFC 8555 §8.4')],
    },
  ]
}

/** The challenge whose record was waited for before this step: one that is answered now, or never was. */
function waitedFor({ challenges }: Analysis, step: Step): Challenge | null {
  const url = step.operation === 'dns.deleteRecord' ? step.changes[0]?.matches[0]?.challenge : step.challenge
  const challenge = challenges.get(url ?? '')
  if (!challenge) return null
  const isAnswer = step.operation === 'challenge' && challenge.answeredBy === step.exchange
  return isAnswer || (step.operation === 'dns.deleteRecord' && challenge.answeredBy === null) ? challenge : null
}

// ───────────────────────────── the CA and the proof

function validation(analysis: Analysis, step: Step, writers: Writers): readonly InferredStep[] {
  const challenge = step.operation === 'challenge' ? analysis.challenges.get(step.challenge ?? '') : undefined
  if (!challenge || challenge.answeredBy !== step.exchange) return []
  const common = {
    ...aboutChallenge(challenge, step),
    operation: `validation.${challenge.type}` as const,
    phase: 'validation' as const,
    after: step.exchange,
    time: validatedAt(challenge, step),
    from: step.to,
    to: isByDns(challenge) ? (writers.get(challenge.url)?.to ?? NAME_SERVERS.id) : step.from,
    references: challengeReferences(challenge.type),
  }
  return looksOf(challenge).map((look, index, all) => {
    const outcome = index < all.length - 1 ? null : finalOf(challenge)
    return {
      ...common,
      id: `validation ${step.exchange} ${index}`,
      outcome,
      summary: `${look}${outcomeWords(challenge, outcome)}`,
      evidence: evidenceOf(challenge, step),
    }
  })
}

/** `validated` (§8) is in whole seconds, and so may seem to come before the answer that set it off. */
function validatedAt({ wire }: Challenge, answer: Step): string {
  const [said, earliest] = [Date.parse(stringField(wire, 'validated') ?? ''), endedAt(answer.decoded.head)]
  return said > earliest ? new Date(said).toISOString() : endOf(answer)
}

const isByDns = ({ type, proof }: Challenge): boolean =>
  proof?.kind === 'txt' || proof?.kind === 'persistent-txt' || type.startsWith('dns-')

const finalOf = ({ status }: Challenge): InferredStep['outcome'] =>
  status === 'valid' || status === 'invalid' ? status : null

function outcomeWords({ error }: Challenge, outcome: InferredStep['outcome']): string {
  if (outcome === 'valid') return ': as expected'
  return outcome === 'invalid' ? `: ${(error?.detail ?? error?.acmeType ?? 'not as expected').slice(0, MAX_WORDS)}` : ''
}

const MAX_WORDS = 300
/** Redirects a CA follows; Let's Encrypt gives up after ten. */
const MAX_LOOKS = 11

/** One line for each thing the CA did: it lists them itself (`validationRecord`, §8.3), or what the challenge asks for. */
function looksOf(challenge: Challenge): readonly string[] {
  const recorded = listField(challenge.wire, 'validationRecord').filter(isObject).slice(0, MAX_LOOKS)
  const fetched = recorded.flatMap((record) => {
    const [url, address] = [stringField(record, 'url'), stringField(record, 'addressUsed')]
    return url === null ? [] : [`Fetches ${url.slice(0, MAX_WORDS)}${address === null ? '' : ` from ${address}`}`]
  })
  return fetched.length ? fetched : [lookOf(challenge)]
}

function lookOf({ proof, type }: Challenge): string {
  switch (proof?.kind) {
    case 'http':
      return `Fetches ${proof.url}`
    case 'txt':
    case 'persistent-txt':
      return `Asks for the TXT record ${proof.name}`
    case 'tls-alpn':
      return `Connects to ${proof.name} and offers acme-tls/1`
    case undefined:
      return `Looks for the ${type} proof`
  }
}

const evidenceOf = (challenge: Challenge, { sequence }: Step): string =>
  `The client said in #${sequence} that the proof is in place, ${
    finalOf(challenge) ? `and the challenge became ${challenge.status}` : 'and no answer shows what came of it'
  }.`

function challengeReferences(type: string): readonly Reference[] {
  const row = challengeRow(type)
  return [row?.cite ?? 'RFC 8555 §7.5.1'].map(reference)
}
