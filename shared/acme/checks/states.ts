/** Did an object come to a status that no path leads to from the one before (RFC 8555 §7.1.6)? */
import type { Finding } from '../../finding.ts'
import { jumpOf } from '../course/jumps.ts'
import type { Analysis, StatusSeen, Step } from '../model.ts'
import { isReachable, reference, statusRow } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { capital, clockTime, named, short } from './words.ts'

const KINDS = [
  ['account', 'accounts'],
  ['order', 'orders'],
  ['authorization', 'authorizations'],
  ['challenge', 'challenges'],
] as const satisfies readonly (readonly [string, keyof Analysis])[]

export function checkStates(evidence: Evidence): readonly Finding[] {
  return KINDS.flatMap(([kind, objects]) =>
    [...evidence.analysis[objects].values()].flatMap((object) => {
      const found = impossible(evidence, kind, object.history)
      return found ? [illegal(kind, object.url, found)] : []
    }),
  )
}

interface Change {
  readonly from: StatusSeen
  readonly to: StatusSeen
  readonly before: Step
  readonly after: Step
}

/** The first one. A recording samples: what is passed through between two answers is not seen. */
function impossible(evidence: Evidence, kind: string, history: readonly StatusSeen[]): Change | null {
  for (const [index, to] of history.entries()) {
    const from = history[index - 1]
    if (!from || from.status === to.status) continue
    const [before, after] = [evidence.stepOf(from.exchange), evidence.stepOf(to.exchange)]
    if (before && after && jumpOf(kind, from, to, before, after) === 'impossible') return { from, to, before, after }
  }
  return null
}

const illegal = (kind: string, url: string, { from, to, before, after }: Change): Finding => ({
  id: 'state.illegal-transition',
  severity: 'warning',
  title: `The ${kind} ${nameOf(after, kind)}went from ${from.status} to ${to.status}`,
  explanation: `${capital(named(before))} showed ${short(url)} as ${from.status} at ${clockTime(from.at)}, ${named(after)} as ${to.status} at ${clockTime(to.at)}. No path leads there: an object that is ${from.status} ${endOf(kind, from.status)}.`,
  fix: 'This is for the CA to explain: several servers that do not know of each other, a cache in front of it, or a fault of its own. A client can ask again.',
  reference: reference('RFC 8555 §7.1.6'),
  exchanges: [after.exchange, before.exchange],
  object: url,
  consequenceOf: null,
})

const nameOf = ({ identifier }: Step, kind: string): string =>
  identifier === null || kind === 'account' ? '' : `for ${short(identifier)} `

const STATUSES = ['pending', 'ready', 'processing', 'valid', 'invalid', 'deactivated', 'expired', 'revoked', 'canceled']

/** `can only become processing or invalid`; `stays so`. */
function endOf(kind: string, from: string): string {
  const next = STATUSES.filter(
    (status) => status !== from && statusRow(kind, status) !== null && isReachable(kind, from, status),
  )
  return next.length ? `can only become ${next.join(', ').replace(/, ([^,]+)$/, ' or $1')}` : 'stays so'
}
