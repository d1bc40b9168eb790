/** Wire objects → ACME's objects. Each answer adds to what earlier ones showed; nothing known is forgotten. */
import { endedAt } from '../exchange.ts'
import { isObject, jsonObject, listField, stringField, strings } from './json.ts'
import type {
  Account,
  Analysis,
  Authorization,
  Challenge,
  DecodedExchange,
  Directory,
  IssuedCertificate,
  JsonObject,
  Order,
  StatusSeen,
} from './model.ts'
import type { Owners } from './owners.ts'
import { readError, readIdentifier } from './problem.ts'
import { payloadObject } from './traits.ts'
import { expectedTxt, keyAuthorization } from './txt.ts'

/** The maps of an analysis while exchanges are folded into it. */
export type Objects = {
  readonly [K in
    | 'directories'
    | 'accounts'
    | 'orders'
    | 'authorizations'
    | 'challenges'
    | 'certificates']: Analysis[K] extends ReadonlyMap<string, infer V> ? Map<string, V> : never
}

/** ISO 8601: when the answer was complete. */
export function answeredAt({ head }: DecodedExchange): string {
  const at = new Date(endedAt(head))
  return Number.isNaN(at.getTime()) ? head.startedAt : at.toISOString()
}

/** The object an answer shows; null when the CA refused. */
export const answerObject = (decoded: DecodedExchange): JsonObject | null =>
  decoded.problem || (decoded.head.response?.status ?? 0) >= 400 ? null : jsonObject(decoded.response)

interface Seen {
  readonly exchange: string
  readonly at: string
}

const seenIn = (decoded: DecodedExchange): Seen => ({ exchange: decoded.head.id, at: answeredAt(decoded) })

/** Appends a status as shown; without one the history stays as it is. */
const seeing = (history: readonly StatusSeen[], status: string | null, seen: Seen): readonly StatusSeen[] =>
  status === null ? history : [...history, { exchange: seen.exchange, at: seen.at, status }]

const adding = <T>(list: readonly T[], ...items: readonly T[]): readonly T[] => [...new Set([...list, ...items])]

/** Adds what one answer shows of the object at `url`. */
export type Fold = (objects: Objects, url: string, decoded: DecodedExchange, owners: Owners) => void

export function foldDirectory(objects: Objects, url: string, decoded: DecodedExchange): void {
  const wire = jsonObject(decoded.response)
  const known = objects.directories.get(url)
  const directory: Directory = {
    url,
    wire,
    meta: isObject(wire?.meta) ? wire.meta : null,
    exchanges: adding(known?.exchanges ?? [], decoded.head.id),
  }
  objects.directories.set(url, directory)
}

export function foldAccount(objects: Objects, url: string, decoded: DecodedExchange): void {
  const wire = answerObject(decoded)
  const known = objects.accounts.get(url)
  const status = stringField(wire, 'status')
  const account: Account = {
    url,
    status: status ?? known?.status ?? null,
    history: seeing(known?.history ?? [], status, seenIn(decoded)),
    wire: wire ?? known?.wire ?? null,
    exchanges: adding(known?.exchanges ?? [], decoded.head.id),
    contact: wire && Array.isArray(wire.contact) ? strings(wire.contact) : (known?.contact ?? []),
    jwk: decoded.jws?.jwk ?? known?.jwk ?? null,
    thumbprint: decoded.jws?.thumbprint ?? known?.thumbprint ?? null,
  }
  objects.accounts.set(url, account)
}

/** An accepted key change (§7.3.5): the account goes on with the key that signed the inner request. */
export function foldKeyChange(objects: Objects, _url: string, { jws, problem }: DecodedExchange): void {
  if (problem) return
  const inner = jws?.inner?.jws
  const account = objects.accounts.get(jws?.kid ?? '')
  if (account && inner) objects.accounts.set(account.url, { ...account, jwk: inner.jwk, thumbprint: inner.thumbprint })
}

export function foldOrder(objects: Objects, url: string, decoded: DecodedExchange, _owners: Owners): void {
  const wire = answerObject(decoded)
  const known = objects.orders.get(url)
  const status = stringField(wire, 'status')
  const identifiers = listField(wire ?? payloadObject(decoded), 'identifiers').flatMap(
    (one) => readIdentifier(one) ?? [],
  )
  objects.orders.set(url, {
    url,
    status: status ?? known?.status ?? null,
    history: seeing(known?.history ?? [], status, seenIn(decoded)),
    wire: wire ?? known?.wire ?? null,
    exchanges: adding(known?.exchanges ?? [], decoded.head.id),
    account: decoded.jws?.kid ?? known?.account ?? null,
    identifiers: identifiers.length ? identifiers : (known?.identifiers ?? []),
    authorizations: adding(known?.authorizations ?? [], ...strings(listField(wire, 'authorizations'))),
    finalize: stringField(wire, 'finalize') ?? known?.finalize ?? null,
    certificate: stringField(wire, 'certificate') ?? known?.certificate ?? null,
    error: readError(wire) ?? known?.error ?? null,
    finalizedBy: known?.finalizedBy ?? null,
    csr: known?.csr ?? null,
  } satisfies Order)
}

