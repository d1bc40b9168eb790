/** The phase of a step: the one its operation has in the tables, but for objects that are asked for at several times. */
import type { Analysis, Authorization, Challenge, Order, Phase, Step } from './model.ts'
import { operationRow } from './registry.ts'
import { payloadObject } from './traits.ts'

type Known = Pick<Analysis, 'orders' | 'authorizations' | 'challenges' | 'dnsChanges' | 'steps'>
type StepSoFar = Pick<Step, 'operation' | 'order' | 'authorization' | 'sequence' | 'decoded'>

export function phaseOf(known: Known, step: StepSoFar): Phase | null {
  switch (step.operation) {
    case 'newNonce':
      return phaseBefore(known, step.sequence)
    case 'order':
      return orderPhase(known, known.orders.get(step.order ?? ''))
    case 'authorization':
      return authorizationPhase(known, step)
    case 'dns.findZone':
    case 'dns.listRecords':
    case 'dns.verifyToken':
      return isCleaningUp(known) ? 'cleanup' : 'provisioning'
    default:
      return operationRow(step.operation)?.phase ?? null
  }
}

/** A nonce is fetched in the middle of something else. */
function phaseBefore({ steps }: Known, sequence: number): Phase {
  return steps.findLast((step) => step.sequence < sequence && step.phase !== null)?.phase ?? 'directory'
}

function orderPhase(known: Known, order: Order | undefined): Phase {
  if (order?.finalizedBy) return 'finalization'
  const answered = order?.authorizations.some((url) => isAnswered(known, known.authorizations.get(url)))
  return answered ? 'validation' : 'order'
}

function authorizationPhase(known: Known, step: StepSoFar): Phase {
  if (payloadObject(step.decoded)?.status === 'deactivated') return 'cleanup'
  return isAnswered(known, known.authorizations.get(step.authorization ?? '')) ? 'validation' : 'authorization'
}

const challengesOf = ({ challenges }: Known, authorization: Authorization | undefined): readonly Challenge[] =>
  (authorization?.challenges ?? []).flatMap((url) => challenges.get(url) ?? [])

export const isAnswered = (known: Known, authorization: Authorization | undefined): boolean =>
  challengesOf(known, authorization).some((challenge) => challenge.answeredBy !== null)

/** More than the names of any one order. */
const RECENT_CHANGES = 200

/**
 * Looking around in DNS is for clearing up once the newest order's challenges were answered and none of its pending
 * authorizations still waits for a record.
 */
function isCleaningUp(known: Known): boolean {
  const newest = [...known.orders.values()].at(-1)
  const authorizations = (newest?.authorizations ?? []).flatMap((url) => known.authorizations.get(url) ?? [])
  if (!authorizations.some((one) => isAnswered(known, one))) return false
  const written = known.dnsChanges.slice(-RECENT_CHANGES).filter(({ action }) => action !== 'delete')
  const served = new Set(written.flatMap(({ matches }) => matches.map(({ authorization }) => authorization)))
  return !authorizations.some(({ url, status }) => status === 'pending' && !served.has(url))
}
