/** The phase of a step: the one its operation has in the tables, but for objects that are asked for at several times. */
import type { Analysis, Authorization, Challenge, Order, Phase, Step } from './model.ts'
import { operationRow } from './registry.ts'
import { payloadObject } from './traits.ts'
import { matchTxt } from './txt.ts'

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

/** Looking around in DNS is for clearing up once challenges were answered and no pending authorization waits for a write. */
function isCleaningUp(known: Known): boolean {
  if (![...known.challenges.values()].some(({ answeredBy }) => answeredBy !== null)) return false
  const written = known.dnsChanges.filter((change) => change.action !== 'delete')
  const served = new Set(written.flatMap((change) => matchTxt(known, change).map((match) => match.authorization)))
  return ![...known.authorizations.values()].some(({ url, status }) => status === 'pending' && !served.has(url))
}
