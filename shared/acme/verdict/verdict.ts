/** What came of a recording, in a line and a reason: the first thing a person wants to know. */
import type { Finding } from '../../finding.ts'
import { counted } from '../../report/text.ts'
import { inWords, short, span } from '../checks/words.ts'
import type { Analysis, Step } from '../model.ts'
import { type OrderVerdict, orderVerdicts } from './order-verdicts.ts'

/** `good`: all went well. `bad`: something was wanted and not had. `waiting`: not decided yet. `plain`: nothing was at stake. */
export type Outcome = 'good' | 'bad' | 'waiting' | 'plain'

export interface Verdict {
  readonly outcome: Outcome
  /** `No certificate for www.example.test`; `Certificate issued in 24 s`. */
  readonly title: string
  /** The cause, or what else there is to say. */
  readonly reason: string
  /** The finding that `reason` tells; null where it tells none. */
  readonly cause: Finding | null
  readonly orders: readonly OrderVerdict[]
}

/**
 * @param findings as `check` orders them
 * @param isOver nothing more will come: only then is an order that hangs a certificate that is missing
 */
export function verdictOf(analysis: Analysis, findings: readonly Finding[], isOver: boolean): Verdict {
  const orders = orderVerdicts(analysis, findings)
  const missing = orders.filter(({ outcome }) => outcome === 'failed' || (isOver && outcome === 'open'))
  const open = orders.filter(({ outcome }) => !isOver && outcome === 'open')
  if (missing.length) return failed(orders, missing, findings)
  if (open.length) return underWay(orders, open)
  if (orders.length) return issuedAll(orders, findings, isOver)
  return withoutOrders(analysis, findings, isOver)
}

// ───────────────────────────── with orders

const names = (order: OrderVerdict | undefined): string => inWords((order?.names ?? []).map(short)) || 'these names'

function failed(
  orders: readonly OrderVerdict[],
  missing: readonly OrderVerdict[],
  findings: readonly Finding[],
): Verdict {
  const cause = missing.find((order) => order.cause)?.cause ?? firstFault(findings)
  const [first] = missing
  const status = first?.status ?? null
  const still = status === null ? 'The CA made no order.' : `The order was ${short(status)} when it was heard of last.`
  return {
    outcome: 'bad',
    title: orders.length === 1 ? `No certificate for ${names(first)}` : missingOf(orders.length, missing.length),
    reason: cause?.title ?? still,
    cause,
    orders,
  }
}

function missingOf(all: number, missing: number): string {
  if (missing === all) return `None of ${all} certificates was issued`
  return `${missing} of ${all} certificates ${missing === 1 ? 'was' : 'were'} not issued`
}

function underWay(orders: readonly OrderVerdict[], open: readonly OrderVerdict[]): Verdict {
  const [first] = open
  return {
    outcome: 'waiting',
    title: open.length === 1 ? `The order for ${names(first)} is under way` : `${open.length} orders are under way`,
    reason: open.length === 1 ? `It is ${short(first?.status ?? 'not decided')}.` : 'None of them is decided yet.',
    cause: null,
    orders,
  }
}

function issuedAll(orders: readonly OrderVerdict[], findings: readonly Finding[], isOver: boolean): Verdict {
  const [first] = orders
  const took = first?.took ?? null
  const one = took === null ? 'Certificate issued' : `Certificate issued in ${span(took)}`
  const subject = orders.length === 1 ? `For ${names(first)}. ` : ''
  return {
    outcome: 'good',
    title: orders.length === 1 ? one : `${orders.length} certificates issued`,
    reason: `${subject}${remarks(findings, isOver)}`,
    cause: firstFault(findings),
    orders,
  }
}

function remarks(findings: readonly Finding[], isOver: boolean): string {
  const faults = findings.filter(({ severity }) => severity !== 'info').length
  const rest = findings.length - faults
  if (faults) return `All the same there ${faults === 1 ? 'is' : 'are'} ${counted(faults, 'thing')} to look at.`
  if (rest) return `${counted(rest, 'remark')}, nothing amiss.`
  return isOver ? 'Nothing to remark.' : 'Nothing to remark so far.'
}

const firstFault = (findings: readonly Finding[]): Finding | null =>
  findings.find(({ severity, consequenceOf }) => severity === 'error' && consequenceOf === null) ??
  findings.find(({ severity }) => severity !== 'info') ??
  null

// ───────────────────────────── without

function withoutOrders(analysis: Analysis, findings: readonly Finding[], isOver: boolean): Verdict {
  const cause = firstFault(findings)
  const { steps, connections } = analysis
  if (steps.length === 0 && connections.length === 0)
    return { outcome: 'plain', title: 'Nothing is recorded yet', reason: '', cause: null, orders: [] }
  const title = cause && isBlocking(cause) ? 'No certificate was ordered' : doneIn(steps)
  const outcome = cause?.severity === 'error' ? 'bad' : 'plain'
  return { outcome, title, reason: cause?.title ?? remarks(findings, isOver), cause, orders: [] }
}

const isBlocking = ({ severity }: Finding): boolean => severity === 'error'

/** The work that was done, the weightiest first. */
const DONE: readonly (readonly [Step['operation'], string])[] = [
  ['revokeCert', 'A certificate was revoked'],
  ['keyChange', 'The account key was changed'],
  ['newAccount', 'The account was looked up or made'],
  ['account', 'The account was looked at or changed'],
  ['renewalInfo', 'Renewal information was fetched'],
  ['directory', 'The directory was fetched'],
]

function doneIn(steps: readonly Step[]): string {
  const done = new Set(steps.filter(({ status }) => status !== null && status < 400).map(({ operation }) => operation))
  return DONE.find(([operation]) => done.has(operation))?.[1] ?? 'No certificate was ordered'
}
