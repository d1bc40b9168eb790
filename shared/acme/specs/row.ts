/**
 * The row types of protocol knowledge. A spec is one document written down as tables; `registry.ts` joins them.
 *
 * A citation is a string: `§7.4` is a section of the spec's own document, `RFC 8737 §3` one of another.
 */
import type { LaneRole, Operation, Phase } from '../model.ts'

export type Citation = string

export interface DocumentRow {
  /** `RFC 8555`: what people call it. */
  readonly id: string
  readonly title: string
  /** `{section}` is replaced. */
  readonly url: string
}

export interface SectionRow {
  readonly section: string
  readonly title: string
  /** What it asks, in a sentence or two of ours. */
  readonly text: string
}

/**
 * Something true of one step that calls for a further citation. Computed by `traits.ts` from the decoded exchange.
 */
export type Trait =
  | 'signed'
  | 'postAsGet'
  | 'problem'
  | 'subproblems'
  | 'badNonce'
  | 'rateLimited'
  | 'polling'
  | 'onlyReturnExisting'
  | 'existingAccount'
  | 'externalAccountBinding'
  | 'deactivation'
  | 'replaces'
  | 'profile'
  | 'offersRenewalInfo'
  | 'offersProfiles'
  | 'csr'
  | `challenge ${string}`

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

export type ObjectKind =
  | 'directory'
  | 'meta'
  | 'account'
  | 'order'
  | 'authorization'
  | 'challenge'
  | 'problem'
  | 'renewalInfo'

/** A status change that is allowed in one move. */
export interface TransitionRow {
  readonly object: ObjectKind
  readonly from: string
  readonly to: readonly string[]
  readonly cite: Citation
}

export interface FieldRow {
  readonly object: ObjectKind | 'protected' | 'newAccount' | 'newOrder' | 'finalize' | 'revokeCert' | 'keyChange'
  readonly field: string
  readonly text: string
  readonly cite: Citation
}

export interface Spec {
  readonly document: DocumentRow
  readonly sections: readonly SectionRow[]
  readonly operations?: readonly OperationRow[]
  readonly traits?: readonly TraitRow[]
  readonly links?: readonly LinkRow[]
  readonly problems?: readonly ProblemRow[]
  readonly challenges?: readonly ChallengeRow[]
  readonly transitions?: readonly TransitionRow[]
  readonly fields?: readonly FieldRow[]
}
