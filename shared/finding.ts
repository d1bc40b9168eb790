/** Our remarks: what is wrong in a recording, and what to do about it. */
import type { Evidence } from './acme/checks/evidence.ts'
import type { Reference } from './reference.ts'

export const SEVERITIES = ['error', 'warning', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

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
  /** Of several findings of that id the one that shows first in this exchange is meant. */
  readonly causeShows?: string
}

/** Judges a recording. Pure, linear in its length; says nothing (an empty list) when all is well. */
export type Check = (evidence: Evidence) => readonly Finding[]
