/** What a step's line is written from, and how names and texts are put into it. */
import type { DnsStep } from '../../dns-leg/dns.ts'
import { listField } from '../../json.ts'
import type { Challenge, DecodedExchange, HttpProofSeen, Operation } from '../../model.ts'
import { readIdentifier } from '../../problem.ts'

export interface Subject {
  readonly operation: Operation
  readonly decoded: DecodedExchange
  /** The name the step is about, with `*.` for a wildcard. */
  readonly identifier: string | null
  readonly objectStatus: string | null
  readonly challenge: Challenge | null
  readonly dns: DnsStep | null
  /** Of a look at where an http-01 proof belongs. */
  readonly proof: HttpProofSeen | null
  /** Sent again after its nonce was refused. */
  readonly isRetry: boolean
  /** The CA answered with an order that was there before. */
  readonly isOldOrder: boolean
  /** The authorization was valid before anybody proved anything in this recording. */
  readonly isProven: boolean
  /** A chain that another one linked to. */
  readonly isAlternate: boolean
}

/** The words of one operation. */
export interface Words {
  /** What the request wants. */
  readonly intent: (subject: Subject) => string
  /** What came of it; the intent with the object's status where it is not told. */
  readonly outcome?: (subject: Subject) => string
}

/** `…: pending`, with the status that the answer shows. */
export const withStatus = (intent: string, { objectStatus }: Subject): string =>
  objectStatus === null ? intent : `${intent}: ${clip(objectStatus)}`

/** ` for example.org`; empty when the step is about no one name. */
export const about = ({ identifier }: Subject): string => (identifier === null ? '' : ` for ${identifier}`)

/** The values of a request's identifiers. */
export const identifiersIn = (payload: unknown): readonly string[] =>
  listField(payload, 'identifiers').flatMap((one) => readIdentifier(one)?.value ?? [])

const NAMES_SHOWN = 3

/** `a, b, c and 4 more`. */
export function list(all: readonly string[]): string {
  if (all.length === 0) return 'no name'
  const shown = all
    .slice(0, NAMES_SHOWN)
    .map((name) => clip(name))
    .join(', ')
  return all.length > NAMES_SHOWN ? `${shown} and ${all.length - NAMES_SHOWN} more` : shown
}

const MAX_WORD = 120

/** A text from the wire, as long as a line can bear. */
export const clip = (text: string, max = MAX_WORD): string => (text.length > max ? `${text.slice(0, max)}…` : text)

/** `2026-01-02 04:00`, in UTC. */
export const minute = (iso: string): string => iso.slice(0, 16).replace('T', ' ')
