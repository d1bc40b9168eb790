/**
 * The row types of protocol knowledge. A spec is one document written down as tables; `registry.ts` joins them.
 *
 * A citation is a string: `§7.4` is a section of the spec's own document, `RFC 8737 §3` one of another.
 */
import type { LaneRole, Operation, Phase } from '../model.ts'

export type Citation = string

export interface DocumentRow {
  /** `RFC 8555`: what people call it. A draft says that it is one. */
  readonly id: string
  readonly title: string
  /** `{section}` is replaced. */
  readonly url: string
  /** One product's own: what it describes is explained, and still counts as not registered. */
  readonly vendor?: true
  /** ACME builds on it; only the sections that are met in ACME are written down. */
  readonly basis?: true
}

/**
 * `wire`: asks something that an exchange can show, so a recording can exercise it. `background`: explains, or advises who
 * runs a client or a CA. `iana`: enters names in registries. `security`: says what protects against what.
 */
export type SectionKind = 'wire' | 'background' | 'iana' | 'security'

export interface SectionRow {
  readonly section: string
  readonly title: string
  /** What it asks, in a sentence or two of ours. */
  readonly text: string
  /** `wire` where it is not said. */
  readonly kind?: Exclude<SectionKind, 'wire'>
}

/**
 * Something true of one step that calls for a further citation. Computed by `traits.ts` from the decoded exchange. Those
 * that name a row (`challenge dns-01`, `problem badNonce`) cite what the row cites; the others need a `TraitRow`.
 */
export type Trait =
  | 'signed'
  | 'postAsGet'
  | 'plainGet'
  | 'problem'
  | 'subproblems'
  | 'polling'
  | 'onlyReturnExisting'
  | 'existingAccount'
  | 'externalAccountBinding'
  | 'terms'
  | 'deactivation'
  | 'cancellation'
  | 'csr'
  | 'token'
  | 'revocationReason'
  | 'shortTermCertificate'
  | RowTrait

export type RowTrait =
  | `challenge ${string}`
  | `identifier ${string}`
  | `problem ${string}`
  /** `field newOrder.replaces`: a field that another document than RFC 8555 describes. */
  | `field ${string}`

/**
 * What a step shows of a section that it is not cited for: nobody wants seven badges on every signed request. Computed by
 * `coverage/exercises.ts`.
 */
export type Exercise =
  | 'atCa'
  | 'json'
  | 'signed'
  | 'signedUrl'
  | 'nonceGiven'
  | 'linked'
  | 'statusChange'
  | 'csr'
  | 'chain'
  /** An answer that shows such an object, whatever was asked. */
  | `shows ${ObjectKind}`
  /** `proof http-01 of ip`: a challenge of that type was answered for a name of that kind. */
  | `proof ${string} of ${string}`

/** A step of which `by` holds exercises the section. */
export interface ExerciseRow {
  readonly by: Exercise
  /** Of the step, as the beginning of a sentence: `Spends a nonce`. */
  readonly why: string
  readonly cite: Citation
}

/** Something that has fields: what a CA shows, what a client sends, and what is inside of either. */
export type ObjectKind =
  | 'directory'
  | 'meta'
  | 'account'
  | 'ordersList'
  | 'order'
  | 'authorization'
  | 'challenge'
  | 'problem'
  | 'renewalInfo'
  | 'suggestedWindow'
  | 'delegationsList'
  | 'delegation'
  | 'csrTemplate'
  | 'identifier'
  | 'newAccount'
  | 'accountUpdate'
  | 'newAuthz'
  | 'newOrder'
  | 'orderUpdate'
  | 'finalize'
  | 'authorizationUpdate'
  | 'challengeResponse'
  | 'revokeCert'
  | 'keyChangeJws'
  | 'keyChangeProtected'
  | 'keyChange'
  | 'binding'
  | 'bindingProtected'
  | 'protected'
  | 'jwk'
  | 'autoRenewal'
  | 'autoRenewalMeta'
  | 'onionCaa'
  | 'authorityToken'
  | 'authorityTokenClaim'
  | 'validationRecord'

