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
import type { Connection, Exchange, ExchangeState, Fact, Failure, Headers, Observation } from '../../shared/exchange.ts'
import {
  type AccountSigner,
  createSigner,
  type FlattenedJws,
  type SignerAlgorithm,
  signWithMac,
} from '../lab/account-signer.ts'
import { AGENTS, type AgentName } from './agents.ts'
import {
  type Ca,
  type CaOptions,
  createCa,
  type SyntheticAuthorization,
  type SyntheticChallenge,
  type SyntheticOrder,
  showAuthorization,
  showChallenge,
  showOrder,
} from './ca.ts'
import { type Cloudflare, createCloudflare, type DnsBend } from './cloudflare.ts'
import { certificateId, type Keys, makeCsr, makeKeys, sha256, signerOf, thumbprintOf } from './materials.ts'
import { type Answer, idOf, JOSE_TYPE, PROBLEM_TYPE, type Request, toExchange } from './wire.ts'

export const START = Date.UTC(2026, 0, 2, 12)
const BETWEEN = 100
const TOOK = 20

/** How one exchange differs from what would have happened. */
export interface Bend extends Meeting {
  /** ES256 by the account, unless said otherwise. */
  readonly signer?: AccountSigner
  /** Members of the protected header to add or replace; `undefined` takes one away. */
  readonly header?: Readonly<Record<string, unknown>>
  /** Another payload, or a change of the usual one. */
  readonly payload?: unknown | ((usual: never) => unknown)
  /** Damages what is sent after it was signed. */
  readonly jws?: (signed: FlattenedJws) => unknown
  /** Signs with this nonce, and takes none of the client's. */
  readonly nonce?: string
}

/** What is true of an exchange with anybody. */
export interface Meeting {
  /** Another answer, or a part of it; `body` may be a change of the usual one. */
  readonly answer?: Partial<Omit<Answer, 'body'>> & { readonly body?: unknown | ((usual: never) => unknown) }
  /** What is sent, where it is sent to. */
  readonly request?: Partial<Request>
  /** There was no answer. */
  readonly failure?: Failure
  readonly state?: ExchangeState
  /** ms between the end of what came before and this; 100 unless told. */
  readonly after?: number
  /** ms from beginning to end; 20 unless told. */
  readonly took?: number
}

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

export interface SyntheticAccount {
  readonly url: string
  signer: AccountSigner
  /** Null for another algorithm than ES256. */
  readonly keys: Keys | null
  status: string
  more: object
}

/** A clock, and what was seen so far: shared by all clients. */
interface Course {
  readonly facts: Fact[]
  now: number
  clients: number
}

