/** A status that follows on another without a way between them: is it wrong, or is there a harmless reason? */
import { endedAt } from '../../exchange.ts'
import { payloadObject } from '../fold/traits.ts'
import type { StatusSeen, Step } from '../model.ts'
import { isReachable } from '../registry/registry.ts'

/**
 * `impossible`: no path leads from the one to the other (RFC 8555 §7.1.6) · `asked`: the client asked for it, of what had
 * ended already · `crossed`: two questions were under way at once, so nobody knows which status came first.
 */
export type Jump = 'impossible' | 'asked' | 'crossed'

/** Null for statuses between which a path leads. `before` and `after` are the steps that showed them. */
export function jumpOf(kind: string, from: StatusSeen, to: StatusSeen, before: Step, after: Step): Jump | null {
  if (from.status === to.status || isReachable(kind, from.status, to.status)) return null
  if (isAskedFor(after, to)) return 'asked'
  return isLater(before, after) ? 'impossible' : 'crossed'
}

/** Of two questions asked at the same time, nobody knows which the CA looked up first. */
const isLater = (before: Step, after: Step): boolean => Date.parse(after.time) >= endedAt(before.decoded.head)

/** A CA that lets a client end what has ended already does no harm. */
const isAskedFor = ({ decoded }: Step, { status }: StatusSeen): boolean => payloadObject(decoded)?.status === status
