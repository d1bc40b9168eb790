/**
 * What the fold looks up for each exchange. Derived like the rest of the analysis and kept beside it, so that one more
 * exchange costs the same however long the recording is: nothing in the fold walks over all steps, challenges or changes.
 */

import { type DnsIndex, noDns } from '../dns-leg/dns-index.ts'
import { noProofs, type ProofIndex } from '../proof/proof-index.ts'
import { type Answers, noAnswers } from './answers.ts'
import { type Clients, noClients } from './clients.ts'
import { type LaneCounts, noLanes } from './lanes.ts'

export interface FoldIndex {
  /** Hosts that answered with a directory. */
  readonly caHosts: Set<string>
  readonly lanes: LaneCounts
  readonly clients: Clients
  readonly proofs: ProofIndex
  readonly dns: DnsIndex
  readonly answers: Answers
  /** Lane of a client → URL of the order it asked for last. */
  readonly newestOrder: Map<string, string>
  /** Requests whose nonce was refused and that were not sent again yet, by who sent what where. */
  readonly refused: Map<string, string>
}

export const startIndex = (): FoldIndex => ({
  caHosts: new Set(),
  lanes: noLanes(),
  clients: noClients(),
  proofs: noProofs(),
  dns: noDns(),
  answers: noAnswers(),
  newestOrder: new Map(),
  refused: new Map(),
})
