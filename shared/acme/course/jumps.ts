/** How an object came from one status to the next: by a move, by moves that were not seen, or as no document allows. */
import { endedAt } from '../../exchange.ts'
import { payloadObject } from '../fold/traits.ts'
import type { StatusSeen, Step } from '../model.ts'
import { isReachable } from '../registry/registry.ts'

/**
 * Whether no path leads from one status to the other (RFC 8555 §7.1.6), and the recording leaves no doubt that one came
 * after the other.
 * @param before the step that showed `from`
 */
export const isImpossible = (kind: string, from: StatusSeen, to: StatusSeen, before: Step, after: Step): boolean =>
  from.status !== to.status &&
  !isReachable(kind, from.status, to.status) &&
  isLater(before, after) &&
  !isAskedFor(after, to)

/** Of two questions asked at the same time, nobody knows which the CA looked up first. */
const isLater = (before: Step, after: Step): boolean => Date.parse(after.time) >= endedAt(before.decoded.head)

/** A CA that lets a client end what has ended already does no harm. */
const isAskedFor = ({ decoded }: Step, { status }: StatusSeen): boolean => payloadObject(decoded)?.status === status
