/** How each order of a recording ended, the last one of several for the same names. One pass over steps and findings. */

import { endedAt } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import { beneath, toCauses } from '../../report/checked.ts'
import { namesOf } from '../checks/outcome.ts'
import type { Analysis, Order, Step } from '../model.ts'

/** `open`: neither valid nor invalid when it was heard of last. */
export type OrderOutcome = 'issued' | 'failed' | 'open'

export interface OrderVerdict {
  /** URL; null for one that the CA refused to make. */
  readonly order: string | null
  /** As they were ordered, `*.` included. */
  readonly names: readonly string[]
  readonly outcome: OrderOutcome
  /** As the CA says it; null for one it refused. */
  readonly status: string | null
  /** From the request for it until the certificate was there, or until it was heard of last; null where times are none. */
  readonly took: number | null
  /** Why it failed or hangs: the first finding about it that is no mere remark. */
  readonly cause: Finding | null
  /** The exchange that asked for it. */
  readonly exchange: string
}

/** In the order in which they were asked for. @param findings as `check` orders them */
export function orderVerdicts(analysis: Analysis, findings: readonly Finding[]): readonly OrderVerdict[] {
  const causes = causesBy(findings)
  const attempts = new Map<string, Attempt>()
  const byOrder = new Map<string, Attempt>()
  for (const step of analysis.steps) {
    const known = byOrder.get(step.order ?? '')
    if (step.operation === 'newOrder' && known === undefined) begin(analysis, step, attempts, byOrder)
    else if (known) follow(known, step)
  }
  return [...attempts.values()].map((attempt) => toVerdict(analysis, attempt, causes))
}

interface Attempt {
  readonly order: Order | null
  readonly first: Step
  last: Step
  /** Rank and finding of what went wrong in one of its steps. */
  readonly steps: string[]
}

/** A client that orders the same names again has given up what it had before. */
function begin(analysis: Analysis, step: Step, attempts: Map<string, Attempt>, byOrder: Map<string, Attempt>): void {
  const order = analysis.orders.get(step.order ?? '') ?? null
  if (order === null && !isRefused(step)) return
  const names = order ? order.identifiers.map(({ value }) => value.toLowerCase()) : namesOf(step.decoded)
  const attempt: Attempt = { order, first: step, last: step, steps: [step.exchange] }
  const key = `${step.from} ${names.toSorted().join(' ')}`
  attempts.delete(key)
  attempts.set(key, attempt)
  if (order) byOrder.set(order.url, attempt)
}

const isRefused = ({ status, problem }: Step): boolean => problem?.acmeType !== 'badNonce' && (status ?? 0) >= 400

function follow(attempt: Attempt, step: Step): void {
  attempt.steps.push(step.exchange)
  if (step.operation !== 'revokeCert') attempt.last = step
}

function toVerdict(analysis: Analysis, attempt: Attempt, causes: Causes): OrderVerdict {
  const { order, first } = attempt
  const fetched = order === null ? undefined : analysis.certificates.get(order.certificate ?? '')?.exchanges[0]
  const outcome = outcomeOf(order, fetched)
  const names = order ? order.identifiers.map(({ value }) => value) : namesOf(first.decoded)
  return {
    order: order?.url ?? null,
    names,
    outcome,
    status: order?.status ?? null,
    took: tookOf(attempt, outcome),
    cause: outcome === 'issued' ? null : causeOf(attempt, causes),
    exchange: first.exchange,
  }
}

function outcomeOf(order: Order | null, fetched: string | undefined): OrderOutcome {
  if (order === null || order.status === 'invalid') return 'failed'
  return order.status === 'valid' || fetched !== undefined ? 'issued' : 'open'
}

/** Of one that was issued, until its certificate was there or the order was valid; later steps look back. */
function tookOf({ order, first, last }: Attempt, outcome: OrderOutcome): number | null {
  const valid = outcome === 'issued' ? order?.history.find(({ status }) => status === 'valid')?.at : undefined
  const end = valid === undefined ? endedAt(last.decoded.head) : Date.parse(valid)
  const took = end - Date.parse(first.time)
  return took >= 0 ? took : null
}

// ───────────────────────────── why

interface Ranked {
  readonly rank: number
  readonly finding: Finding
}

interface Causes {
  /** Exchange or URL of an object → the first finding about it. */
  readonly about: ReadonlyMap<string, Ranked>
}

/** What follows from something else is told as that. */
function causesBy(findings: readonly Finding[]): Causes {
  const about = new Map<string, Ranked>()
  for (const [rank, root] of toCauses(findings).entries())
    for (const finding of [root.finding, ...beneath(root)]) {
      if (finding.severity === 'info') continue
      const told = { rank, finding: root.finding.severity === 'info' ? finding : root.finding }
      for (const key of [finding.object ?? '', ...finding.exchanges]) if (!about.has(key)) about.set(key, told)
    }
  return { about }
}

function causeOf({ order, steps }: Attempt, { about }: Causes): Finding | null {
  const keys = order ? [order.url, ...steps] : steps
  const found = keys.flatMap((key) => about.get(key) ?? [])
  return found.toSorted((a, b) => a.rank - b.rank)[0]?.finding ?? null
}
