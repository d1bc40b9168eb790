/** Between whom a request went that came to a client's challenge port: from who validates, to the client whose port it is. */
import type { Analysis, HttpProofSeen } from '../model.ts'
import { amongLanes, CLIENT_LANE, laneId, VALIDATORS_LANE } from './lanes.ts'
import { ownersOf } from './owners.ts'

/** What was asked for at the port, by the URL of its challenge. */
type Proof = Pick<HttpProofSeen, 'challenge'>

/** The CA that made the challenge; where the token is not known, somebody who may be anybody. */
export function validatorOf({ index }: Analysis, proof: Proof | null): string {
  return proof ? amongLanes(index.lanes, laneId('ca', proof.challenge, null)) : VALIDATORS_LANE
}

/** Who ordered; else who spoke to a CA last, since all that come to the port come from elsewhere. */
export function ownerOfPort({ resources, orders, index }: Analysis, proof: Proof | null): string {
  const challenge = resources.get(proof?.challenge ?? '')
  const order = challenge ? ownersOf(resources, challenge).order : null
  return orders.get(order ?? '')?.client ?? index.clients.latest.get('') ?? CLIENT_LANE
}
