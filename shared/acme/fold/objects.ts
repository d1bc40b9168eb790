/** Wire objects → ACME's objects. Each answer adds to what earlier ones showed; nothing known is forgotten. */
import { endedAt } from '../../exchange.ts'
import { isObject, jsonObject, listField, stringField, strings } from '../json.ts'
import { MAX_TYPE } from '../limits.ts'
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
  Proof,
  StatusSeen,
} from '../model.ts'
import { readError, readIdentifier } from '../problem.ts'
import { keyAuthorization, proofOf } from '../proof/proof.ts'
import { indexProof } from '../proof/proof-index.ts'
import { noteAnswered, noteListed } from './answers.ts'
import { grown, grownBy, united } from './grown.ts'
import type { Owners as OwnersInChain } from './owners.ts'
import { payloadObject } from './traits.ts'

/** The maps of an analysis while exchanges are folded into it. */
export type Objects = Pick<Analysis, 'index'> & {
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

/** Adds a status as shown; without one the history stays as it is. */
const seeing = (
  history: readonly StatusSeen[] | undefined,
  status: string | null,
  { exchange, at }: Seen,
): readonly StatusSeen[] => (status === null ? (history ?? []) : grown(history, { exchange, at, status }))

/** What an object belongs to, and the lane of the client that asked. */
export interface Owners extends OwnersInChain {
  readonly client: string
}

/** Adds what one answer shows of the object at `url`. */
export type Fold = (objects: Objects, url: string, decoded: DecodedExchange, owners: Owners) => void

export function foldDirectory(objects: Objects, url: string, decoded: DecodedExchange): void {
  const wire = jsonObject(decoded.response)
  const known = objects.directories.get(url)
  const directory: Directory = {
    url,
    wire,
    meta: isObject(wire?.meta) ? wire.meta : null,
    exchanges: grownBy(known?.exchanges, decoded.head.id),
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
    history: seeing(known?.history, status, seenIn(decoded)),
    wire: wire ?? known?.wire ?? null,
    exchanges: grownBy(known?.exchanges, decoded.head.id),
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

export function foldOrder(objects: Objects, url: string, decoded: DecodedExchange, { client }: Owners): void {
  const wire = answerObject(decoded)
  const known = objects.orders.get(url)
  const status = stringField(wire, 'status')
  const identifiers = listField(wire ?? payloadObject(decoded), 'identifiers').flatMap(
    (one) => readIdentifier(one) ?? [],
  )
  const before = known?.authorizations.length ?? 0
  const authorizations = united(known?.authorizations, strings(listField(wire, 'authorizations')))
  for (const listed of authorizations.slice(before)) noteListed(objects.index.answers, url, listed)
  objects.orders.set(url, {
    url,
    status: status ?? known?.status ?? null,
    history: seeing(known?.history, status, seenIn(decoded)),
    wire: wire ?? known?.wire ?? null,
    exchanges: grownBy(known?.exchanges, decoded.head.id),
    account: decoded.jws?.kid ?? known?.account ?? null,
    client: known?.client ?? client,
    identifiers: identifiers.length ? identifiers : (known?.identifiers ?? []),
    authorizations,
    finalize: stringField(wire, 'finalize') ?? known?.finalize ?? null,
    certificate: stringField(wire, 'certificate') ?? known?.certificate ?? null,
    error: readError(wire) ?? known?.error ?? null,
    finalizedBy: known?.finalizedBy ?? null,
    replaces: stringField(wire, 'replaces') ?? known?.replaces ?? stringField(payloadObject(decoded), 'replaces'),
    csr: known?.csr ?? null,
  } satisfies Order)
}

/** The order goes on as the answer shows it, and remembers what it was asked to sign: a refused CSR only for want of another. */
export const foldFinalize: Fold = (objects, url, decoded, owners) => {
  foldOrder(objects, url, decoded, owners)
  const order = objects.orders.get(url)
  if (!order) return
  const sent = decoded.csr && !('error' in decoded.csr) ? decoded.csr : null
  const csr = answerObject(decoded) === null ? (order.csr ?? sent) : (sent ?? order.csr)
  objects.orders.set(url, { ...order, csr, finalizedBy: order.finalizedBy ?? decoded.head.id })
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
    history: seeing(known?.history, status, seenIn(decoded)),
    wire: wire ?? known?.wire ?? null,
    exchanges: grownBy(known?.exchanges, decoded.head.id),
    identifier: readIdentifier(wire?.identifier) ?? known?.identifier ?? null,
    wildcard: wire ? wire.wildcard === true : (known?.wildcard ?? false),
    orders: order === null ? (known?.orders ?? []) : united(known?.orders, [order]),
    challenges: united(
      known?.challenges,
      challenges.flatMap((one) => stringField(one, 'url') ?? []),
    ),
  }
  objects.authorizations.set(url, authorization)
  for (const one of challenges) foldChallenge(objects, one, decoded, authorization)
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
  foldChallenge(objects, { ...answer, url }, decoded, authorization)
  const folded = objects.challenges.get(url)
  if (!folded || !decoded.jws || decoded.jws.isPostAsGet) return
  objects.challenges.set(url, { ...folded, answeredBy: folded.answeredBy ?? decoded.head.id })
  if (folded.authorization !== null) noteAnswered(objects.index.answers, folded.authorization)
}

function foldChallenge(
  objects: Objects,
  wire: JsonObject,
  decoded: DecodedExchange,
  authorization: Authorization | null,
): void {
  const url = stringField(wire, 'url')
  if (url === null) return
  const known = objects.challenges.get(url)
  const status = stringField(wire, 'status')
  const account = decoded.jws?.kid ?? null
  const token = stringField(wire, 'token') ?? known?.token ?? null
  const thumbprint = objects.accounts.get(account ?? '')?.thumbprint ?? null
  const identified: Omit<Challenge, 'proof'> = {
    url,
    type: stringField(wire, 'type')?.slice(0, MAX_TYPE) ?? known?.type ?? 'unknown',
    status: status ?? known?.status ?? null,
    history: seeing(known?.history, status, seenIn(decoded)),
    wire,
    exchanges: grownBy(known?.exchanges, decoded.head.id),
    authorization: authorization?.url ?? known?.authorization ?? null,
    token,
    error: readError(wire) ?? known?.error ?? null,
    answeredBy: known?.answeredBy ?? null,
    keyAuthorization: keyAuthorization(token, thumbprint) ?? known?.keyAuthorization ?? null,
  }
  const challenge: Challenge = {
    ...identified,
    proof: toProof(identified, authorization, account) ?? known?.proof ?? null,
  }
  if (challenge.answeredBy !== null && authorization) noteAnswered(objects.index.answers, authorization.url)
  indexProof(objects.index.proofs, known, challenge)
  objects.challenges.set(url, challenge)
}

function toProof(
  { type, wire, token, keyAuthorization }: Omit<Challenge, 'proof'>,
  authorization: Authorization | null,
  account: string | null,
): Proof | null {
  if (!authorization?.identifier || !wire) return null
  const { identifier, wildcard } = authorization
  return proofOf(type, { wire, name: identifier.value, wildcard, token, keyAuthorization, account })
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
    exchanges: grownBy(known?.exchanges, decoded.head.id),
  } satisfies IssuedCertificate)
}
