/** What the checks look things up in: the analysis, and tables made in one pass over it when the first check asks. */
import { type Connection, headerValue } from '../../exchange.ts'
import { propagationWords } from '../flow/observed.ts'
import { nameOfClient } from '../fold/clients.ts'
import { hostOf, roleOf } from '../fold/lanes.ts'
import { placeOf } from '../fold/sequence.ts'
import { grouped } from '../grouped.ts'
import { clientOfProgram, clientRow, type KnownClient, kindOfProgram } from '../known/clients.ts'
import type { Analysis, Challenge, Directory, Operation, Order, Step } from '../model.ts'
import { readWrites, type Writes } from './dns-writes.ts'
import { type Outcomes, readOutcomes } from './outcome.ts'

export interface Evidence {
  readonly analysis: Analysis
  /** Nothing more will come. While a recording grows, what is missing may come yet. */
  readonly isOver: boolean
  /** What people call the client of a step: `certbot 2.11.0`. */
  readonly clientOf: (step: Pick<Step, 'from'>) => string
  /** What is known of that client, when its User-Agent says which it is. */
  readonly clientRowOf: (step: Pick<Step, 'from'>) => KnownClient | null
  /** The same of a connection that carried nothing. */
  readonly clientBehind: (connection: Connection) => KnownClient | null
  /** The step of an exchange. */
  readonly stepOf: (exchange: string) => Step | undefined
  /** The connection of that id, which carried no exchange. */
  readonly connectionOf: (id: string) => Connection | undefined
  /** Steps that asked for this URL, in order. */
  readonly stepsAt: (url: string) => readonly Step[]
  /** Steps of an order, its authorizations, its challenges and its records, in order. */
  readonly stepsOfOrder: (order: string) => readonly Step[]
  /** Requests for the proof of a challenge that came to the client’s port, in order. */
  readonly looksAt: (challenge: string) => readonly Step[]
  /** Any came at all: then a forwarder is there, and what it did not see did not come. */
  readonly seesPorts: () => boolean
  /** What each name server said of the record of a challenge, in words; empty where none was watched. */
  readonly serversSaid: (challenge: string) => readonly string[]
  /** Steps that did this, in order. */
  readonly stepsDoing: (operation: Operation) => readonly Step[]
  /** The last request of the same client to the same URL that was done, if it came after this one. */
  readonly succeededAfter: (step: Step) => Step | undefined
  /** Steps of a client at DNS providers, in order. */
  readonly dnsStepsOf: (client: string) => readonly Step[]
  /** The order a step belongs to; else the one its client asked for last. */
  readonly orderOf: (step: Step) => Order | null
  /** URL of the directory that a URL hangs from; its host where no directory was seen. */
  readonly caOf: (url: string) => string
  readonly directoryOf: (url: string) => Directory | null
  /** What was written at DNS providers. */
  readonly writes: Writes
  /** What succeeded, and when last. */
  readonly outcomes: Outcomes
}

/** An order, and the sequence number of the step that asked for it. */
interface OrderAsked {
  readonly order: Order
  readonly sequence: number
}

