/** Does the client wait as long as it was asked to, and not hammer the CA (RFC 8555 §6.6, §7.4, §7.5.1; RFC 9773 §4.3)? */
import { endedAt } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import type { Operation, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { answerOf, capital, clockTime, named, short, span } from './words.ts'

export function checkPolling(evidence: Evidence): readonly Finding[] {
  return [...impatient(evidence), ...hasty(evidence)]
}

const startOf = ({ time }: Step): number => Date.parse(time)

// ───────────────────────────── Retry-After

/** An answer that said when to come back. */
interface Asked {
  readonly answer: Step
  /** ms since the epoch. */
  readonly from: number
  readonly until: number
}

/** Clocks of recordings are coarse; half a second too early is not worth a word. */
const TOLERANCE = 500

function impatient(evidence: Evidence): readonly Finding[] {
  const asked = new Map<string, Asked>()
  const found = new Map<string, { first: Asked; early: Step[] }>()
  for (const step of evidence.analysis.steps) {
    const key = subjectOf(step)
    const before = asked.get(key)
    if (before && isEarly(before, step)) {
      const known = found.get(key)
      if (known) known.early.push(step)
      else found.set(key, { first: before, early: [step] })
    }
    const wish = wishOf(step)
    if (wish) asked.set(wish.key, wish.asked)
    else if (before && startOf(step) >= before.from) asked.delete(key)
  }
  return [...found.values()].map(({ first, early }) => ignored(evidence, first, early as [Step, ...Step[]]))
}

/** What a request asks about: an object, or, where something was refused, the same request again. */
const subjectOf = (step: Step): string => (isPoll(step) ? `${step.from} ${step.url}` : requestKey(step))
const requestKey = ({ from, url, method, decoded }: Step): string =>
  `${from} ${method} ${url} ${decoded.jws?.raw.payload ?? ''}`

const isEarly = ({ from, until }: Asked, step: Step): boolean =>
  startOf(step) >= from && startOf(step) < until - TOLERANCE

const FINAL = ['valid', 'invalid', 'deactivated', 'expired', 'revoked']

/** Null where nothing was asked, or nothing is left to wait for. */
function wishOf(step: Step): { readonly key: string; readonly asked: Asked } | null {
  const { retryAfter, head } = step.decoded
  if (retryAfter === null || retryAfter <= 0 || FINAL.includes(step.objectStatus ?? '')) return null
  const from = endedAt(head)
  // §7.4: the answer to finalize shows the order, and says when to ask for it.
  const shown = step.operation === 'finalize' && step.problem === null ? step.order : null
  const key = shown === null ? subjectOf(step) : `${step.from} ${shown}`
  return { key, asked: { answer: step, from, until: from + retryAfter * 1000 } }
}

const SECTIONS: Partial<Record<Operation, string>> = {
  order: 'RFC 8555 §7.4',
  finalize: 'RFC 8555 §7.4',
  authorization: 'RFC 8555 §7.5.1',
  challenge: 'RFC 8555 §8.2',
  renewalInfo: 'RFC 9773 §4.3',
}

function ignored(evidence: Evidence, { answer, from }: Asked, [first, ...others]: [Step, ...Step[]]): Finding {
  const { retryAfter } = answer.decoded
  const waited = span(startOf(first) - from)
  const cite = answer.problem ? 'RFC 8555 §6.6' : (SECTIONS[answer.operation] ?? 'RFC 8555 §6.6')
  return {
    id: 'poll.ignores-retry-after',
    severity: 'info',
    title: `${capital(named(first))} asks again after ${waited}, where the CA had asked for ${span((retryAfter ?? 0) * 1000)}`,
    explanation: [
      `${capital(named(answer))} was answered ${answerOf(answer)} at ${clockTime(new Date(from).toISOString())} with “Retry-After: ${retryAfter}”.`,
      `${evidence.clientOf(first)} asked ${short(first.url)} again ${waited} later.`,
      others.length ? `It was too early ${others.length} more ${others.length === 1 ? 'time' : 'times'}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    fix: `Nothing fails by it, but a CA may slow down or refuse who asks too often. ${evidence.clientOf(first)} should wait as long as Retry-After says.`,
    reference: reference(cite),
    exchanges: [first, answer, ...others].map(({ exchange }) => exchange),
    object: first.url,
    consequenceOf: null,
  }
}

// ───────────────────────────── too fast

const POLLED: ReadonlySet<Operation> = new Set(['order', 'authorization', 'challenge', 'certificate', 'renewalInfo'])

/** Asks how an object is, and changes nothing. A request whose nonce was refused learnt nothing. */
const isPoll = ({ operation, method, decoded, problem }: Step): boolean =>
  POLLED.has(operation) && (method === 'GET' || decoded.jws?.isPostAsGet === true) && problem?.acmeType !== 'badNonce'

const MANY = 5
const WINDOW = 1000

function hasty(evidence: Evidence): readonly Finding[] {
  const polls = new Map<string, Step[]>()
  const found = new Map<string, readonly Step[]>()
  for (const step of evidence.analysis.steps) {
    if (!isPoll(step)) continue
    const key = `${step.from} ${step.url}`
    const recent = [...(polls.get(key) ?? []), step].slice(-MANY)
    polls.set(key, recent)
    const [first] = recent
    if (first && recent.length === MANY && startOf(step) - startOf(first) < WINDOW && !found.has(key))
      found.set(key, recent)
  }
  return [...found.values()].map((steps) => tooFast(evidence, steps as [Step, ...Step[]]))
}

function tooFast(evidence: Evidence, steps: readonly [Step, ...Step[]]): Finding {
  const [first] = steps
  const last = steps.at(-1) ?? first
  const { length } = evidence.stepsAt(first.url).filter(isPoll)
  return {
    id: 'poll.too-fast',
    severity: 'info',
    title: `${evidence.clientOf(first)} asks for the same ${first.operation} ${steps.length} times in ${span(startOf(last) - startOf(first))}`,
    explanation: `From ${named(first)} at ${clockTime(first.time)} on, ${short(first.url)} was asked for ${steps.length} times within a second (${length} times in all). A CA needs seconds for a validation.`,
    fix: `${evidence.clientOf(first)} should wait some seconds between two questions, and longer each time.`,
    reference: reference(first.operation === 'renewalInfo' ? 'RFC 9773 §4.3' : 'RFC 8555 §7.5.1'),
    exchanges: steps.map(({ exchange }) => exchange),
    object: first.url,
    consequenceOf: null,
  }
}
