/**
 * What the CA complains of (RFC 8555 §6.7), wherever it says so: in the answer to a request, in the `error` of a challenge
 * that a poll with status 200 shows (§7.1.5), in the `error` of an order (§7.1.3).
 */
import { roleOf } from '../fold/lanes.ts'
import { authorizedName } from '../fold/step.ts'
import { isNoSuchAccount, payloadObject } from '../fold/traits.ts'
import { MAX_NAME, MAX_NAMES } from '../limits.ts'
import type { Authorization, Challenge, Order, Problem, Step } from '../model.ts'
import { isAboutCsr } from './csr.ts'
import type { Evidence } from './evidence.ts'
import { namesOf } from './outcome.ts'

export interface Complaint {
  readonly where: 'answer' | 'challenge' | 'order'
  /** An answer that says no more than its status has a problem without type and detail. */
  readonly problem: Problem
  /** The answer that showed it first. */
  readonly step: Step
  readonly order: Order | null
  readonly authorization: Authorization | null
  readonly challenge: Challenge | null
  /** The names it is about. */
  readonly names: readonly string[]
}

/** What is looked up for each of them, made once. */
interface Known extends Evidence {
  readonly lastRegistration: ReadonlyMap<string, number>
  /** Authorizations of which a challenge has an error. */
  readonly failed: ReadonlySet<string>
}

export function complaintsOf(evidence: Evidence): readonly Complaint[] {
  const { steps, challenges, orders } = evidence.analysis
  const failed = [...challenges.values()].flatMap(({ error, authorization }) => (error && authorization) ?? [])
  const known = { ...evidence, lastRegistration: registrations(evidence), failed: new Set(failed) }
  return [
    ...steps.flatMap((step) => inAnswer(known, step)),
    ...[...challenges.values()].flatMap((challenge) => inChallenge(evidence, challenge)),
    ...[...orders.values()].flatMap((order) => inOrder(known, order)),
  ]
}

// ───────────────────────────── answers

function inAnswer(evidence: Known, step: Step): readonly Complaint[] {
  const { decoded, status, operation, to } = step
  if (decoded.head.failure || status === null) return []
  const problem = step.problem ?? (status >= 400 && operation !== 'other' ? bareProblem(status) : null)
  const isOurs = roleOf(to) === 'ca' || problem?.acmeType != null
  if (!problem || !isOurs || isProbe(evidence, step)) return []
  const { analysis } = evidence
  const authorization = analysis.authorizations.get(step.authorization ?? '') ?? null
  const order = analysis.orders.get(step.order ?? '') ?? null
  if (isAboutCsr(step, order ?? undefined)) return []
  const challenge = analysis.challenges.get(step.challenge ?? '') ?? null
  return [{ where: 'answer', problem, step, order, authorization, challenge, names: namesIn(step, problem, order) }]
}

const bareProblem = (status: number): Problem => ({
  type: 'about:blank',
  acmeType: null,
  title: null,
  detail: null,
  status,
  instance: null,
  identifier: null,
  subproblems: [],
})

/** Clients that look for their account with `onlyReturnExisting` and then register have found out what they wanted to know. */
function isProbe({ lastRegistration, isOver }: Known, { decoded, from, sequence }: Step): boolean {
  return isNoSuchAccount(decoded) && (!isOver || (lastRegistration.get(from) ?? 0) > sequence)
}

/** Client → number of the last step in which it asked for an account, and not only for one that was there. */
const registrations = ({ stepsDoing }: Evidence): Known['lastRegistration'] =>
  new Map(
    stepsDoing('newAccount').flatMap(({ decoded, from, sequence }) => (asksOnly(decoded) ? [] : [[from, sequence]])),
  )

const asksOnly = (decoded: Step['decoded']): boolean => payloadObject(decoded)?.onlyReturnExisting === true

function namesIn(step: Step, problem: Problem, order: Order | null): readonly string[] {
  const named = namesOfSubproblems(problem)
  if (named.length) return named
  const asked = namesOf(step.decoded)
  if (asked.length) return quotedIn(problem, asked) ?? asked
  return step.identifier === null ? namesOrdered(order) : [step.identifier]
}

const namesOfSubproblems = ({ subproblems }: Problem): readonly string[] => [
  ...new Set(subproblems.flatMap(({ identifier }) => identifier?.value ?? [])),
]

/** Any number of answers may be about one order: of many and of long names each tells the beginning. */
const namesOrdered = (order: Order | null): readonly string[] =>
  order?.identifiers.slice(0, MAX_NAMES).map(({ value }) => value.slice(0, MAX_NAME)) ?? []

/** Of several names of an order a CA may refuse some, and without subproblems says which in its words only. */
function quotedIn({ detail }: Problem, asked: readonly string[]): readonly string[] | null {
  const words = (detail ?? '').slice(0, MAX_SEARCHED).toLowerCase()
  const found = asked.filter((name) => words.includes(`"${name}"`))
  return found.length ? found : null
}

const MAX_SEARCHED = 2_000

// ───────────────────────────── objects

function inChallenge(evidence: Evidence, challenge: Challenge): readonly Complaint[] {
  const { error: problem } = challenge
  const step = shownIn(evidence, challenge)
  if (!problem || !step) return []
  const authorization = evidence.analysis.authorizations.get(challenge.authorization ?? '') ?? null
  const order = evidence.analysis.orders.get(step.order ?? authorization?.orders[0] ?? '') ?? null
  const name = authorization && authorizedName(authorization)
  return [{ where: 'challenge', problem, step, order, authorization, challenge, names: name === null ? [] : [name] }]
}

/** Where the object first was `invalid`; a challenge may also have an error and be tried again (erratum 5732). */
const shownIn = (
  { stepOf }: Evidence,
  { history, exchanges }: Pick<Order, 'history' | 'exchanges'>,
): Step | undefined =>
  stepOf(
    history.find(({ status }) => status === 'invalid')?.exchange ?? history.at(-1)?.exchange ?? exchanges.at(-1) ?? '',
  )

/** Many CAs repeat in the order what a challenge of it, or the refused finalize, told already. */
function inOrder(evidence: Known, order: Order): readonly Complaint[] {
  const { error: problem } = order
  const step = shownIn(evidence, order)
  if (!problem || !step || isToldAlready(evidence, order)) return []
  const named = namesOfSubproblems(problem)
  const names = named.length ? named : namesOrdered(order)
  return [{ where: 'order', problem, step, order, authorization: null, challenge: null, names }]
}

function isToldAlready({ failed, stepsOfOrder }: Known, order: Order): boolean {
  return (
    order.authorizations.some((url) => failed.has(url)) ||
    stepsOfOrder(order.url).some(
      ({ operation, problem }) =>
        operation === 'finalize' && problem?.acmeType === order.error?.acmeType && problem !== null,
    )
  )
}
