/** One exchange in its place: what it did, between whom, in which phase, for which name, and where that is written. */
import { objectUrl } from './classify.ts'
import type { DnsStep } from './dns.ts'
import { stringField } from './json.ts'
import { CLIENT_LANE, hostOf, laneId } from './lanes.ts'
import type { Analysis, Authorization, Challenge, DecodedExchange, Operation, Resource, Step } from './model.ts'
import { answerObject } from './objects.ts'
import { type Owners, ownersOf } from './owners.ts'
import { isAnswered, phaseOf } from './phase.ts'
import { operationRow, referencesOf } from './registry.ts'
import { summarise } from './summary.ts'
import { traitsOf } from './traits.ts'
import { bare } from './txt.ts'

/** @param known the analysis, with what this exchange itself taught already in its maps */
export function toStep(
  known: Analysis,
  decoded: DecodedExchange,
  resource: Resource | null,
  dns: DnsStep | null,
): Step {
  const { head, problem } = decoded
  const operation = resource?.operation ?? dns?.operation ?? 'other'
  const owners = ownersIn(known, decoded, resource, dns)
  const challenge = known.challenges.get(owners.challenge ?? '') ?? null
  const identifier = identifierOf(known, owners, dns)
  const objectStatus = resource ? stringField(answerObject(decoded), 'status') : null
  const base = { exchange: head.id, sequence: head.sequence, time: head.startedAt, operation, decoded, ...owners }
  return {
    ...base,
    phase: phaseOf(known, base),
    from: CLIENT_LANE,
    to: laneOf(known, operation, decoded, dns),
    method: head.request.method,
    url: head.request.url,
    status: head.response?.status ?? null,
    summary: summarise({ operation, decoded, identifier, objectStatus, challenge, dns }),
    references: referencesOf(operation, traitsOf(decoded, challenge, isPolling(known, operation, owners, head.id))),
    problem,
    account: resource?.operation === 'newAccount' ? decoded.location : (decoded.jws?.kid ?? null),
    identifier,
    objectStatus,
    inferred: false,
  }
}

function ownersIn(known: Analysis, decoded: DecodedExchange, resource: Resource | null, dns: DnsStep | null): Owners {
  if (!resource) return ownersOfRecord(known, dns)
  const created = known.resources.get(objectUrl(resource, decoded) ?? '')
  return ownersOf(known.resources, created ?? known.resources.get(resource.url) ?? resource)
}

/** A record belongs to the challenge whose value it carries. One tied by name alone may belong to any of several. */
function ownersOfRecord({ resources }: Analysis, dns: DnsStep | null): Owners {
  const [match, ...others] = dns?.change?.matches ?? []
  const challenge = resources.get(match?.challenge ?? '')
  const owners = challenge ? ownersOf(resources, challenge) : { order: null, authorization: null, challenge: null }
  return others.length ? { ...owners, authorization: null, challenge: null } : owners
}

/** The name an authorization is for, as its order asked for it. */
export const authorizedName = ({ identifier, wildcard }: Authorization): string | null =>
  identifier && (wildcard ? `*.${identifier.value}` : identifier.value)

function identifierOf(known: Analysis, { authorization, order }: Owners, dns: DnsStep | null): string | null {
  const found = known.authorizations.get(authorization ?? '')
  if (found) return authorizedName(found)
  const identifiers = known.orders.get(order ?? '')?.identifiers ?? []
  if (identifiers.length === 1) return identifiers[0]?.value ?? null
  return dns?.change?.type === 'TXT' && dns.change.name ? bare(dns.change.name) : null
}

/** What we cannot name at a CA's host still happens between the client and that CA. */
function laneOf(
  { directories }: Analysis,
  operation: Operation,
  { head }: DecodedExchange,
  dns: DnsStep | null,
): string {
  const { url } = head.request
  if (dns) return laneId('dns', url, dns.provider)
  const host = hostOf(url)
  const isCa = [...directories.keys()].some((directory) => hostOf(directory) === host)
  return laneId(operationRow(operation)?.to ?? (isCa ? 'ca' : 'other'), url, null)
}

/** Asking again after something that was set in motion, rather than for the first time. */
function isPolling(known: Analysis, operation: Operation, owners: Owners, exchange: string): boolean {
  if (operation === 'authorization') return isAnswered(known, known.authorizations.get(owners.authorization ?? ''))
  const challenge: Challenge | undefined = known.challenges.get(owners.challenge ?? '')
  return operation === 'challenge' && challenge?.answeredBy != null && challenge.answeredBy !== exchange
}
