/**
 * The facts. What was seen on the wire (or by ourselves), exactly as it was seen, before anyone asks what it means.
 * Everything else in acmescope is computed from these records, so they hold no interpretation.
 */

/** One header field as sent: case, order and repeats kept (ACME repeats `Link`). */
export type HeaderField = readonly [name: string, value: string]
export type Headers = readonly HeaderField[]

/**
 * A message body after its transfer coding and content coding were undone.
 * `omitted` says in words why the bytes are not here; `bytes` is the size on the wire when it is known.
 */
export type Body =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'base64'; readonly base64: string }
  | { readonly kind: 'omitted'; readonly bytes: number | null; readonly reason: string }

export interface RequestMessage {
  readonly method: string
  /** Absolute, as the client asked for it. */
  readonly url: string
  /** `HTTP/1.1`, `HTTP/2`. */
  readonly httpVersion: string
  readonly headers: Headers
  readonly body: Body
}

export interface ResponseMessage {
  readonly status: number
  readonly statusText: string
  readonly httpVersion: string
  readonly headers: Headers
  readonly body: Body
}

/** Milliseconds; a stage that was not measured is absent, never zero. */
export interface Timings {
  /** From the request's head to the end of its body. */
  readonly send?: number
  /** From the end of the request to the head of the response. */
  readonly wait?: number
  /** From the head of the response to its end. */
  readonly receive?: number
  /** From the request's head to the end of the exchange. */
  readonly total?: number
}

export interface ClientEnd {
  readonly address: string | null
  readonly port: number | null
  /** Name of the program, where the recorder started it itself. */
  readonly process?: string
}

/** What is known of TLS between the client and us. Absent on plain HTTP and in files that do not say. */
export interface ClientTls {
  readonly version?: string
  readonly alpn?: string
  readonly sni?: string
  readonly ja4?: string
  /** What its hello offered (`TLS 1.2`, `TLS_RSA_WITH_AES_128_CBC_SHA`), kept where no handshake came of it. */
  readonly offered?: { readonly versions: readonly string[]; readonly ciphers: readonly string[] }
}

/** What is known of TLS between us and the server. */
export interface UpstreamTls {
  readonly version?: string
  /** One line: name, issuer, end and SHA-256 fingerprint. */
  readonly peerCertificate?: string
}

export const FAILURE_STAGES = [
  'client-tls',
  'client-http',
  'upstream-dns',
  'upstream-connect',
  'upstream-tls',
  'upstream-http',
  'aborted',
] as const
export type FailureStage = (typeof FAILURE_STAGES)[number]

/** Transport trouble: no answer, or not the whole of one. What the CA says is wrong is a problem, not a failure. */
export interface Failure {
  readonly stage: FailureStage
  /** As the system names it (`ECONNREFUSED`, `UNABLE_TO_VERIFY_LEAF_SIGNATURE`), or our own word. */
  readonly code: string
  readonly message: string
}

/** `cut off`: the recorder ended before the exchange did. */
export type ExchangeState = 'in progress' | 'complete' | 'cut off'

interface FactBase {
  /** Unique over all recordings. */
  readonly id: string
  /** Place in its recording, from 1, shared by all kinds of fact. */
  readonly sequence: number
  /** ISO 8601, UTC, with milliseconds. */
  readonly startedAt: string
  readonly client: ClientEnd
}

/** One request and what answered it. */
export interface Exchange extends FactBase {
  readonly kind: 'exchange'
  readonly state: ExchangeState
  /** It came to the client's challenge port through a forwarder of ours: `client` is then who validates. */
  readonly inbound?: 'http-01'
  readonly timings: Timings
  readonly tls?: { readonly client?: ClientTls; readonly upstream?: UpstreamTls }
  readonly request: RequestMessage
  readonly response?: ResponseMessage
  readonly failure?: Failure
}

