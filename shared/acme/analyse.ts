/**
 * The fold: Analysis × Decoded → Analysis. Incremental and pure: what was folded before is shared, not changed.
 *
 * Exchanges are folded in the order in which they ended (`byCompletion`), since an answer teaches only what is asked
 * after it. One that is still in progress gets a step at once, and its effects when it is complete.
 */
import { classify, learn, objectUrl } from './classify.ts'
import { readDns } from './dns.ts'
import { toLanes } from './lanes.ts'
import type { Analysis, Decoded, DecodedExchange, Operation, Resource } from './model.ts'
import { foldNonces } from './nonces.ts'
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
} from './objects.ts'
import { ownersOf } from './owners.ts'
import { toStep } from './step.ts'

export const emptyAnalysis: Analysis = {
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
  connections: [],
  observations: [],
}

/** An analysis while a batch is folded into it: its own collections, the same records. */
type Draft = {
  -readonly [K in keyof Analysis]: Analysis[K] extends ReadonlyMap<string, infer V>
    ? Map<string, V>
    : Analysis[K] extends readonly (infer V)[]
      ? V[]
      : never
}

/**
 * Folds decoded facts, in the order given, into an analysis. An exchange that comes again replaces its step; one that
 * was complete before is not folded twice.
 */
export function analyse(analysis: Analysis, decoded: readonly Decoded[]): Analysis {
  if (!decoded.length) return analysis
  const draft = toDraft(analysis)
  for (const one of decoded) fold(draft, one)
  return { ...draft, lanes: toLanes(draft.steps) }
}

function toDraft(analysis: Analysis): Draft {
  const copies = Object.entries(analysis).map(([name, value]) => [
    name,
    value instanceof Map ? new Map(value) : [...value],
  ])
  return Object.fromEntries(copies) as Draft
}

function fold(draft: Draft, decoded: Decoded): void {
  if (decoded.kind === 'connection') put(draft.connections, decoded)
  else if (decoded.kind === 'observation') put(draft.observations, decoded)
  else replaceOrFold(draft, decoded)
}

function replaceOrFold(draft: Draft, decoded: DecodedExchange): void {
  const at = draft.steps.findLastIndex((step) => step.sequence <= decoded.head.sequence)
  const known = draft.steps[at]
  const isKnown = known?.exchange === decoded.head.id
  if (isKnown && known.decoded.head.state !== 'in progress') return
  if (isKnown) draft.steps.splice(at, 1)
  foldExchange(draft, decoded)
}

function put<T extends { readonly id: string }>(list: T[], item: T): void {
  const at = list.findLastIndex((one) => one.id === item.id)
  if (at < 0) list.push(item)
  else list[at] = item
}

function foldExchange(draft: Draft, decoded: DecodedExchange): void {
  const resource = classify(draft.resources, decoded) ?? accountOf(draft, decoded)
  const dns = resource ? null : readDns(decoded, draft)
  if (decoded.head.state !== 'in progress') foldNonces(draft.nonces, decoded)
  if (resource && decoded.head.response) foldObjects(draft, resource, decoded)
  if (dns?.change && decoded.head.response) draft.dnsChanges.push(dns.change)
  const step = toStep(draft, decoded, resource, dns)
  const at = draft.steps.findLastIndex((one) => one.sequence < step.sequence)
  draft.steps.splice(at + 1, 0, step)
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

function foldObjects(draft: Draft, resource: Resource, decoded: DecodedExchange): void {
  teach(draft, resource)
  for (const learnt of learn(resource, decoded)) teach(draft, learnt)
  const url = objectUrl(resource, decoded)
  if (url !== null) folds[resource.operation]?.(draft, url, decoded, ownersOf(draft.resources, resource))
}

/** What is known of a URL stays, but for its owner: a later order may use an authorization again. */
function teach({ resources }: Draft, learnt: Resource): void {
  const known = resources.get(learnt.url)
  if (!known) resources.set(learnt.url, learnt)
  else if (learnt.owner !== null && learnt.owner !== known.owner)
    resources.set(learnt.url, { ...known, owner: learnt.owner })
}
