/**
 * The fold: Analysis × Decoded → Analysis, incremental.
 *
 * It takes over the collections of the analysis it is given and returns a new envelope around them, so that one more
 * exchange costs the same however long the recording is: an analysis that was folded into is not to be read any longer,
 * as with a value that was moved. Records (a step, an order) are replaced, never changed, but for their growing lists.
 *
 * Exchanges are folded in the order in which they ended (`byCompletion`), since an answer teaches only what is asked
 * after it. One that is still in progress gets a step at once, and its effects when it is complete.
 */

import { type DnsStep, learnDns, readDns } from './dns-leg/dns.ts'
import { classify, learn, objectUrl } from './fold/classify.ts'
import { meetClient, nameOfClient, noteAgent } from './fold/clients.ts'
import { startIndex } from './fold/fold-index.ts'
import { ownerOfPort, validatorOf } from './fold/inbound.ts'
import { countLanes, hostOf, roleOf, toLanes } from './fold/lanes.ts'
import { foldNonces } from './fold/nonces.ts'
import {
  type Fold,
  foldAccount,
  foldAuthorization,
  foldCertificate,
  foldChallengeAnswer,
  foldDirectory,
  foldFinalize,
  foldKeyChange,
  foldOrder,
} from './fold/objects.ts'
import { ownersOf } from './fold/owners.ts'
import { recognise } from './fold/recognise.ts'
import { rememberRetry } from './fold/retries.ts'
import { indexIn, insert } from './fold/sequence.ts'
import { clientOf, serverOf, toStep } from './fold/step.ts'
import type { Analysis, Decoded, DecodedExchange, Operation, Resource, Step } from './model.ts'
import { readHttpProof } from './proof/http-proof.ts'
import { seeServed, seeWritten } from './proof/proof-seen.ts'

/** A new and empty analysis. */
export const startAnalysis = (): Analysis => ({
  steps: [],
  lanes: [],
  resources: new Map(),
  directories: new Map(),
  accounts: new Map(),
  orders: new Map(),
  authorizations: new Map(),
  challenges: new Map(),
  certificates: new Map(),
  nonces: new Map(),
  dnsChanges: [],
  proofsSeen: new Map(),
  connections: [],
  observations: [],
  index: startIndex(),
})

/** A copy that later folding leaves alone, but for the lists inside its records, which only grow. */
export const copyOf = (analysis: Analysis): Analysis => ({
  ...analysis,
  steps: [...analysis.steps],
  resources: new Map(analysis.resources),
  directories: new Map(analysis.directories),
  accounts: new Map(analysis.accounts),
  orders: new Map(analysis.orders),
  authorizations: new Map(analysis.authorizations),
  challenges: new Map(analysis.challenges),
  certificates: new Map(analysis.certificates),
  nonces: new Map(analysis.nonces),
  dnsChanges: [...analysis.dnsChanges],
  proofsSeen: new Map(analysis.proofsSeen),
  connections: [...analysis.connections],
  observations: [...analysis.observations],
})

/** An analysis while a batch is folded into it. */
type Draft = {
  -readonly [K in keyof Analysis]: Analysis[K] extends ReadonlyMap<string, infer V>
    ? Map<string, V>
    : Analysis[K] extends readonly (infer V)[]
      ? V[]
      : Analysis[K]
}

/**
 * Folds decoded facts, in the order given, into an analysis, which is taken over. An exchange that comes again replaces
 * its step; one that was complete before is not folded twice.
 */
export function analyse(analysis: Analysis, decoded: readonly Decoded[]): Analysis {
  if (!decoded.length) return analysis
  const draft = { ...analysis } as Draft
  let changed = false
  for (const one of decoded) changed = fold(draft, one) || changed
  return changed
    ? { ...draft, lanes: toLanes(draft.index.lanes, (lane) => nameOfClient(draft.index.clients, lane)) }
    : draft
}

/** Whether the lanes changed. */
function fold(draft: Draft, decoded: Decoded): boolean {
  if (decoded.kind === 'exchange') return replaceOrFold(draft, decoded)
  put(decoded.kind === 'connection' ? draft.connections : draft.observations, decoded)
  return false
}

const ofStep = ({ sequence }: Step): number => sequence
const ofFact = ({ sequence }: { readonly sequence: number }): number => sequence

