/**
 * What follows from what: rows. A finding that another one explains says so, and is shown beneath it. The two belong
 * together when they are about the same exchange, order or client, and the cause came no later than it must have.
 */
import type { Finding } from '../../finding.ts'
import { placeOf } from '../fold/sequence.ts'
import type { Step } from '../model.ts'
import type { Evidence } from './evidence.ts'

/**
 * `order`: of the same order, no later than the effect. `client`: by the same client, between the request for the order
 * that the effect is about and the effect. `course`: likewise, but as long as that order was open: for what is missing.
 * `before`: by the same client, any time before.
 */
type Tie = 'order' | 'client' | 'course' | 'before'

interface ConsequenceRow {
  readonly effects: readonly string[]
  /** The nearer cause first: it may itself be a consequence. */
  readonly causes: readonly string[]
  readonly tie: Tie
}

const DNS_API = [
  'dns-api.credential-malformed',
  'dns-api.unauthorized',
  'dns-api.zone-not-found',
  'dns-api.record-exists',
  'dns-api.failed',
]
const TRANSPORT = [
  'trust.client-rejected-authority',
  'trust.client-tls-unsupported',
  'trust.upstream-untrusted',
  'upstream.unreachable',
  'proxy.plain-http-to-tls-port',
  'proxy.handshake-broken',
]
const PROOF = [
  'dns.txt-mismatch',
  'dns.txt-never-written',
  'dns.wrong-zone',
  'dns.not-propagated',
  'dns.server-trouble',
  'validation.caa',
  'validation.secondary',
  'validation.behind-cdn',
  'validation.ipv6-broken',
  'validation.unreachable',
  'validation.wrong-content',
  'validation.tls-alpn-not-served',
  'validation.tls',
  'validation.incorrect-response',
]
const REQUEST = [
  'jws.signature-invalid',
  'jws.malformed',
  'jws.url-mismatch',
  'jws.key-and-kid',
  'jws.algorithm-not-allowed',
  'jws.public-key-refused',
  'jws.content-type',
  'request.not-post-as-get',
  'nonce.rejected-repeatedly',
  'nonce.rejected-not-retried',
  'account.other-ca',
  'account.unknown',
  'account.action-required',
]

const rows: readonly ConsequenceRow[] = [
  // An order whose proof failed is not ready, and never will be.
  { effects: ['order.finalized-before-ready', 'problem.other'], causes: PROOF, tie: 'order' },
  { effects: ['dns.gave-up-waiting'], causes: ['dns.txt-mismatch'], tie: 'order' },
  // A proof that the client could not put in place.
  {
    effects: ['dns.txt-never-written', 'dns.gave-up-waiting', 'order.finalized-before-ready', 'problem.other'],
    causes: [...DNS_API, ...TRANSPORT],
    tie: 'client',
  },
  {
    effects: ['dns.record-left-behind'],
    causes: ['dns-api.unauthorized', 'dns-api.failed', ...TRANSPORT],
    tie: 'course',
  },
  {
    effects: ['order.never-finished'],
    causes: [
      'dns.gave-up-waiting',
      ...PROOF,
      'order.csr-rejected',
      'order.csr-differs',
      'order.finalized-before-ready',
    ],
    tie: 'order',
  },
  {
    effects: ['order.never-finished'],
    causes: [...DNS_API, ...TRANSPORT, ...REQUEST, 'ca.error', 'ca.overloaded', 'limit.other'],
    tie: 'course',
  },
  {
    effects: ['account.eab-rejected'],
    causes: ['jws.url-mismatch', 'jws.algorithm-not-allowed', 'jws.malformed'],
    tie: 'client',
  },
  { effects: ['account.unknown'], causes: ['account.eab-required'], tie: 'before' },
  { effects: ['limit.failed-validations', 'limit.paused'], causes: PROOF, tie: 'before' },
  { effects: ['limit.duplicate-certificate', 'limit.other'], causes: ['account.not-persisted'], tie: 'before' },
  { effects: ['dns-api.record-exists'], causes: ['dns.record-left-behind'], tie: 'before' },
  { effects: ['nonce.rejected-not-retried', 'nonce.rejected-repeatedly'], causes: ['nonce.reused'], tie: 'client' },
]

const byEffect = new Map<string, ConsequenceRow[]>()
for (const row of rows) for (const effect of row.effects) byEffect.set(effect, [...(byEffect.get(effect) ?? []), row])

/** What to do about an effect whose cause is known, where its own advice would lead away from that. */
const SECONDARY: Readonly<Record<string, Pick<Finding, 'fix'>>> = {
  'order.never-finished': { fix: 'Mend the cause above, and let the client order again.' },
}

/** Names the cause of each finding that has one. */
export function relate(findings: readonly Finding[], evidence: Evidence): readonly Finding[] {
  const placed = findings.map((finding) => place(finding, evidence))
  const causes = indexed(placed)
  return placed.map((effect) => {
    const cause = isByItself(effect.finding, evidence) ? null : causeOf(effect, causes)
    if (!cause) return effect.finding
    return {
      ...effect.finding,
      ...SECONDARY[effect.finding.id],
      consequenceOf: cause.id,
      ...(cause.exchanges[0] && { causeShows: cause.exchanges[0] }),
    }
  })
}

