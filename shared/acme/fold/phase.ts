/** The phase of a step: the one its operation has in the tables, but for objects that are asked for at several times. */

import type { Analysis, Order, Phase, Step } from '../model.ts'
import { operationRow } from '../registry/registry.ts'
import { roleOf } from './lanes.ts'
import { placeOf } from './sequence.ts'
import { payloadObject } from './traits.ts'

type Known = Pick<Analysis, 'orders' | 'authorizations' | 'dnsChanges' | 'steps' | 'index'>
type StepSoFar = Pick<Step, 'operation' | 'order' | 'authorization' | 'sequence' | 'decoded' | 'from' | 'to'>

export function phaseOf(known: Known, step: StepSoFar): Phase | null {
  switch (step.operation) {
    case 'newNonce':
      return phaseBefore(known, step)
    case 'order':
      return orderPhase(known, known.orders.get(step.order ?? ''))
    case 'authorization':
      return authorizationPhase(known, step)
    case 'dns.findZone':
    case 'dns.listRecords':
    case 'dns.verifyToken':
      return dnsPhase(known, step)
    case 'other':
      return roleOf(step.to) === 'dns' ? dnsPhase(known, step) : null
    default:
      return operationRow(step.operation)?.phase ?? null
  }
}

/** How far back a nonce's purpose is looked for; between two steps of one client others may have been. */
const RECENT_STEPS = 200

/** A nonce is fetched in the middle of something else. */
function phaseBefore({ steps }: Known, { sequence, from }: StepSoFar): Phase {
  const end = placeOf(steps, sequence, (step) => step.sequence)
  const recent = steps.slice(Math.max(0, end - RECENT_STEPS), end)
  return recent.findLast((step) => step.phase !== null && step.from === from)?.phase ?? 'directory'
}

function orderPhase({ index }: Known, order: Order | undefined): Phase {
  if (order?.finalizedBy) return 'finalization'
  return index.answers.orders.has(order?.url ?? '') ? 'validation' : 'order'
}

function authorizationPhase(known: Known, step: StepSoFar): Phase {
  if (payloadObject(step.decoded)?.status === 'deactivated') return 'cleanup'
  return isAnswered(known, step.authorization) ? 'validation' : 'authorization'
}

/** Whether a challenge of the authorization was answered. */
export const isAnswered = ({ index }: Pick<Known, 'index'>, authorization: string | null): boolean =>
  index.answers.authorizations.has(authorization ?? '')

const dnsPhase = (known: Known, { from }: StepSoFar): Phase => (isCleaningUp(known, from) ? 'cleanup' : 'provisioning')

/** More names than nearly any order has, and as many changes. */
const MAX_NAMES = 200
const RECENT_CHANGES = 200

/**
 * Looking around in DNS is for clearing up once the challenges of the client's newest order were answered and none of
 * its pending authorizations still waits for a record.
 */
function isCleaningUp(known: Known, client: string): boolean {
  const order = known.orders.get(known.index.newestOrder.get(client) ?? '')
  if (!order || !known.index.answers.orders.has(order.url)) return false
  const authorizations = order.authorizations.slice(0, MAX_NAMES).flatMap((url) => known.authorizations.get(url) ?? [])
  const written = known.dnsChanges.slice(-RECENT_CHANGES).filter(({ action }) => action !== 'delete')
  const served = new Set(written.flatMap(({ matches }) => matches.map(({ authorization }) => authorization)))
  return !authorizations.some(({ url, status }) => status === 'pending' && !served.has(url))
}