/** The order goes on as the answer shows it, and remembers what it was asked to sign. */
export const foldFinalize: Fold = (objects, url, decoded, owners) => {
  foldOrder(objects, url, decoded, owners)
  const order = objects.orders.get(url)
  const csr = decoded.csr && !('error' in decoded.csr) ? decoded.csr : null
  if (order)
    objects.orders.set(url, { ...order, csr: csr ?? order.csr, finalizedBy: order.finalizedBy ?? decoded.head.id })
}

/** An authorization shows all of its challenges each time it is asked for. */
export function foldAuthorization(objects: Objects, url: string, decoded: DecodedExchange, { order }: Owners): void {
  const wire = answerObject(decoded)
  const known = objects.authorizations.get(url)
  const status = stringField(wire, 'status')
  const challenges = listField(wire, 'challenges').filter(isObject)
  const authorization: Authorization = {
    url,
    status: status ?? known?.status ?? null,
    history: seeing(known?.history ?? [], status, seenIn(decoded)),
    wire: wire ?? known?.wire ?? null,
    exchanges: adding(known?.exchanges ?? [], decoded.head.id),
    identifier: readIdentifier(wire?.identifier) ?? known?.identifier ?? null,
    wildcard: wire ? wire.wildcard === true : (known?.wildcard ?? false),
    orders: adding(known?.orders ?? [], ...(order === null ? [] : [order])),
    challenges: adding(known?.challenges ?? [], ...challenges.flatMap((one) => stringField(one, 'url') ?? [])),
  }
  objects.authorizations.set(url, authorization)
  const thumbprint = objects.accounts.get(decoded.jws?.kid ?? '')?.thumbprint ?? null
  for (const one of challenges) foldChallenge(objects, one, decoded, authorization, thumbprint)
}

/** The answer to a POST of the challenge itself. A refused one tells nothing of the challenge. */
export function foldChallengeAnswer(
  objects: Objects,
  url: string,
  decoded: DecodedExchange,
  { authorization: owner }: Owners,
): void {
  const answer = answerObject(decoded)
  if (!answer) return
  const authorization = objects.authorizations.get(objects.challenges.get(url)?.authorization ?? owner ?? '') ?? null
  const thumbprint = objects.accounts.get(decoded.jws?.kid ?? '')?.thumbprint ?? null
  foldChallenge(objects, { ...answer, url }, decoded, authorization, thumbprint)
  const folded = objects.challenges.get(url)
  if (folded && decoded.jws && !decoded.jws.isPostAsGet)
    objects.challenges.set(url, { ...folded, answeredBy: folded.answeredBy ?? decoded.head.id })
}

function foldChallenge(
  objects: Objects,
  wire: JsonObject,
  decoded: DecodedExchange,
  authorization: Authorization | null,
  thumbprint: string | null,
): void {
  const url = stringField(wire, 'url')
  if (url === null) return
  const known = objects.challenges.get(url)
  const status = stringField(wire, 'status')
  const type = stringField(wire, 'type') ?? known?.type ?? 'unknown'
  const token = stringField(wire, 'token') ?? known?.token ?? null
  const authorized = keyAuthorization(token, thumbprint) ?? known?.keyAuthorization ?? null
  const name = authorization?.identifier?.value ?? null
  const challenge: Challenge = {
    url,
    type,
    status: status ?? known?.status ?? null,
    history: seeing(known?.history ?? [], status, seenIn(decoded)),
    wire,
    exchanges: adding(known?.exchanges ?? [], decoded.head.id),
    authorization: authorization?.url ?? known?.authorization ?? null,
    token,
    error: readError(wire) ?? known?.error ?? null,
    answeredBy: known?.answeredBy ?? null,
    keyAuthorization: authorized,
    expectedTxt: type === 'dns-01' && name !== null ? expectedTxt(name, authorized) : (known?.expectedTxt ?? null),
  }
  objects.challenges.set(url, challenge)
}

export function foldCertificate(objects: Objects, url: string, decoded: DecodedExchange, { order }: Owners): void {
  if (decoded.response.kind !== 'certificates') return
  const known = objects.certificates.get(url)
  const { chain, errors } = decoded.response
  const alternates = decoded.links.filter((link) => link.rel === 'alternate').map((link) => link.url)
  objects.certificates.set(url, {
    url,
    order: order ?? known?.order ?? null,
    chain,
    errors,
    alternates,
    exchanges: adding(known?.exchanges ?? [], decoded.head.id),
  } satisfies IssuedCertificate)
}
