/**
 * What a recording means, in ACME's own words.
 *
 * Glossary: an *exchange* is request + response; a *step* is what one exchange did; a *resource* is an ACME endpoint
 * kind and an *object* what it returns; a *problem* is the CA's RFC 7807 document; a *phase* is a run of steps with one
 * purpose; a *lane* is a participant in the diagram. URLs are identities: a `Location` header or a field teaches them.
 *
 * Everything here is derived from facts and can be thrown away at any time. All of it is plain data that survives
 * `structuredClone` and JSON (the Maps of `Analysis` aside, which never travel).
 */
import type { DnsApi, DnsError, DnsRecord, DnsZone } from '../dns/provider.ts'
import type { Connection, Exchange, Observation, RequestMessage, ResponseMessage } from '../exchange.ts'
import type { Reference } from '../reference.ts'
import type { ChainMember, JudgedCsr } from '../x509/model.ts'
import type { FoldIndex } from './fold/fold-index.ts'

// ───────────────────────────── words

/** The name of what a step did; used in JSON, in the UI and in tests. */
export type Operation =
  | 'directory'
  | 'newNonce'
  | 'newAccount'
  | 'account'
  | 'ordersList'
  | 'keyChange'
  | 'newAuthz'
  | 'newOrder'
  | 'order'
  | 'finalize'
  | 'authorization'
  | 'challenge'
  | 'certificate'
  | 'revokeCert'
  | 'renewalInfo'
  | 'delegationsList'
  | 'delegation'
  | DnsOperation
  | 'validation.http-01'
  | 'other'

export type DnsOperation =
  | 'dns.findZone'
  | 'dns.listRecords'
  | 'dns.createRecord'
  | 'dns.updateRecord'
  | 'dns.deleteRecord'
  | 'dns.verifyToken'

/** In the order in which a flow passes through them. */
export const PHASES = [
  'directory',
  'account',
  'order',
  'authorization',
  'provisioning',
  'validation',
  'cleanup',
  'finalization',
  'certificate',
  'revocation',
  'renewal',
] as const
export type Phase = (typeof PHASES)[number]

export type LaneRole = 'client' | 'ca' | 'dns' | 'other'

export interface Lane {
  readonly id: string
  readonly role: LaneRole
  readonly label: string
  readonly hosts: readonly string[]
}

// ───────────────────────────── one exchange, decoded (jws.ts, decode.ts)

export type JsonObject = { readonly [key: string]: unknown }

/** `unverifiable` is not `invalid`: something needed for the check is missing, and `reason` says what. */
export interface SignatureVerdict {
  readonly status: 'valid' | 'invalid' | 'unverifiable'
  readonly reason: string
  /** RFC 7638 SHA-256 thumbprint of the key it was checked with; null when it could not be checked. */
  readonly thumbprint: string | null
  /** Where that key was found; null when it could not be checked. */
  readonly key: KeySource | null
}

/** `jwk`: in the request itself. `recovered`: computed from two signatures, so it proves only that one key made both. */
export type KeySource = 'jwk' | 'this recording' | 'another recording' | 'recovered'

export type JwsPayload =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'undecodable'; readonly reason: string }

/** A flattened JWS (RFC 7515 §7.2.2) as sent, and what it says. */
export interface Jws {
  /** The three members exactly as sent. */
  readonly raw: { readonly protected: string; readonly payload: string; readonly signature: string }
  /** Null when the protected header is not base64url of a JSON object; `problems` says so. */
  readonly header: JsonObject | null
  readonly alg: string | null
  readonly kid: string | null
  readonly jwk: JsonObject | null
  readonly nonce: string | null
  readonly url: string | null
  readonly payload: JwsPayload
  /** The payload is the empty string: RFC 8555 §6.3. */
  readonly isPostAsGet: boolean
  readonly signature: SignatureVerdict
  /** Of `jwk`, when there is one and it is whole. */
  readonly thumbprint: string | null
  /** A JWS inside the payload: `externalAccountBinding` (§7.3.4) or key roll-over (§7.3.5). */
  readonly inner: InnerJws | null
  /** What is malformed, in plain words; empty when it is well formed. */
  readonly problems: readonly string[]
}

