/** One exchange in its place: what it did, between whom, in which phase, for which name, and where that is written. */

import type { Reference } from '../../reference.ts'
import type { DnsStep } from '../dns-leg/dns.ts'
import { stringField } from '../json.ts'
import { MAX_NAME } from '../limits.ts'
import type { Analysis, Authorization, DecodedExchange, HttpProofSeen, Operation, Resource, Step } from '../model.ts'
import { bare } from '../proof/proof.ts'
import { operationRow, referencesOf } from '../registry/registry.ts'
import { objectUrl } from './classify.ts'
import { latestClient } from './clients.ts'
import { amongLanes, hostOf, laneId } from './lanes.ts'
import { answerObject } from './objects.ts'
import { type Owners, ownersOf } from './owners.ts'
import { isAnswered, phaseOf } from './phase.ts'
import { retryOf } from './retries.ts'
import { summarise } from './summary.ts'
import { traitsOf } from './traits.ts'
import { clip } from './words/subject.ts'

/** What the exchange turned out to be, and between whom it went. */
export interface Placed {
  readonly resource: Resource | null
  readonly dns: DnsStep | null
  readonly proof: HttpProofSeen | null
  readonly from: string
  readonly to: string
}

/** @param known the analysis, with what this exchange itself taught already in its maps */
export function toStep(known: Analysis, decoded: DecodedExchange, placed: Placed): Step {
  const { resource, dns, proof, from, to } = placed
  const { head, problem } = decoded
  const isLook = proof !== null || head.inbound === 'http-01'
  const operation = resource?.operation ?? dns?.operation ?? (isLook ? 'validation.http-01' : 'other')
  const owners = ownersIn(known, decoded, placed)
  const { order, authorization } = owners
  const challenge = known.challenges.get(owners.challenge ?? '') ?? null
  const identifier = identifierOf(known, owners, dns)
  const objectStatus = resource ? stringField(answerObject(decoded), 'status') : null
  const { id: exchange, sequence } = head
  const retry = head.inbound === undefined ? retryOf(known.index.refused, from, decoded) : null
  const reused = reuse(known, { operation, order, authorization, exchange })
  // Each member by itself: this is done for every exchange, and a spread costs more than all of the rest.
  return {
    exchange,
    sequence,
    time: head.startedAt,
    operation,
    phase: phaseOf(known, { operation, order, authorization, sequence, decoded, from, to }),
    from,
    to,
    method: head.request.method,
    url: head.request.url,
    status: head.response?.status ?? null,
    summary: summarise({
      operation,
      decoded,
      identifier,
      objectStatus,
      challenge,
      dns,
      proof,
      isRetry: retry !== null,
      isOldOrder: reused.isOldOrder,
      isProven: reused.isProven,
      isAlternate: operation === 'certificate' && isAlternate(known, order, head.request.url),
    }),
    references: withApiPage(
      referencesOf(operation, traitsOf(operation, decoded, challenge, isPolling(known, operation, owners, head.id))),
      dns,
    ),
    problem,
    order,
    authorization,
    challenge: owners.challenge,
    account: resource?.operation === 'newAccount' ? decoded.location : (decoded.jws?.kid ?? null),
    identifier,
    objectStatus,
    retryOf: retry,
    dns: dns?.seen ?? null,
    changes: dns?.changes ?? [],
    decoded,
  }
}

function ownersIn(known: Analysis, decoded: DecodedExchange, { resource, dns, proof }: Placed): Owners {
  if (!resource) return proof ? ownersOfChallenge(known, proof.challenge) : ownersOfRecord(known, dns)
  const created = known.resources.get(objectUrl(resource, decoded) ?? '')
  return ownersOf(known.resources, created ?? known.resources.get(resource.url) ?? resource)
}

const NOBODY: Owners = { order: null, authorization: null, challenge: null }

function ownersOfChallenge({ resources }: Analysis, url: string): Owners {
  const challenge = resources.get(url)
  return challenge ? ownersOf(resources, challenge) : NOBODY
}