/** `not-tls`: a tunnel carried another protocol. `not-http`: what came to us to be read was no HTTP. `turned-away`: it had no right to pass. */
export const CONNECTION_OUTCOMES = [
  'client-refused-certificate',
  'tls-failed',
  'not-tls',
  'not-http',
  'unused',
  'turned-away',
  'passed-through',
] as const
export type ConnectionOutcome = (typeof CONNECTION_OUTCOMES)[number]

/** A connection that carried no exchange we could see. */
export interface Connection extends FactBase {
  readonly kind: 'connection'
  readonly state: 'complete'
  readonly outcome: ConnectionOutcome
  /** Where the client wanted to go, when it said so (CONNECT or SNI). */
  readonly host: string | null
  readonly port: number | null
  readonly tls?: ClientTls
  readonly failure?: Failure
  /** Bytes passed on unread. */
  readonly bytes?: { readonly sent: number; readonly received: number }
  /** How many just like it went before, within seconds, and have no row of their own. */
  readonly unwritten?: number
}

/** What we saw ourselves, not by proxying. */
export type Observation = DnsObservation | ValidationObservation

/** One question of ours to one name server about a record that a client had written, and what came back. */
export interface DnsObservation extends FactBase {
  readonly kind: 'observation'
  readonly state: 'complete'
  readonly subject: 'dns'
  readonly detail: {
    readonly name: string
    /** The exchange that wrote the record. */
    readonly writtenBy: string
    /** The zone whose authoritative servers are asked. Null: it could not be found out. */
    readonly zone: string | null
    /** Null: there was none to ask. */
    readonly server: { readonly name: string | null; readonly address: string } | null
    /** RFC 1035's and later words (`NOERROR`, `NXDOMAIN`, `SERVFAIL`), or what kept an answer away (`TIMEOUT`, `ECONNREFUSED`). */
    readonly code: string
    /** TXT values, each with its strings joined (RFC 8555 section 8.4 via RFC 1035 section 3.3.14). */
    readonly values: readonly string[]
    /** ms until the answer; null when none came. */
    readonly took: number | null
  }
}

/** A TLS handshake that came to the client's challenge port through a forwarder of ours, which cannot read on. */
export interface ValidationObservation extends FactBase {
  readonly kind: 'observation'
  readonly state: 'complete'
  readonly subject: 'validation'
  readonly detail: {
    readonly challenge: 'tls-alpn-01'
    /** As the hello says (RFC 8737 section 3); null: it said none, or was none. */
    readonly sni: string | null
    readonly alpn: readonly string[]
    /** Passed on unread. */
    readonly bytes: { readonly sent: number; readonly received: number }
    readonly failure?: Failure
  }
}

export type Fact = Exchange | Connection | Observation

export const EMPTY_BODY: Body = { kind: 'empty' }

/** First value of a header, whatever its case; null when it was not sent. */
export const headerValue = (headers: Headers, name: string): string | null => headerValues(headers, name)[0] ?? null

/** All values of a header in the order they were sent. */
export function headerValues(headers: Headers, name: string): readonly string[] {
  const wanted = name.toLowerCase()
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
}

/** Media type without its parameters, lower case; null when no content type was sent. */
export const mediaType = (headers: Headers): string | null =>
  headerValue(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() || null

/** The body as text, when it is text. */
export const bodyText = (body: Body): string | null => (body.kind === 'text' ? body.text : null)

/** When the exchange ended, in ms since the epoch; its start when its length is unknown. */
export function endedAt(fact: { readonly startedAt: string; readonly timings?: Timings }): number {
  const known = ends.get(fact)
  if (known !== undefined) return known
  const end = Date.parse(fact.startedAt) + Math.max(0, fact.timings?.total ?? 0)
  ends.set(fact, end)
  return end
}

/** It is asked of every fact again and again, and reading a time takes long. */
const ends = new WeakMap<object, number>()

/**
 * The order in which facts became known: an answer teaches only what is asked after it ended.
 * Live, stored and imported recordings are folded in this one order, so they give the same analysis.
 */
export const byCompletion = (a: Fact, b: Fact): number => endedAt(a) - endedAt(b) || a.sequence - b.sequence