export type World = ReturnType<typeof enter>

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const course: Course = { facts: [], now: options.start ?? START, clients: 0 }
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
  const { names = ['example.test'], challenge: type = 'dns-01', client = 'lego' } = options
  const agents = agentsOf(client)
  const end = { address: '127.0.0.1', port: 40_000 + course.clients++ }
  const nonces: string[] = []

  // ─────────────── exchanges

  function record(request: Request, answer: Answer | null, meeting: Meeting): Exchange {
    course.now += meeting.after ?? BETWEEN
    const took = meeting.took ?? TOOK
    const { failure, state } = meeting
    const seen = { sequence: course.facts.length + 1, at: course.now, took, client: end }
    const more = { ...(failure && { failure }), ...(state && { state }) }
    const exchange = toExchange({ ...request, ...meeting.request }, answer, { ...seen, ...more })
    course.facts.push(exchange)
    course.now += took
    return exchange
  }

  /** Any exchange at all. `usually` is called, and the world changed, only when the answer was good. */
  function meet(request: Request, meeting: Meeting, usually: () => Answer): Answer | null {
    const answer = answerOf(meeting, usually)
    record(request, answer, meeting)
    return answer
  }

  function withNonce(answer: Answer): Answer {
    if (answer.headers?.some(([name]) => name.toLowerCase() === 'replay-nonce')) return answer
    const headers: Headers = [
      ['Replay-Nonce', ca.nonce()],
      ['Link', `<${ca.urls.directory}>;rel="index"`],
    ]
    return { ...answer, headers: [...headers, ...(answer.headers ?? [])] }
  }

  const take = (answer: Answer | null): void => {
    const nonce = answer?.headers?.find(([name]) => name.toLowerCase() === 'replay-nonce')?.[1]
    if (nonce) nonces.push(nonce)
  }

  function newNonce(bend: Meeting = {}): void {
    const request = { method: 'HEAD', url: ca.urls.newNonce, body: null, agent: agents.acme }
    const answer = answerOf(bend, () => withNonce({ status: 200, body: null }))
    record(request, answer, bend)
    take(answer)
  }

  /** A client without a nonce asks for one first, as clients do. */
  function nextNonce(): string {
    if (!nonces.length) newNonce()
    return nonces.pop() ?? ''
  }

  /** A signed request; a payload of '' is POST-as-GET. Whether the CA did it. */
  function post(url: string, payload: unknown, bend: Bend, usually: () => Answer, withKey = false): boolean {
    const signer = bend.signer ?? account.signer
    const key = withKey ? { jwk: signer.jwk } : { kid: account.url }
    const header = { ...key, nonce: bend.nonce ?? nextNonce(), url, ...bend.header }
    const signed = signer.sign(change(payload, bend.payload), header)
    const body = bend.jws ? bend.jws(signed) : signed
    const answer = answerOf(bend, usually)
    const sent = answer && withNonce(answer)
    record({ method: 'POST', url, body, type: JOSE_TYPE, agent: agents.acme }, sent, bend)
    take(sent)
    return sent !== null && sent.status < 400
  }

  const postAsGet = (url: string, bend: Bend, usually: () => Answer): boolean => post(url, '', bend, usually)

  // ─────────────── the account

  const showAccount = (): object => ({ status: account.status, orders: `${account.url}/orders`, ...account.more })

  function register(bend: Bend & RegisterOptions = {}): SyntheticAccount {
    const { eab, onlyReturnExisting, existing } = bend
    const payload = {
      ...(onlyReturnExisting ? { onlyReturnExisting } : { termsOfServiceAgreed: true }),
      ...(eab && { externalAccountBinding: bindingOf(eab, account.signer, ca.urls.newAccount) }),
    }
    const status = existing || onlyReturnExisting ? 200 : 201
    const headers: Headers = [['Location', account.url]]
    post(ca.urls.newAccount, payload, bend, () => ({ status, body: showAccount(), headers }), true)
    return account
  }

  function updateAccount(payload: object, bend: Bend = {}): void {
    post(account.url, payload, bend, () => {
      const { status, ...more } = payload as { status?: string }
      account.status = status ?? account.status
      account.more = { ...account.more, ...more }
      return { status: 200, body: showAccount() }
    })
  }

  /** §7.3.5. `inner` bends the JWS inside. */
  async function changeKey(bend: Bend & { readonly inner?: InnerBend } = {}): Promise<void> {
    const next = bend.inner?.signer ?? signerOf(await makeKeys())
    const url = ca.urls.keyChange
    const payload = change({ account: account.url, oldKey: account.signer.jwk }, bend.inner?.payload)
    const inner = next.sign(payload, { jwk: next.jwk, url, ...bend.inner?.header })
    post(url, inner, bend, () => {
      account.signer = next
      return { status: 200, body: showAccount() }
    })
  }

  // ─────────────── orders

  function order(bend: Bend & OrderOptions = {}): SyntheticOrder {
    const made = bend.again ?? ca.makeOrder(bend.names ?? names, bend.authorizations)
    const payload = { identifiers: made.identifiers }
    post(ca.urls.newOrder, payload, bend, () => {
      const { identifiers: _, ...more } = change(payload, bend.payload) as Record<string, unknown>
      made.more = { ...made.more, ...more }
      settle(made)
      return { status: 201, body: showOrder(made), headers: [['Location', made.url]] }
    })
    return made
  }

  /** As §7.1.6 has it, once the authorizations say so. */
  function settle(one: SyntheticOrder): void {
    if (one.status !== 'pending') return
    if (one.authorizations.some(({ status }) => status === 'invalid')) one.status = 'invalid'
    else if (one.authorizations.every(({ status }) => status === 'valid')) one.status = 'ready'
  }

  const fetchAuthorization = (one: SyntheticAuthorization, bend: Bend = {}): boolean =>
    postAsGet(one.url, bend, () => ({ status: 200, body: showAuthorization(one) }))

  const fetchAuthorizations = (one: SyntheticOrder, bend: Bend = {}): boolean =>
    one.authorizations.map((authorization) => fetchAuthorization(authorization, bend)).every(Boolean)

  const pollOrder = (one: SyntheticOrder, bend: Bend = {}): boolean =>
    postAsGet(one.url, bend, () => {
      if (one.status === 'processing') one.status = one.error ? 'invalid' : 'valid'
      return { status: 200, body: showOrder(one) }
    })

  function newAuthz(name: string, bend: Bend = {}): SyntheticAuthorization {
    const made = ca.makeAuthorization(name, 'pending')
    const headers: Headers = [['Location', made.url]]
    const usually = () => ({ status: 201, body: showAuthorization(made), headers })
    post(ca.urls.newAuthz, { identifier: made.identifier }, bend, usually)
    return made
  }

  // ─────────────── challenges

  /** The challenges that the client has chosen, of what is still to be proven. */
  const chosen = (
    one: SyntheticOrder,
    of: Chosen = {},
  ): readonly (readonly [SyntheticAuthorization, SyntheticChallenge])[] =>
    one.authorizations
      .filter((authorization) => of.name === undefined || nameOf(authorization) === of.name)
      .filter(({ status }) => status === 'pending')
      .flatMap((authorization) => {
        const challenge = authorization.challenges.find((candidate) => candidate.type === type)
        return challenge ? [[authorization, challenge] as const] : []
      })

  /** Says that the proofs are in place. `result`, a problem, is what the polls will show; good unless told. */
  function answer(one: SyntheticOrder, bend: Bend & Chosen & { readonly result?: Answer } = {}): void {
    for (const [authorization, challenge] of chosen(one, bend)) {
      post(challenge.url, {}, bend, () => {
        const shown = showChallenge({ ...challenge, status: 'processing' })
        challenge.status = bend.result ? 'invalid' : 'valid'
        challenge.error = (bend.result?.body as object | undefined) ?? null
        return { status: 200, body: shown, headers: [['Link', `<${authorization.url}>;rel="up"`]] }
      })
    }
  }

  /** Polls each authorization: pending, until the last of `times` (2 unless told) shows what became of it. */
  function pollAuthorizations(one: SyntheticOrder, bend: Bend & Chosen & { readonly times?: number } = {}): void {
    const { times = 2, after = 2000 } = bend
    for (const [authorization, challenge] of chosen(one, bend)) {
      for (let poll = 1; poll < times; poll++) {
        const { status, error } = challenge
        Object.assign(challenge, { status: 'pending', error: null })
        fetchAuthorization(authorization, { ...bend, after })
        Object.assign(challenge, { status, error })
      }
      if (challenge.status === 'valid' || challenge.status === 'invalid') authorization.status = challenge.status
      fetchAuthorization(authorization, { ...bend, after })
    }
    settle(one)
  }

  const expectedTxt = ({ token }: SyntheticChallenge): string => sha256(`${token}.${thumbprintOf(account.signer.jwk)}`)

  // ─────────────── the certificate

  /** Sends a CSR: for the order's names and with a new key, unless told. `issue` bends the certificate that is made of it. */
  async function finalize(one: SyntheticOrder, bend: Bend & FinalizeOptions = {}): Promise<void> {
    const asked = bend.csrNames ?? one.identifiers.map(({ value }) => value)
    const keys = bend.keys ?? (await makeKeys())
    const csr = await makeCsr(asked, keys, bend.commonName)
    const accepted = post(one.finalize, { csr }, bend, () => {
      one.status = 'processing'
      return { status: 200, body: showOrder(one), headers: [['Location', one.url]] }
    })
    if (accepted) await ca.issue(one, bend.issue?.names ?? asked, bend.issue?.keys ?? keys)
  }

  /** `alternate`: which chain, 0 being the default one. */
  function fetchCertificate(one: SyntheticOrder, bend: Bend & { readonly alternate?: number } = {}): void {
    const base = one.certificate ?? ''
    const at = (index: number): string => (index === 0 ? base : `${base}/${index}`)
    const asked = bend.alternate ?? 0
    const others = one.chains.flatMap((_, index) => (index === asked ? [] : [at(index)]))
    const headers: Headers = others.map((url) => ['Link', `<${url}>;rel="alternate"`])
    postAsGet(at(asked), bend, () => ({ status: 200, body: one.chains[asked] ?? '', headers }))
  }

  /** With the account's key, or with the certificate's own. */
  function revoke(
    one: SyntheticOrder,
    bend: Bend & { readonly reason?: number; readonly ownKey?: boolean } = {},
  ): void {
    const certificate = Buffer.from(one.leaf?.rawData ?? new ArrayBuffer()).toString('base64url')
    const payload = { certificate, ...(bend.reason !== undefined && { reason: bend.reason }) }
    const signer = bend.ownKey && one.keys ? { signer: signerOf(one.keys) } : {}
    post(ca.urls.revokeCert, payload, { ...signer, ...bend }, () => ({ status: 200, body: null }), bend.ownKey)
  }

  const ariUrl = (one: SyntheticOrder): string =>
    `${ca.urls.renewalInfo}/${one.leaf ? certificateId(one.leaf) : 'unknown'}`

  /** RFC 9773 §4: a plain GET. */
  function renewalInfo(one: SyntheticOrder, bend: Meeting = {}): void {
    const day = 86_400_000
    const [start, end_] = [60, 62].map((days) => new Date(course.now + days * day).toISOString())
    const body = { suggestedWindow: { start, end: end_ } }
    const request = { method: 'GET', url: ariUrl(one), body: null, agent: agents.acme }
    meet(request, bend, () => ({ status: 200, body, headers: [['Retry-After', '21600']] }))
  }

  const cloudflare: Cloudflare = createCloudflare({ zone: options.zone ?? 'example.test', agent: agents.dns, meet })

  // ─────────────── what is no exchange

  /** A connection that carried nothing; `client-refused-certificate` unless told. */
  function connection(of: Partial<Pick<Connection, 'outcome' | 'host' | 'port' | 'failure' | 'tls'>> = {}): Connection {
    course.now += BETWEEN
    const made: Connection = { ...base(), kind: 'connection', outcome: 'client-refused-certificate', ...WHERE, ...of }
    course.facts.push(made)
    return made
  }

  function observe(subject: Observation['subject'], detail: Observation['detail']): void {
    course.now += BETWEEN
    course.facts.push({ ...base(), kind: 'observation', subject, detail })
  }

  const WHERE = { host: ca.host, port: 443 } as const
  const base = () => {
    const sequence = course.facts.length + 1
    const startedAt = new Date(course.now).toISOString()
    return { id: idOf(sequence), sequence, startedAt, client: end, state: 'complete' } as const
  }

  return {
    facts: course.facts as readonly Fact[],
    course,
    options,
    ca,
    account,
    cloudflare,
    /** ms since the epoch. */
    now: (): number => course.now,
    /** ms. */
    wait: (milliseconds: number): void => {
      course.now += milliseconds
    },
    directory: (bend: Meeting = {}): void => {
      const request = { method: 'GET', url: ca.urls.directory, body: null, agent: agents.acme }
      meet(request, bend, () => ({ status: 200, body: ca.directory }))
    },
    newNonce,
    register,
    updateAccount,
    deactivateAccount: (bend: Bend = {}): void => updateAccount({ status: 'deactivated' }, bend),
    changeKey,
    listOrders: (orders: readonly SyntheticOrder[], bend: Bend = {}): boolean =>
      postAsGet(`${account.url}/orders`, bend, () => ({ status: 200, body: { orders: orders.map(({ url }) => url) } })),
    order,
    pollOrder,
    newAuthz,
    fetchAuthorization,
    fetchAuthorizations,
    deactivateAuthorization: (one: SyntheticAuthorization, bend: Bend = {}): boolean =>
      post(one.url, { status: 'deactivated' }, bend, () => {
        one.status = 'deactivated'
        return { status: 200, body: showAuthorization(one) }
      }),
    /** The challenge of the chosen type. */
    challengeOf: (one: SyntheticAuthorization): SyntheticChallenge => {
      const found = one.challenges.find((candidate) => candidate.type === type)
      if (!found) throw new Error(`no ${type} for ${nameOf(one)}`)
      return found
    },
    answer,
    pollAuthorizations,
    expectedTxt,
    /** Finds the zone, then writes the value of each dns-01 challenge that is still to be proven, or `value`. */
    writeTxt: (one: SyntheticOrder, bend: DnsBend & Chosen & { readonly value?: string } = {}): void => {
      cloudflare.findZone(bend.zone)
      for (const [{ identifier }, challenge] of chosen(one, bend)) {
        const content = bend.value ?? expectedTxt(challenge)
        cloudflare.create({ type: 'TXT', name: `_acme-challenge.${identifier.value}`, content }, bend)
      }
    },
    /** Deletes all that was written. */
    deleteTxt: (bend: DnsBend = {}): void => cloudflare.deleteAll(bend),
    finalize,
    fetchCertificate,
    revoke,
    ariUrl,
    renewalInfo,
    connection,
    observe,
    /** Anything else: another host, another method. */
    request: (request: Omit<Request, 'agent'>, reply: Answer | null, meeting: Meeting = {}): Exchange =>
      record({ agent: agents.acme, ...request }, reply, meeting),
    /** A signed request to any URL. */
    post,
    postAsGet,
  }
}