/** A check may know better; and a proof that fails does not fail because another one did. */
const isByItself = ({ id, object, consequenceOf }: Finding, { analysis }: Evidence): boolean =>
  consequenceOf !== null || (id === 'problem.other' && analysis.challenges.has(object ?? ''))

// ───────────────────────────── where a finding belongs

interface Placed {
  readonly finding: Finding
  /** Sequence numbers of what it speaks of, the earliest first. */
  readonly at: readonly number[]
  /** Orders it is about. */
  readonly orders: readonly string[]
  /** Lane; null for a connection that might be anybody's. */
  readonly client: string | null
  /** While its order was being worked on: from the request for it until it was decided. */
  readonly from: number
  readonly to: number
}

const MAX_PLACES = 200
/** That share an authorization and are told of with it: the newest. */
const MAX_ORDERS = 16

function place(finding: Finding, evidence: Evidence): Placed {
  const steps = finding.exchanges.slice(0, MAX_PLACES).flatMap((id) => evidence.stepOf(id) ?? [])
  const orders = new Set([...ordersOfObject(evidence, finding.object), ...steps.flatMap(({ order }) => order ?? [])])
  const [first] = steps
  const order = first && [...orders].length === 0 ? evidence.orderOf(first)?.url : [...orders][0]
  const [from, to] = spanOf(evidence, order ?? null)
  const at = first ? steps.map(({ sequence }) => sequence) : connectionsOf(evidence, finding)
  return {
    finding,
    at: at.toSorted((a, b) => a - b),
    orders: [...orders],
    client: first ? clientOf(first, evidence, order) : null,
    from,
    to,
  }
}

function ordersOfObject({ analysis }: Evidence, url: string | null): readonly string[] {
  if (url === null) return []
  if (analysis.orders.has(url)) return [url]
  const authorization = analysis.authorizations.get(analysis.challenges.get(url)?.authorization ?? url)
  return authorization?.orders.slice(-MAX_ORDERS) ?? []
}

const clientOf = (step: Step, { analysis }: Evidence, order: string | undefined): string =>
  analysis.orders.get(order ?? '')?.client ?? step.from

function connectionsOf({ connectionOf }: Evidence, { exchanges }: Finding): readonly number[] {
  return exchanges.slice(0, MAX_PLACES).flatMap((id) => connectionOf(id)?.sequence ?? [])
}

function spanOf({ analysis, stepOf }: Evidence, url: string | null): readonly [number, number] {
  const order = analysis.orders.get(url ?? '')
  if (!order) return [0, Number.POSITIVE_INFINITY]
  const [asked, last] = [stepOf(order.exchanges[0] ?? ''), order.history.at(-1)]
  const isOver = order.status === 'valid' || order.status === 'invalid'
  const end = isOver ? stepOf(last?.exchange ?? '')?.sequence : undefined
  return [asked?.sequence ?? 0, end ?? Number.POSITIVE_INFINITY]
}

// ───────────────────────────── which is the cause of which

interface Causes {
  /** Kind and order → the earliest. */
  readonly byOrder: ReadonlyMap<string, Placed>
  /** Kind and client → every place where one shows, in order. */
  readonly byClient: ReadonlyMap<string, readonly { readonly sequence: number; readonly placed: Placed }[]>
}

function indexed(all: readonly Placed[]): Causes {
  const byOrder = new Map<string, Placed>()
  const byClient = new Map<string, { readonly sequence: number; readonly placed: Placed }[]>()
  for (const placed of all) {
    for (const order of placed.orders) {
      const key = `${placed.finding.id}\n${order}`
      const known = byOrder.get(key)
      if (!known || (placed.at[0] ?? 0) < (known.at[0] ?? 0)) byOrder.set(key, placed)
    }
    const key = `${placed.finding.id}\n${placed.client ?? ''}`
    const list = byClient.get(key) ?? []
    for (const sequence of placed.at) list.push({ sequence, placed })
    byClient.set(key, list)
  }
  for (const list of byClient.values()) list.sort((a, b) => a.sequence - b.sequence)
  return { byOrder, byClient }
}

function causeOf(effect: Placed, causes: Causes): Finding | null {
  for (const { tie, causes: ids } of byEffect.get(effect.finding.id) ?? []) {
    for (const id of ids) {
      const cause = find(effect, id, tie, causes)
      if (cause && cause !== effect && isAsBad(cause.finding, effect.finding)) return cause.finding
    }
  }
  return null
}

/** What was put right in time does not explain what was not. */
const isAsBad = (cause: Finding, effect: Finding): boolean => cause.severity !== 'info' || effect.severity === 'info'

function find(effect: Placed, id: string, tie: Tie, { byOrder, byClient }: Causes): Placed | undefined {
  const [first, last] = [effect.at[0] ?? 0, effect.at.at(-1) ?? 0]
  if (tie === 'order') {
    const ofOrder = effect.orders.flatMap((order) => byOrder.get(`${id}\n${order}`) ?? [])
    return ofOrder.find(({ at }) => (at[0] ?? 0) <= last)
  }
  const from = tie === 'before' ? 0 : effect.from
  const to = { client: last, course: effect.to, before: first }[tie]
  for (const client of [effect.client ?? '', '']) {
    const list = byClient.get(`${id}\n${client}`) ?? []
    const entry = list[placeOf(list, from, ({ sequence }) => sequence)]
    if (entry && entry.sequence <= to) return entry.placed
  }
  return undefined
}