export interface OperationRow {
  readonly operation: Operation
  /** What a person calls it. */
  readonly label: string
  /** What it is for, as the beginning of a sentence about one step. */
  readonly purpose: string
  readonly phase: Phase | null
  readonly to: LaneRole
  /** The first one is the badge. */
  readonly cites: readonly [Citation, ...Citation[]]
  /** What the payload of a request is. */
  readonly sends?: ObjectKind
  /** What a good answer is. */
  readonly shows?: ObjectKind
}

/** A further citation of a step, when the trait holds; `operation` null means any. */
export interface TraitRow {
  readonly operation: Operation | null
  readonly trait: Trait
  readonly cite: Citation
}

/**
 * How an answer teaches what a URL is. `at` names the place in the answer: `Location`, `Link rel="up"`, or a path into
 * the JSON body (`challenges[].url`). The object that answered becomes the owner, unless `reverse`: then the URL learnt
 * is the owner of the object that answered.
 */
export interface LinkRow {
  readonly answerTo: readonly Operation[]
  readonly at: string
  readonly teaches: Operation
  readonly reverse?: boolean
  readonly cite: Citation
}

export interface ProblemRow {
  /** Last part of `urn:ietf:params:acme:error:…`. */
  readonly type: string
  readonly meaning: string
  readonly cite: Citation
}

export interface ChallengeRow {
  readonly type: string
  /** What the client must publish, in words. */
  readonly proof: string
  readonly cite: Citation
}

export interface IdentifierRow {
  readonly type: string
  /** What the value names, in words. */
  readonly text: string
  readonly cite: Citation
}

/** A certificate has no status on the wire, and yet a course: what becomes of it is told by what cites it. */
export type StatusObject = ObjectKind | 'certificate'

export interface StatusRow {
  readonly object: StatusObject
  readonly status: string
  readonly text: string
  readonly cite: Citation
  /** No document calls it by this name: we do. */
  readonly ours?: true
}

/** A status change that is allowed in one move. Documents add to each other's. */
export interface TransitionRow {
  readonly object: StatusObject
  readonly from: string
  readonly to: string
  /** What brings it about, as the end of a sentence that begins with "when". */
  readonly when: string
  readonly cite: Citation
}

/** Why a certificate is revoked, by its number on the wire. */
export interface ReasonRow {
  readonly code: number
  readonly name: string
  readonly text: string
  readonly cite: Citation
}

/** A header that means something to ACME. */
export interface HeaderRow {
  /** Lower case. */
  readonly header: string
  readonly text: string
  readonly cite: Citation
}

/** What a value of a header says: a media type, a directive, the relation of a link. */
export interface HeaderValueRow {
  /** Lower case. */
  readonly header: string
  /** Lower case, without parameters; of a link its relation. */
  readonly value: string
  readonly text: string
  readonly cite: Citation
}

/** Tables that explain a value. */
export type WordTable = 'status' | 'challenge' | 'identifier' | 'problem' | 'reason' | 'certificateId'

export interface FieldRow {
  /** `challenge dns-persist-01`: a field that only challenges of this type have; it goes before one of `challenge`. */
  readonly object: ObjectKind | `challenge ${string}` | `challengeResponse ${string}`
  /** `*` for one that is known by its `value` instead. */
  readonly field: string
  readonly value?: string
  readonly text: string
  readonly cite: Citation
  /** What the value is, or each of its elements. */
  readonly holds?: ObjectKind
  /** The value's members are names (profiles, domains), not fields; `holds` says what each of them has. */
  readonly named?: true
  /** The value is text that holds JSON: base64url of it, or a JWT whose claims it is. */
  readonly encoding?: 'base64url' | 'jwt'
  /** The value is a word of a table. */
  readonly word?: WordTable
}

export interface Spec {
  readonly document: DocumentRow
  readonly sections: readonly SectionRow[]
  readonly operations?: readonly OperationRow[]
  readonly traits?: readonly TraitRow[]
  readonly exercises?: readonly ExerciseRow[]
  readonly links?: readonly LinkRow[]
  readonly problems?: readonly ProblemRow[]
  readonly challenges?: readonly ChallengeRow[]
  readonly identifiers?: readonly IdentifierRow[]
  readonly statuses?: readonly StatusRow[]
  readonly transitions?: readonly TransitionRow[]
  readonly reasons?: readonly ReasonRow[]
  readonly headers?: readonly HeaderRow[]
  readonly headerValues?: readonly HeaderValueRow[]
  readonly fields?: readonly FieldRow[]
}