/** What a check compares with the outer JWS: `jws.url`, `jws.nonce`, `jws.kid` and `jws.alg` of both are there as well. */
export interface InnerJws {
  readonly purpose: 'externalAccountBinding' | 'keyChange'
  readonly jws: Jws
  /** Of the key that its payload names: the account key to be bound (§7.3.4), or `oldKey` (§7.3.5). */
  readonly payloadThumbprint: string | null
  /** The payload's `account`, of a key change (§7.3.5). */
  readonly account: string | null
}

/** What a body holds. `malformed` keeps the beginning of the text, so that it can be shown as what it is. */
export type Content =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'jws'; readonly jws: Jws }
  | { readonly kind: 'certificates'; readonly chain: readonly ChainMember[]; readonly errors: readonly string[] }
  | { readonly kind: 'text'; readonly text: string; readonly truncated: boolean }
  | { readonly kind: 'malformed'; readonly expected: string; readonly error: string; readonly text: string }
  | { readonly kind: 'opaque'; readonly reason: string }

/** Size of a body without the body; `bytes` is null when it is not known. */
export interface BodySize {
  readonly kind: 'empty' | 'text' | 'base64' | 'omitted'
  readonly bytes: number | null
}

/** An exchange without its bodies, which are fetched when someone looks at them. */
export interface ExchangeHead extends Omit<Exchange, 'request' | 'response'> {
  readonly request: Omit<RequestMessage, 'body'> & { readonly body: BodySize }
  readonly response?: Omit<ResponseMessage, 'body'> & { readonly body: BodySize }
}

export interface Link {
  /** Absolute. */
  readonly url: string
  readonly rel: string
}

/** RFC 7807 problem document, with the CA's own type kept as sent. */
export interface Problem {
  readonly type: string
  /** The last part of an ACME error URN (`badNonce`), else null. */
  readonly acmeType: string | null
  readonly title: string | null
  readonly detail: string | null
  readonly status: number | null
  readonly instance: string | null
  readonly identifier: Identifier | null
  readonly subproblems: readonly Problem[]
}

/** One exchange and what it says, without knowing any other (but for the keys it was checked with). */
export interface DecodedExchange {
  readonly kind: 'exchange'
  readonly head: ExchangeHead
  readonly request: Content
  readonly response: Content
  /** The outer JWS of the request, when there is one. */
  readonly jws: Jws | null
  /** From the payload's `csr`; an error in words when it is there and cannot be read. */
  readonly csr: JudgedCsr | { readonly error: string } | null
  readonly problem: Problem | null
  readonly location: string | null
  readonly links: readonly Link[]
  readonly replayNonce: string | null
  /** Seconds to wait, from either form of `Retry-After`. */
  readonly retryAfter: number | null
  /** What in the request could be the TXT value of a challenge, however it was encoded; none in a JWS. */
  readonly txtCandidates: readonly string[]
}

export type Decoded = DecodedExchange | Connection | Observation

// ───────────────────────────── objects (analyse.ts)

export interface Identifier {
  readonly type: string
  readonly value: string
}

/** A status as an exchange showed it. */
export interface StatusSeen {
  readonly exchange: string
  /** ISO 8601: when the answer that showed it was complete. */
  readonly at: string
  readonly status: string
}

interface AcmeObject {
  readonly url: string
  /** As last seen; null when no answer showed it. */
  readonly status: string | null
  /** Each answer that showed a status, in the order they arrived (unchanged ones too: that is polling). */
  readonly history: readonly StatusSeen[]
  /** The last answer, whole; unknown fields are here. */
  readonly wire: JsonObject | null
  /** Exchanges that asked for it or showed it. */
  readonly exchanges: readonly string[]
}

