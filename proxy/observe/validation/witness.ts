// What stands beside a forwarded connection and looks at the bytes that pass. It can neither change nor hold them up.
import type { ClientEnd, Fact, Failure } from '../../../shared/exchange.ts'
import { upstreamFailure } from '../../capture/failure.ts'
import type { Target } from '../../capture/upstream/connect-to.ts'
import { toText } from './rule.ts'

/** How a connection ended, as far as it matters to what was still under way on it. */
export type End =
  | { readonly by: 'client' }
  | { readonly by: 'server' }
  /** We ended it. */
  | { readonly by: 'recorder' }
  | { readonly by: 'failure'; readonly failure: Failure }

export interface Witness {
  /** Bytes of who connected. */
  readonly sent: (chunk: Buffer) => void
  /** Bytes of the client, or its site. */
  readonly received: (chunk: Buffer) => void
  /** The client, or its site, will send no more. */
  readonly serverEnded: () => void
  /** Whether it is known what was asked for. */
  readonly hasHeard: () => boolean
  /** Whether something is under way that will be told. */
  readonly isBusy: () => boolean
  /** Tells what is still under way. Resolves when it is told. */
  readonly ended: (end: End) => Promise<void>
}

/** Counts of one forwarder. */
export interface Counts {
  /** Validations that were told. */
  validations: number
  /** Requests, or handshakes, of others: passed on, and not recorded. */
  others: number
}

export interface WitnessOptions {
  /** Who connected. */
  readonly client: ClientEnd
  /** `HOST:PORT` of ours that it connected to. */
  readonly host: string
  /** Bytes; a larger body is recorded as omitted. */
  readonly maxBody: number
  readonly counts: Counts
  /** Whether one more may be told now. */
  readonly mayTell: () => boolean
  readonly onFact: (fact: Fact) => void
}

/** We could not connect to the client's port. */
export const notReached = (to: Target, error: NodeJS.ErrnoException): Failure => {
  const failure = upstreamFailure(error.code ?? 'UNKNOWN', error.message)
  const stage = failure.stage === 'upstream-dns' ? failure.stage : 'upstream-connect'
  return { ...failure, stage, message: `the challenge port ${toText(to)} could not be reached: ${failure.message}` }
}

/** The connection to the client's port broke. */
export const broken = (to: Target, error: NodeJS.ErrnoException): Failure => ({
  stage: 'upstream-http',
  code: error.code ?? 'UNKNOWN',
  message: `the challenge port ${toText(to)} broke the connection: ${error.message}`,
})
