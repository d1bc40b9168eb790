/** Our remarks: what is wrong in a recording, and what to do about it. */
import type { Analysis } from './acme/model.ts'

export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** A place in a document: `{ document: 'RFC 8555', section: '7.4', title: 'Applying for Certificate Issuance' }`. */
export interface Reference {
  readonly document: string
  readonly section: string
  readonly title: string
  readonly url: string
}

export interface Finding {
  /** Stable name of the kind of finding, such as `nonce.reused`: scripts and users' CI depend on it. */
  readonly id: string
  readonly severity: Severity
  readonly title: string
  readonly explanation: string
  readonly fix: string
  readonly reference: Reference
  /** Ids of the exchanges (or connections) it speaks of, the first being where it shows. */
  readonly exchanges: readonly string[]
  /** URL of the object it is about. */
  readonly object: string | null
  /** Id of the finding that explains this one. */
  readonly consequenceOf: string | null
}

/** Judges an analysis. Pure; says nothing (an empty list) when all is well. */
export type Check = (analysis: Analysis) => readonly Finding[]