export function gather(analysis: Analysis, isOver: boolean): Evidence {
  const { steps, resources, directories } = analysis
  const byExchange = once(() => new Map(steps.map((step) => [step.exchange, step])))
  const byUrl = once(() => grouped(steps, ({ url }) => url))
  const byOrder = once(() => grouped(steps, ({ order }) => order ?? ''))
  const byOperation = once(() => grouped(steps, ({ operation }) => operation))
  const looks = once(() =>
    grouped(
      steps.filter(({ decoded }) => decoded.head.inbound !== undefined),
      ({ challenge }) => challenge ?? '',
    ),
  )
  const propagations = once(() => propagationWords(analysis))
  const successes = once(() => new Map(steps.filter(isDone).map((step) => [whoAndWhere(step), step])))
  const byConnection = once(() => new Map(analysis.connections.map((connection) => [connection.id, connection])))
  const dnsSteps = once(() =>
    grouped(
      steps.filter(({ to }) => roleOf(to) === 'dns'),
      ({ from }) => from,
    ),
  )
  const byClient = once(() => grouped(askedOrders(analysis, byOperation().get('newOrder') ?? []), clientOfOrder))
  const clients = once(() => clientsOf(steps))
  const hellos = once(() => clientsByHello(steps, clients()))
  const stepOf = (exchange: string) => byExchange().get(exchange)
  const caOf = (url: string) => resources.get(url)?.directory ?? hostOf(url)
  const writes = once(() => readWrites(analysis.dnsChanges, stepOf))
  const outcomes = once(() => readOutcomes({ analysis, stepOf, caOf }))
  return {
    analysis,
    isOver,
    clientOf: ({ from }) => nameOfClient(analysis.index.clients, from),
    clientRowOf: ({ from }) => clients().get(from) ?? null,
    clientBehind: ({ client: { process = '' }, tls }) =>
      clientOfProgram(process) ?? hellos().get(tls?.ja4 ?? '') ?? onlyOne(clients()) ?? kindOfProgram(process),
    stepOf,
    connectionOf: (id) => byConnection().get(id),
    stepsAt: (url) => byUrl().get(url) ?? [],
    stepsOfOrder: (order) => (order === '' ? [] : (byOrder().get(order) ?? [])),
    looksAt: (challenge) => looks().get(challenge) ?? [],
    seesPorts: () => looks().size > 0,
    serversSaid: (challenge) => propagations().get(challenge) ?? [],
    stepsDoing: (operation) => byOperation().get(operation) ?? [],
    succeededAfter: (step) => {
      const last = successes().get(whoAndWhere(step))
      return last && last.sequence > step.sequence ? last : undefined
    },
    dnsStepsOf: (client) => dnsSteps().get(client) ?? [],
    orderOf: (step) => analysis.orders.get(step.order ?? '') ?? lastBefore(byClient().get(step.from), step.sequence),
    caOf,
    directoryOf: (url) => directories.get(resources.get(url)?.directory ?? url) ?? null,
    get writes() {
      return writes()
    },
    get outcomes() {
      return outcomes()
    },
  }
}

/** The client said that its proof is in place (§7.5.1), though the CA may have refused to listen, or not answered. */
export const isAnswered = ({ stepsAt }: Pick<Evidence, 'stepsAt'>, { url, answeredBy }: Challenge): boolean =>
  answeredBy !== null || stepsAt(url).some(({ decoded: { jws } }) => jws !== null && !jws.isPostAsGet)

const askedOrders = ({ orders }: Analysis, asking: readonly Step[]): readonly OrderAsked[] =>
  asking.flatMap(({ order: url, sequence }) => {
    const order = orders.get(url ?? '')
    return order ? [{ order, sequence }] : []
  })

const clientOfOrder = ({ order }: OrderAsked): string => order.client

function lastBefore(asked: readonly OrderAsked[] | undefined, sequence: number): Order | null {
  return asked?.[placeOf(asked, sequence, (one) => one.sequence) - 1]?.order ?? null
}

/** By what each said to a CA; on other legs a client often names its HTTP library only. */
function clientsOf(steps: readonly Step[]): ReadonlyMap<string, KnownClient> {
  const clients = new Map<string, KnownClient>()
  const vague = new Map<string, KnownClient>()
  for (const { from, to, decoded } of steps) {
    if (clients.has(from)) continue
    const row = clientRow(headerValue(decoded.head.request.headers, 'user-agent'))
    if (row) (roleOf(to) === 'ca' ? clients : vague).set(from, row)
  }
  return new Map([...vague, ...clients])
}

/** Who says hello like this (JA4), where all that do are one client. */
function clientsByHello(
  steps: readonly Step[],
  clients: ReadonlyMap<string, KnownClient>,
): ReadonlyMap<string, KnownClient | null> {
  const found = new Map<string, KnownClient | null>()
  for (const { from, decoded } of steps) {
    const [ja4, row] = [decoded.head.tls?.client?.ja4, clients.get(from)]
    if (ja4 === undefined || !row) continue
    found.set(ja4, found.has(ja4) && found.get(ja4)?.id !== row.id ? null : row)
  }
  return found
}

const onlyOne = (clients: ReadonlyMap<string, KnownClient>): KnownClient | null =>
  clients.size === 1 ? ([...clients.values()][0] ?? null) : null

const isDone = ({ status }: Step): boolean => status !== null && status >= 200 && status < 300
const whoAndWhere = ({ from, url }: Step): string => `${from} ${url}`

/** Computed when it is asked for first, and kept. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}
