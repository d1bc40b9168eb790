/**
 * A scripted ACME world. SYNTHETIC: nothing here was ever on a wire. It writes recordings that no real CA or client can
 * be made to produce, but every key, signature, thumbprint, TXT digest, CSR and certificate in them is real.
 *
 *     const world = await startWorld({ client: 'certbot', names: ['example.test', '*.example.test'] })
 *     world.directory()
 *     world.register()
 *     const order = world.order()
 *     world.fetchAuthorizations(order)
 *     world.writeTxt(order, { value: 'wrong' })
 *     world.answer(order, { result: problem('unauthorized', 'Incorrect TXT record "wrong" found') })
 *     world.pollAuthorizations(order)
 *     const findings = await findingsOf(world.facts)            // judge.ts
 *
 * Each call is what the client does next: it appends the exchanges to `facts`, moves the clock, and changes what the
 * CA holds. Every call takes a `Bend`, which changes that one exchange: another answer, a transport failure, another
 * protected header, a damaged JWS. A refused call (status ≥ 400) or one that got no answer changes nothing at the CA. Objects
 * (`order.status`, `challenge.error` …) may be changed directly. `another(world)` is a second client in it.
 * A whole good run, with one step bent: `issued()` in scenarios.ts.
 */
import {
  type Connection,
  type DnsObservation,
  EMPTY_BODY,
  type Exchange,
  type Fact,
  type Failure,
  type Headers,
  type ValidationObservation,
} from '../../shared/exchange.ts'
import { createSigner, type SignerAlgorithm } from '../lab/account-signer.ts'
import { accountCalls } from './account.ts'
import { AGENTS, type AgentName } from './agents.ts'
import type { Meeting } from './bend.ts'
import { type Ca, type CaOptions, createCa, type SyntheticOrder } from './ca.ts'
import { certificateCalls } from './certificate.ts'
import { type Course, createClient, type SyntheticAccount } from './client.ts'
import { createCloudflare, type DnsBend } from './cloudflare.ts'
import { makeKeys, signerOf } from './materials.ts'
import { type Chosen, orderCalls } from './orders.ts'
import { type Answer, idOf, PROBLEM_TYPE, type Request } from './wire.ts'

export const START = Date.UTC(2026, 0, 2, 12)

export interface WorldOptions {
  /** A client by name, or a User-Agent; null sends none. Default `lego`. */
  readonly client?: AgentName | (string & {}) | null
  /** Default `example.test`. */
  readonly names?: readonly string[]
  /** Default `dns-01`. */
  readonly challenge?: string
  readonly ca?: CaOptions
  /** ms since the epoch. */
  readonly start?: number
  /** Other than ES256, with keys that can also be a certificate's. */
  readonly alg?: SignerAlgorithm
  /** The zone at Cloudflare; default `example.test`. */
  readonly zone?: string
}

/** Options of another client in the same world. What is not given is as the first client has it, but for the account. */
export interface AnotherOptions extends Omit<WorldOptions, 'start'> {
  readonly account?: SyntheticAccount
}

export type World = ReturnType<typeof enter>

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const course: Course = { facts: [], now: options.start ?? START, clients: 0, records: 0 }
  const ca = createCa(options.ca ?? {}, course.now)
  return enter(course, ca, await makeAccount(ca, options.alg), options)
}

/** A second client in the world of a first one. */
export async function another({ course, ca, options }: World, other: AnotherOptions = {}): Promise<World> {
  const at = other.ca ? createCa(other.ca, course.now) : ca
  return enter(course, at, other.account ?? (await makeAccount(at, other.alg)), { ...options, ...other })
}

async function makeAccount(ca: Ca, alg?: SignerAlgorithm): Promise<SyntheticAccount> {
  const keys = alg === undefined ? await makeKeys() : null
  const signer = keys ? signerOf(keys) : createSigner(alg ?? 'ES256')
  return { url: ca.urlOf('acct'), signer, keys, status: 'valid', more: {} }
}