export interface Directory extends Omit<AcmeObject, 'status' | 'history'> {
  readonly meta: JsonObject | null
}

export interface Account extends AcmeObject {
  readonly contact: readonly string[]
  readonly jwk: JsonObject | null
  readonly thumbprint: string | null
}

export interface Order extends AcmeObject {
  readonly account: string | null
  /** Lane of the client that asked for it first. */
  readonly client: string
  readonly identifiers: readonly Identifier[]
  readonly authorizations: readonly string[]
  readonly finalize: string | null
  readonly certificate: string | null
  readonly error: Problem | null
  /** The exchange that sent the CSR (§7.4). */
  readonly finalizedBy: string | null
  /** Id of the certificate it renews (RFC 9773 §5). */
  readonly replaces: string | null
  /** What was sent to `finalize`, when it can be read. */
  readonly csr: JudgedCsr | null
}

export interface Authorization extends AcmeObject {
  readonly identifier: Identifier | null
  readonly wildcard: boolean
  readonly orders: readonly string[]
  readonly challenges: readonly string[]
}

export interface Challenge extends AcmeObject {
  readonly type: string
  readonly authorization: string | null
  readonly token: string | null
  readonly error: Problem | null
  /** The exchange in which the client said it was ready (§7.5.1). */
  readonly answeredBy: string | null
  /** token.thumbprint (§8.1); null when the token or the account's key is not known whole. */
  readonly keyAuthorization: string | null
  /** Null for a type of challenge that nobody wrote a proof for, and while the name is not known. */
  readonly proof: Proof | null
}

/**
 * What the CA will look for, and where. The place is known with the name; the value is null while the key authorization
 * is not known whole.
 */
export type Proof =
  /** http-01 (§8.3): `url` is on port 80, whatever the CA in the recording uses. */
  | { readonly kind: 'http'; readonly url: string; readonly body: string | null }
  /** dns-01 (§8.4) and dns-account-01, whose names differ and whose values do not. */
  | { readonly kind: 'txt'; readonly name: string; readonly value: string | null }
  /** dns-persist-01: a record that stays, and names the CA and the account instead of a token. */
  | {
      readonly kind: 'persistent-txt'
      readonly name: string
      readonly issuers: readonly string[]
      readonly account: string | null
      readonly wildcard: boolean
    }
  /** tls-alpn-01 (RFC 8737 §3): the SHA-256 of the key authorization as hex, in the certificate served for `name`. */
  | { readonly kind: 'tls-alpn'; readonly name: string; readonly digest: string | null }

export interface IssuedCertificate {
  readonly url: string
  readonly order: string | null
  readonly chain: readonly ChainMember[]
  readonly errors: readonly string[]
  readonly alternates: readonly string[]
  readonly exchanges: readonly string[]
}

export interface Nonce {
  readonly value: string
  readonly issuedBy: string | null
  readonly usedBy: readonly string[]
  readonly outcome: 'unused' | 'pending' | 'accepted' | 'rejected'
}

/** How a written TXT value compares with what a challenge expects. `null`: cannot be checked, tied by name only. */
export interface TxtMatch {
  readonly challenge: string
  readonly authorization: string | null
  readonly matches: boolean | null
}

/** A look at where an http-01 proof belongs, by the client itself or by the CA. */
export interface HttpProofSeen {
  readonly exchange: string
  readonly challenge: string
  readonly url: string
  /** `null`: the expected body cannot be computed, or what came cannot be read. */
  readonly matches: boolean | null
}

/** What an exchange with a DNS provider was about, and how it went. */
export interface DnsSeen {
  /** Label of the provider; the host of one that nobody described. */
  readonly provider: string
  /** The provider's own name for the request, and its page. */
  readonly api: DnsApi | null
  readonly zone: DnsZone | null
  /** What a look-up asked for. */
  readonly asked: DnsRecord | null
  /** How many results a look-up had; null for anything else, and when it was refused. */
  readonly found: number | null
  readonly accepted: boolean
  readonly errors: readonly DnsError[]
  /** Whether what was written has reached the provider's own name servers, where the API says so. */
  readonly progress: 'pending' | 'done' | null
}