function replaceOrFold(draft: Draft, decoded: DecodedExchange): boolean {
  const { id, sequence } = decoded.head
  const at = indexIn(draft.steps, sequence, ofStep, ({ exchange }) => exchange === id)
  const known = draft.steps[at]
  if (known && known.decoded.head.state !== 'in progress') return false
  if (known) draft.steps.splice(at, 1)
  const left = known ? countLanes(draft.index.lanes, known, -1) : false
  const step = foldExchange(draft, decoded)
  return countLanes(draft.index.lanes, step, 1) || left
}

function put<T extends { readonly id: string; readonly sequence: number }>(list: T[], item: T): void {
  const at = indexIn(list, item.sequence, ofFact, ({ id }) => id === item.id)
  if (at < 0) insert(list, item, ofFact)
  else list[at] = item
}

function foldExchange(draft: Draft, decoded: DecodedExchange): Step {
  if (decoded.head.inbound !== undefined) return foldInbound(draft, decoded)
  const { index } = draft
  const isOver = decoded.head.state !== 'in progress'
  const resource = classify(draft.resources, decoded) ?? accountOf(draft, decoded) ?? recognise(decoded)
  // What hangs from a directory is at its host or named by what is there.
  if (resource && (resource.operation === 'directory' || resource.directory === null))
    index.caHosts.add(hostOf(resource.url))
  const dns = resource ? null : readDns(decoded, draft)
  const proof = resource || dns ? null : readHttpProof(decoded, draft)
  noteAgent(index.clients, decoded)
  const to = serverOf(draft, decoded, resource, dns)
  const from = isOver && roleOf(to) === 'ca' ? meetClient(index.clients, decoded) : clientOf(draft, decoded, dns, proof)
  if (isOver) foldNonces(draft.nonces, decoded)
  if (resource && decoded.head.response) foldObjects(draft, resource, decoded, from)
  if (dns && decoded.head.response) foldDns(draft, decoded, dns)
  if (proof && isOver) seeServed(draft.proofsSeen, proof)
  const step = toStep(draft, decoded, { resource, dns, proof, from, to })
  if (isOver) rememberRetry(index.refused, step)
  insert(draft.steps, step, ofStep)
  return step
}

/** A request that came to a challenge port. It teaches nothing but what was served: anybody may send one. */
function foldInbound(draft: Draft, decoded: DecodedExchange): Step {
  const proof = readHttpProof(decoded, draft)
  if (proof && decoded.head.state !== 'in progress') seeServed(draft.proofsSeen, proof)
  const ends = { from: validatorOf(draft, proof), to: ownerOfPort(draft, proof) }
  const step = toStep(draft, decoded, { resource: null, dns: null, proof, ...ends })
  insert(draft.steps, step, ofStep)
  return step
}

/** A `kid` names an account, even when the recording never saw it made. */
function accountOf({ resources }: Draft, { jws, head }: DecodedExchange): Resource | null {
  if (jws?.kid !== head.request.url) return null
  return resources.get(jws.kid) ?? { url: jws.kid, operation: 'account', owner: null, directory: null }
}

/** Which objects the answer to an operation tells of. */
const folds: Partial<Record<Operation, Fold>> = {
  directory: foldDirectory,
  newAccount: foldAccount,
  account: foldAccount,
  keyChange: foldKeyChange,
  newOrder: foldOrder,
  order: foldOrder,
  finalize: foldFinalize,
  newAuthz: foldAuthorization,
  authorization: foldAuthorization,
  challenge: foldChallengeAnswer,
  certificate: foldCertificate,
}

function foldObjects(draft: Draft, resource: Resource, decoded: DecodedExchange, client: string): void {
  teach(draft, resource)
  for (const learnt of learn(resource, decoded)) teach(draft, learnt)
  const url = objectUrl(resource, decoded)
  if (url === null) return
  folds[resource.operation]?.(draft, url, decoded, { ...ownersOf(draft.resources, resource), client })
  if (resource.operation === 'newOrder') draft.index.newestOrder.set(client, url)
}

function foldDns({ dnsChanges, proofsSeen, index }: Draft, { head }: DecodedExchange, dns: DnsStep): void {
  for (const change of dns.changes) {
    dnsChanges.push(change)
    seeWritten(proofsSeen, change)
  }
  learnDns(index, head.request.url, dns)
}

/** What is known of a URL stays, but for its owner: a later order may use an authorization again. */
function teach({ resources }: Draft, learnt: Resource): void {
  const known = resources.get(learnt.url)
  if (!known) resources.set(learnt.url, learnt)
  else if (learnt.owner !== null && learnt.owner !== known.owner)
    resources.set(learnt.url, { ...known, owner: learnt.owner })
}