/** A client comes into the world. */
function enter(course: Course, ca: Ca, account: SyntheticAccount, options: WorldOptions) {
  const { names = ['example.test'], challenge = 'dns-01', client: name = 'lego', zone = 'example.test' } = options
  const agents = agentsOf(name)
  const end = { address: '127.0.0.1', port: 40_000 + course.clients++ }
  const client = createClient({ course, ca, account, end, agent: agents.acme })
  const cloudflare = createCloudflare({ zone, agent: agents.dns, nextId: () => ++course.records, meet: client.meet })
  const orders = orderCalls(client, names, challenge)

  return {
    facts: course.facts as readonly Fact[],
    course,
    options,
    ca,
    account,
    cloudflare,
    ...accountCalls(client),
    ...orders,
    ...certificateCalls(client),
    ...asides(course, end, ca.host),
    newNonce: client.newNonce,
    directory: (bend: Meeting = {}): void => {
      const request = { method: 'GET', url: ca.urls.directory, body: null, agent: agents.acme }
      client.meet(request, bend, () => ({ status: 200, body: ca.directory }))
    },
    /** Finds the zone, then writes the value of each challenge that is still to be proven, or `value`. */
    writeTxt: (one: SyntheticOrder, bend: DnsBend & Chosen & { readonly value?: string } = {}): void => {
      cloudflare.findZone(bend.zone)
      for (const [{ identifier }, challenge] of orders.chosen(one, bend)) {
        const content = bend.value ?? orders.expectedTxt(challenge)
        cloudflare.create({ type: 'TXT', name: `_acme-challenge.${identifier.value}`, content }, bend)
      }
    },
    /** Deletes all that was written. */
    deleteTxt: (bend: DnsBend = {}): void => cloudflare.deleteAll(bend),
    /** A signed request to any URL. */
    post: client.post,
    postAsGet: client.postAsGet,
    /** Anything else: another host, another method. */
    request: (request: Omit<Request, 'agent'>, reply: Answer | null, meeting: Meeting = {}): Exchange =>
      client.record({ agent: agents.acme, ...request }, reply, meeting),
    /** ms since the epoch. */
    now: (): number => course.now,
    /** ms. */
    wait: (milliseconds: number): void => {
      course.now += milliseconds
    },
  }
}

interface InboundOptions {
  readonly url: string
  /** Of who validates. */
  readonly address?: string
  readonly status?: number
  readonly body?: string
  readonly headers?: Headers
  readonly failure?: Failure
}

/** What was not sent by a client: connections that carried nothing, what came to it, and what we saw ourselves. */
function asides(course: Course, client: Connection['client'], host: string) {
  const base = () => {
    course.now += 100
    const sequence = course.facts.length + 1
    const startedAt = new Date(course.now).toISOString()
    return { id: idOf(sequence), sequence, startedAt, client, state: 'complete' } as const
  }
  return {
    /** A connection that carried nothing; `client-refused-certificate` unless told. */
    connection: (of: Partial<Omit<Connection, 'id' | 'sequence' | 'kind' | 'state'>> = {}): Connection => {
      const usual = { outcome: 'client-refused-certificate', host, port: 443 } as const
      const made: Connection = { ...base(), kind: 'connection', ...usual, ...of }
      course.facts.push(made)
      return made
    },
    /** A request that came to the client’s challenge port. */
    inbound: ({ url, address = '198.51.100.7', ...answer }: InboundOptions): Exchange => {
      const { status = 200, body = '', headers = [], failure } = answer
      const message = { httpVersion: 'HTTP/1.1', headers }
      const served = body === '' ? EMPTY_BODY : ({ kind: 'text', text: body } as const)
      const made: Exchange = {
        ...base(),
        kind: 'exchange',
        inbound: 'http-01',
        client: { address, port: 50_000 },
        timings: { total: 5 },
        request: { ...message, method: 'GET', url, headers: [['User-Agent', 'validator']], body: EMPTY_BODY },
        ...(failure ? { failure } : { response: { ...message, status, statusText: '', body: served } }),
      }
      course.facts.push(made)
      return made
    },
    observe: (
      of: Pick<DnsObservation, 'subject' | 'detail'> | Pick<ValidationObservation, 'subject' | 'detail'>,
    ): void => {
      course.facts.push({ ...base(), kind: 'observation', ...of })
    },
  }
}

function agentsOf(client: string | null): { readonly acme: string | null; readonly dns: string | null } {
  if (client === null) return { acme: null, dns: null }
  return Object.hasOwn(AGENTS, client) ? AGENTS[client as AgentName] : { acme: client, dns: client }
}

/** A problem document as an answer; as the result of a validation only its body counts. Type `''` for none. */
export function problem(type: string, detail: string, more: ProblemOptions = {}): Answer {
  const { status = STATUSES[type] ?? 403, headers, ...members } = more
  const urn = type.includes(':') ? type : `urn:ietf:params:acme:error:${type}`
  const body = { ...(type && { type: urn }), detail, status, ...members }
  return { status, body, type: PROBLEM_TYPE, ...(headers && { headers }) }
}

interface ProblemOptions {
  readonly status?: number
  readonly headers?: Headers
  readonly subproblems?: readonly object[]
  readonly [member: string]: unknown
}

const STATUSES: Readonly<Record<string, number>> = {
  malformed: 400,
  badNonce: 400,
  badCSR: 400,
  accountDoesNotExist: 400,
  serverInternal: 500,
  rateLimited: 429,
}