// ───────────────────────────── options and words

export interface RegisterOptions {
  readonly onlyReturnExisting?: boolean
  /** The CA knows this key already. */
  readonly existing?: boolean
  readonly eab?: EabOptions
}

export interface EabOptions {
  readonly kid: string
  readonly secret: string
  readonly header?: Readonly<Record<string, unknown>>
  readonly payload?: unknown
}

export interface InnerBend {
  readonly header?: Readonly<Record<string, unknown>>
  readonly payload?: unknown | ((usual: never) => unknown)
  readonly signer?: AccountSigner
}

export interface OrderOptions {
  readonly names?: readonly string[]
  /** Those it hangs on, if not new ones: the CA uses valid authorizations again. */
  readonly authorizations?: readonly SyntheticAuthorization[]
  /** The CA answers with this order again. */
  readonly again?: SyntheticOrder
}

interface Chosen {
  /** Of one name only, with its `*.`. */
  readonly name?: string
}

export interface FinalizeOptions {
  readonly csrNames?: readonly string[]
  readonly commonName?: string
  readonly keys?: Keys
  readonly issue?: { readonly names?: readonly string[]; readonly keys?: Keys }
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

function bindingOf({ kid, secret, header, payload }: EabOptions, { jwk }: AccountSigner, url: string): FlattenedJws {
  return signWithMac(secret, payload ?? jwk, { kid, url, ...header })
}

const nameOf = ({ identifier, wildcard }: SyntheticAuthorization): string =>
  wildcard ? `*.${identifier.value}` : identifier.value

function agentsOf(client: string | null): { readonly acme: string | null; readonly dns: string | null } {
  if (client === null) return { acme: null, dns: null }
  return Object.hasOwn(AGENTS, client) ? AGENTS[client as AgentName] : { acme: client, dns: client }
}

const change = (usual: unknown, by: unknown): unknown =>
  typeof by === 'function' ? by(usual) : by === undefined ? usual : by

/** Null when there was none. */
function answerOf({ answer, failure, state }: Meeting, usually: () => Answer): Answer | null {
  if (failure || (state && state !== 'complete')) return null
  if ((answer?.status ?? 0) >= 400) return { body: null, ...answer } as Answer
  const usual = usually()
  const headers = [...(usual.headers ?? []), ...(answer?.headers ?? [])]
  return { ...usual, ...answer, headers, body: change(usual.body, answer?.body) }
}