/** One value of one record that was written or taken away. */
/** What was seen of a challenge's proof. */
export interface ProofSeen {
  readonly exchange: string
  /** `written` at a DNS provider, `served` to whoever asked. */
  readonly how: 'written' | 'served'
  /** Name of the record, or the URL. */
  readonly place: string | null
  /** Null for what was served, which is only compared. */
  readonly value: string | null
  /** Null where nothing can be said. */
  readonly matches: boolean | null
}

export interface DnsChange {
  readonly exchange: string
  /** ISO 8601. */
  readonly at: string
  readonly provider: string
  readonly action: 'create' | 'update' | 'delete'
  readonly zone: string | null
  readonly recordId: string | null
  readonly type: string | null
  readonly name: string | null
  readonly value: string | null
  readonly accepted: boolean
  /** The challenges it belongs to, as they were known when it was made. */
  readonly matches: readonly TxtMatch[]
}

/** A URL and what earlier answers taught about it. */
export interface Resource {
  readonly url: string
  readonly operation: Operation
  /** URL of the object that names it: the order of an authorization, the authorization of a challenge. */
  readonly owner: string | null
  /** URL of the directory it hangs from; null when the recording started midway. */
  readonly directory: string | null
}

// ───────────────────────────── the whole

/** What one exchange did in a flow. */
export interface Step {
  readonly exchange: string
  readonly sequence: number
  /** ISO 8601. */
  readonly time: string
  readonly operation: Operation
  /** Null for `other`, but for what is asked of a DNS provider in between. */
  readonly phase: Phase | null
  /** Lane ids; the answer goes the other way. */
  readonly from: string
  readonly to: string
  readonly method: string
  readonly url: string
  readonly status: number | null
  /** One line in plain words. */
  readonly summary: string
  readonly references: readonly Reference[]
  readonly problem: Problem | null
  readonly account: string | null
  readonly order: string | null
  readonly authorization: string | null
  readonly challenge: string | null
  /** Name the step is about, with `*.` for a wildcard. */
  readonly identifier: string | null
  /** Status of the object as this answer showed it. */
  readonly objectStatus: string | null
  /** The exchange whose nonce was refused, which this one sends again (§6.5). */
  readonly retryOf: string | null
  /** Null for an exchange with anybody but a DNS provider. */
  readonly dns: DnsSeen | null
  /** What it wrote at a DNS provider. */
  readonly changes: readonly DnsChange[]
  readonly decoded: DecodedExchange
}

/**
 * Derived, never stored. Keys of the maps are URLs, but for `nonces`. Its collections grow in place as more is folded
 * into it (see analyse.ts); only the newest value of one analysis is to be read.
 */
export interface Analysis {
  /** In the order of their sequence numbers. */
  readonly steps: readonly Step[]
  readonly lanes: readonly Lane[]
  readonly resources: ReadonlyMap<string, Resource>
  readonly directories: ReadonlyMap<string, Directory>
  readonly accounts: ReadonlyMap<string, Account>
  readonly orders: ReadonlyMap<string, Order>
  readonly authorizations: ReadonlyMap<string, Authorization>
  readonly challenges: ReadonlyMap<string, Challenge>
  readonly certificates: ReadonlyMap<string, IssuedCertificate>
  readonly nonces: ReadonlyMap<string, Nonce>
  readonly dnsChanges: readonly DnsChange[]
  /** By the URL of the challenge, in the order of the recording. */
  readonly proofsSeen: ReadonlyMap<string, readonly ProofSeen[]>
  readonly connections: readonly Connection[]
  readonly observations: readonly Observation[]
  /** What the fold looks things up in. */
  readonly index: FoldIndex
}