/** A record belongs to the challenge whose value it carries. One tied by name alone may belong to any of several. */
function ownersOfRecord(known: Analysis, dns: DnsStep | null): Owners {
  const [challenge, ...others] = new Set(matchesIn(dns).map((match) => match.challenge))
  const owners = challenge === undefined ? NOBODY : ownersOfChallenge(known, challenge)
  return others.length ? { ...owners, authorization: null, challenge: null } : owners
}

/** The name an authorization is for, as its order asked for it. */
export const authorizedName = ({ identifier, wildcard }: Authorization): string | null =>
  identifier && clip(wildcard ? `*.${identifier.value}` : identifier.value, MAX_NAME)

function identifierOf(known: Analysis, { authorization, order }: Owners, dns: DnsStep | null): string | null {
  const found = known.authorizations.get(authorization ?? '')
  if (found) return authorizedName(found)
  const identifiers = known.orders.get(order ?? '')?.identifiers ?? []
  if (identifiers.length === 1) return clip(identifiers[0]?.value ?? '', MAX_NAME)
  const [change] = dns?.changes ?? []
  return change?.type === 'TXT' && change.name ? clip(bare(change.name), MAX_NAME) : null
}

const matchesIn = (dns: DnsStep | null) => dns?.changes.flatMap(({ matches }) => matches) ?? []

/** The page of the provider's own reference. */
const withApiPage = (references: readonly Reference[], dns: DnsStep | null): readonly Reference[] => {
  const { api, provider } = dns?.seen ?? {}
  return api ? [...references, { document: `${provider} API`, section: '', ...api }] : references
}

// ───────────────────────────── between whom

/** The lane an exchange went to. What we cannot name at a CA's host still happens between the client and that CA. */
export function serverOf(
  { index }: Analysis,
  { head }: DecodedExchange,
  resource: Resource | null,
  dns: DnsStep | null,
): string {
  const { url } = head.request
  const described = dns ? 'dns' : resource && operationRow(resource.operation)?.to
  const role = described ?? (index.caHosts.has(hostOf(url)) ? 'ca' : 'other')
  return amongLanes(index.lanes, laneId(role, url, dns?.seen.provider ?? null))
}

/** The lane of who asked, for an exchange with anybody but a CA: whose proof it is about, or else who spoke last. */
export function clientOf(
  known: Analysis,
  decoded: DecodedExchange,
  dns: DnsStep | null,
  proof: HttpProofSeen | null,
): string {
  const challenge = proof?.challenge ?? matchesIn(dns)[0]?.challenge
  const { order } = challenge === undefined ? NOBODY : ownersOfChallenge(known, challenge)
  return known.orders.get(order ?? '')?.client ?? latestClient(known.index.clients, decoded)
}

// ───────────────────────────── what came before

/** Asking again after something that was set in motion, rather than for the first time. */
function isPolling(known: Analysis, operation: Operation, owners: Owners, exchange: string): boolean {
  if (operation === 'authorization') return isAnswered(known, owners.authorization)
  const challenge = known.challenges.get(owners.challenge ?? '')
  return operation === 'challenge' && challenge?.answeredBy != null && challenge.answeredBy !== exchange
}

/** The order names one chain itself; another one links to it (§7.4.2). */
function isAlternate({ orders }: Analysis, order: string | null, url: string): boolean {
  const own = orders.get(order ?? '')?.certificate
  return own != null && own !== url
}

/** A CA may answer with an order it has already, or with an authorization that was proven for an earlier one. */
function reuse(
  known: Analysis,
  { operation, order, authorization, exchange }: Pick<Step, 'operation' | 'order' | 'authorization' | 'exchange'>,
) {
  const [asked, proven] = [known.orders.get(order ?? ''), known.authorizations.get(authorization ?? '')]
  return {
    isOldOrder: operation === 'newOrder' && asked !== undefined && asked.exchanges[0] !== exchange,
    isProven:
      operation === 'authorization' && proven?.history[0]?.status === 'valid' && !isAnswered(known, authorization),
  }
}
