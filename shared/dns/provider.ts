/** What a DNS provider's file says of its API, and what one exchange with it is read as. Types only. */
import type { DnsOperation } from '../acme/model.ts'
import type { Secrets } from '../redact/rule.ts'

/** What a body holds. Either may be missing: JSON is given as JSON only, anything else as text only. */
export interface DnsBody {
  /** `undefined` when it is no JSON. */
  readonly json: unknown
  /** XML, a form, what was meant to be JSON; perhaps only its beginning. Empty when there is none. */
  readonly text: string
}

/** One exchange with the API. */
export interface DnsExchange {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly request: DnsBody
  readonly response: DnsBody
  /** Null when nothing was answered. */
  readonly status: number | null
}

export interface DnsZone {
  readonly id: string | null
  /** Without the dot at the end. */
  readonly name: string | null
}

/** What is known of a record, or of a set of them; a delete by id says nothing but the id. */
export interface DnsRecord {
  readonly id: string | null
  readonly type: string | null
  /** As the API writes it: see `Provider.names`. */
  readonly name: string | null
  /** Normalised by `txtValue`. */
  readonly values: readonly string[]
}

/**
 * `create` adds the values to what is there, `update` gives the record of that id another value, `replace` makes them
 * all there is under that name and type, `delete` takes them away (all of them, when none is named).
 */
export interface DnsRecordChange {
  readonly action: 'create' | 'update' | 'replace' | 'delete'
  readonly record: DnsRecord
}

/** What became of a request, as far as a person must know to act on it. The same words for every provider. */
export type DnsErrorKind =
  | 'credential-malformed'
  | 'unauthorized'
  | 'zone-not-found'
  | 'record-exists'
  | 'record-not-found'
  | 'rate-limited'
  | 'failed'

export interface DnsError {
  readonly kind: DnsErrorKind
  /** The provider's own code, as text; the HTTP status when it gave none. */
  readonly code: string
  /** The provider's own words; empty when it gave none. */
  readonly message: string
  /** In our words: what it means, and what to do. */
  readonly meaning: string
  readonly fix: string
}

/** What one exchange says, without knowing any other. */
export interface DnsReading {
  /** Null when this is not about zones, records or tokens. */
  readonly operation: DnsOperation | null
  /** The provider's own name for the request, and its page; null for one that nobody described. */
  readonly api: DnsApi | null
  /** The zone it is about. */
  readonly zone: DnsZone | null
  /** Every zone the answer names. */
  readonly zones: readonly DnsZone[]
  /** What a look-up asked for. */
  readonly asked: DnsRecord | null
  /** The records a look-up answered with. */
  readonly listed: readonly DnsRecord[]
  /** What was to be written, in the answer's own words where it gives them. */
  readonly changes: readonly DnsRecordChange[]
  readonly accepted: boolean
  readonly errors: readonly DnsError[]
  /** How many results a look-up had; null for anything else, and when it was refused. */
  readonly found: number | null
  /** Whether what was written has reached the provider's own name servers, where the API says so. */
  readonly progress: 'pending' | 'done' | null
}

export interface DnsApi {
  readonly title: string
  readonly url: string
}

/** An exchange and what its path and query name. */
export interface Call extends DnsExchange {
  /** The named groups of the row's pattern, decoded. */
  readonly path: CallPath
  readonly query: (name: string) => string | null
}

export interface CallPath {
  /** Id of the zone. */
  readonly zone?: string
  readonly zoneName?: string
  /** Id of the record. */
  readonly record?: string
  /** Name and type of a set of records. */
  readonly name?: string
  readonly type?: string
}

/** What a row reads out of a call beside its path. What is left out follows from the path, or is nothing. */
export interface Told {
  readonly zone?: DnsZone
  readonly zones?: readonly DnsZone[]
  /** Name of the zone that was looked for. */
  readonly sought?: string | null
  readonly asked?: DnsRecord
  readonly listed?: readonly DnsRecord[]
  readonly found?: number
  readonly changes?: readonly DnsRecordChange[]
  readonly progress?: DnsReading['progress']
}

export interface DnsOperationRow {
  /** Null for what belongs to the API and is none of our operations. A write is named by what it changes where it says so. */
  readonly operation: DnsOperation | null
  readonly method: string
  /** Of the URL's path, whole, without a slash at its end. The named groups are those of `CallPath`. */
  readonly path: RegExp
  /** The provider's own name for it. */
  readonly title: string
  /** Where it is documented: below `Provider.docs`, or a whole address. */
  readonly page: string
  /** Never throws, whatever the bodies hold. */
  readonly tells?: ((call: Call) => Told) | undefined
}

/** What an error means. The first row that fits is taken; one without a code fits any. */
export interface DnsErrorRow {
  readonly code?: string | RegExp
  readonly message?: RegExp
  readonly kind: DnsErrorKind
  /** Where the kind's own words do not say enough. */
  readonly meaning?: string
  readonly fix?: string
}

export interface Provider {
  /** As environment variables and plugins call it: `cloudflare`. */
  readonly name: string
  readonly label: string
  /** Where the API answers: host names in lower case, or patterns of a whole one. */
  readonly hosts: readonly (string | RegExp)[]
  /** Hosts that answer much else: only what a row describes is of this API. */
  readonly sharedHosts?: readonly (string | RegExp)[]
  /** Knows an exchange with the API of somebody's own server, at any host. */
  readonly recognises?: (exchange: DnsExchange) => boolean
  /** Its API has no way to take a record away: the next ones take its place. */
  readonly keepsRecords?: true
  /** `relative`: to the zone, `@` for the zone itself, unless they end in a dot. */
  readonly names: 'absolute' | 'relative'
  /** Beginning of the addresses of its pages. */
  readonly docs: string
  readonly operations: readonly DnsOperationRow[]
  /** The errors an answer holds. Never throws. */
  readonly errorsIn: (exchange: DnsExchange) => readonly Pick<DnsError, 'code' | 'message'>[]
  readonly errors: readonly DnsErrorRow[]
  /** What is secret in its traffic beside what is secret anywhere. */
  readonly secrets?: Secrets
}
