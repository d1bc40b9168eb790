/**
 * A recording may hold several orders, of several clients, at several CAs. Each order is a flow of its own: the steps
 * that belong to it, whose it is, and the earlier one it renews.
 */
import { toCertificateId } from '../ari.ts'
import type { Analysis, IssuedCertificate, Order, Step } from '../model.ts'

/** The ACME course of one order. */
export interface OrderFlow {
  /** URL of the order. */
  readonly order: string
  /** Lane ids. */
  readonly client: string
  readonly ca: string
  readonly account: string | null
  /** As they were ordered, `*.` included. */
  readonly names: readonly string[]
  readonly status: string | null
  /** ISO 8601: of its first and its last step. */
  readonly startedAt: string
  readonly endedAt: string
  /** URL of what was issued. */
  readonly certificate: string | null
  readonly renews: Renewal | null
  /** Ids of its exchanges, in order. */
  readonly exchanges: readonly string[]
}

/** `replaces`: the order says so (RFC 9773 §5). `same names`: a certificate for just these names was issued before. */
export interface Renewal {
  readonly order: string
  readonly because: 'replaces' | 'same names'
}

/** The flows of a recording in the order in which they began; one pass over its steps. */
export function toFlows(analysis: Analysis): readonly OrderFlow[] {
  const shares = shareOut(analysis.steps)
  const renewals = tieRenewals(analysis, [...shares.keys()])
  return [...shares].flatMap(([url, steps]) => {
    const order = analysis.orders.get(url)
    const [first] = steps
    return order && first ? [toOrderFlow(order, first, steps, renewals.get(url) ?? null)] : []
  })
}

function toOrderFlow(order: Order, first: Step, steps: readonly Step[], renews: Renewal | null): OrderFlow {
  const atCa = steps.find((step) => step.order === order.url && step.to.startsWith('ca:'))
  return {
    order: order.url,
    client: order.client,
    ca: atCa?.to ?? first.to,
    account: order.account,
    names: order.identifiers.map(({ value }) => value),
    status: order.status,
    startedAt: first.time,
    endedAt: steps.at(-1)?.time ?? first.time,
    certificate: order.certificate,
    renews,
    exchanges: steps.map(({ exchange }) => exchange),
  }
}

/**
 * Which steps belong to which order. What names none (a nonce, the directory, looking for a zone) was done for what the
 * same client did next, and at the end for what it did last.
 */
function shareOut(steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
  const shares = new Map<string, Step[]>()
  const waiting = new Map<string, Step[]>()
  const latest = new Map<string, string>()
  const give = (order: string, some: readonly Step[]) => {
    const share = shares.get(order)
    if (!share) shares.set(order, [...some])
    else for (const step of some) share.push(step)
  }
  for (const step of steps) {
    const before = waiting.get(step.from) ?? []
    if (step.order === null) {
      waiting.set(step.from, before)
      before.push(step)
      continue
    }
    give(step.order, before.splice(0))
    give(step.order, [step])
    latest.set(step.from, step.order)
  }
  for (const [client, rest] of waiting) {
    const order = latest.get(client)
    if (order !== undefined) give(order, rest)
  }
  return shares
}

function tieRenewals(analysis: Analysis, orders: readonly string[]): ReadonlyMap<string, Renewal> {
  const issued = issuedBy(analysis)
  const renewals = new Map<string, Renewal>()
  const lastIssued = new Map<string, string>()
  for (const url of orders) {
    const order = analysis.orders.get(url)
    if (!order) continue
    const names = namesOf(order)
    const earlier = lastIssued.get(names)
    const replaced = issued.get(order.replaces ?? '')
    if (replaced !== undefined && replaced !== url) renewals.set(url, { order: replaced, because: 'replaces' })
    else if (earlier !== undefined) renewals.set(url, { order: earlier, because: 'same names' })
    if (order.status === 'valid') lastIssued.set(names, url)
  }
  return renewals
}

function namesOf(order: Order): string {
  const known = names.get(order)
  if (known !== undefined) return known
  const joined = order.identifiers
    .map(({ type, value }) => `${type} ${value}`)
    .sort()
    .join()
  names.set(order, joined)
  return joined
}

/** A recording that grows is asked for its flows again and again; its orders and certificates stay. */
const names = new WeakMap<Order, string>()
const ids = new WeakMap<IssuedCertificate, string | null>()

function idOf(certificate: IssuedCertificate): string | null {
  const known = ids.get(certificate)
  if (known !== undefined) return known
  const [leaf] = certificate.chain
  const id = (leaf && toCertificateId(leaf)) ?? null
  ids.set(certificate, id)
  return id
}

/** Id of a certificate → the order it was issued for, where both are in this recording. */
const issuedBy = ({ certificates }: Analysis): ReadonlyMap<string, string> =>
  new Map(
    [...certificates.values()].flatMap((certificate) => {
      const id = idOf(certificate)
      return id !== null && certificate.order !== null ? [[id, certificate.order] as const] : []
    }),
  )

/** The part of an analysis that one flow is: its steps and who took part; objects are all there to be looked up. */
export function onlyFlow(analysis: Analysis, flow: Pick<OrderFlow, 'exchanges'>): Analysis {
  const wanted = new Set(flow.exchanges)
  const steps = analysis.steps.filter(({ exchange }) => wanted.has(exchange))
  return {
    ...analysis,
    steps,
    lanes: analysis.lanes.filter(({ id }) => steps.some(({ from, to }) => id === from || id === to)),
    connections: [],
  }
}
