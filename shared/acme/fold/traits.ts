/** What is particular about one step, so that the tables can add the sections it exercises. */
import { headerValue } from '../../exchange.ts'
import { isObject, jsonObject, listField, stringField } from '../json.ts'
import type { Challenge, DecodedExchange, JsonObject, Operation } from '../model.ts'
import { challengeRow, extensionFieldsOf, identifierRow, operationRow, problemRow } from '../registry/registry.ts'
import type { ObjectKind, RowTrait, Trait } from '../specs/row.ts'

/** More names than any order has; the types of those that follow are not new. */
const MAX_IDENTIFIERS = 100

/** @param polls whether the step asks again for something that was set in motion before */
export function traitsOf(
  operation: Operation,
  decoded: DecodedExchange,
  challenge: Challenge | null,
  polls: boolean,
): ReadonlySet<Trait> {
  const { head, jws, problem } = decoded
  const payload = payloadObject(decoded)
  const holds: Record<Exclude<Trait, RowTrait>, boolean> = {
    signed: jws !== null,
    postAsGet: jws?.isPostAsGet ?? false,
    plainGet: head.request.method === 'GET' || head.request.method === 'HEAD',
    problem: problem !== null,
    subproblems: (problem?.subproblems.length ?? 0) > 0,
    polling: polls,
    onlyReturnExisting: payload?.onlyReturnExisting === true,
    existingAccount: head.response?.status === 200,
    externalAccountBinding: payload?.externalAccountBinding !== undefined,
    terms: payload?.termsOfServiceAgreed !== undefined,
    deactivation: payload?.status === 'deactivated',
    cancellation: payload?.status === 'canceled',
    csr: decoded.csr !== null,
    token: challenge?.token != null,
    revocationReason: payload?.reason !== undefined,
    shortTermCertificate: headerValue(head.response?.headers ?? [], 'cert-not-before') !== null,
  }
  const found = (Object.keys(holds) as (keyof typeof holds)[]).filter((trait) => holds[trait])
  return new Set<Trait>([...found, ...rowTraits(operation, decoded, challenge)])
}

/** What names a row that is there: traffic can name anything. */
function rowTraits(operation: Operation, decoded: DecodedExchange, challenge: Challenge | null): readonly RowTrait[] {
  const row = operationRow(operation)
  const problem = decoded.problem?.acmeType ?? null
  const [payload, answer] = [payloadObject(decoded), jsonObject(decoded.response)]
  return [
    ...(challenge && challengeRow(challenge.type) ? [`challenge ${challenge.type}` as const] : []),
    ...(problemRow(problem) ? [`problem ${problem}` as const] : []),
    ...fieldTraits(row?.sends, payload),
    ...fieldTraits(row?.shows, answer),
    ...fieldTraits('meta', operation === 'directory' && isObject(answer?.meta) ? answer.meta : null),
    ...[payload, answer].flatMap(identifierTraits),
  ]
}

function fieldTraits(kind: ObjectKind | undefined, object: JsonObject | null): readonly RowTrait[] {
  if (!kind || !object) return []
  const shown = extensionFieldsOf(kind).filter(({ field }) => Object.hasOwn(object, field))
  return shown.map(({ field }) => `field ${kind}.${field}` as const)
}

function identifierTraits(object: JsonObject | null): readonly RowTrait[] {
  const identifiers = [object?.identifier, ...listField(object, 'identifiers').slice(0, MAX_IDENTIFIERS)]
  const types = identifiers.flatMap((identifier) => stringField(identifier, 'type') ?? [])
  return [...new Set(types)].filter(identifierRow).map((type) => `identifier ${type}` as const)
}

/** A client that only looks for its account (§7.3.1) is told that there is none: an answer, and no failure. */
export const isNoSuchAccount = (decoded: DecodedExchange): boolean =>
  decoded.problem?.acmeType === 'accountDoesNotExist' && payloadObject(decoded)?.onlyReturnExisting === true

/** The JWS payload when it is a JSON object. */
export function payloadObject({ jws }: DecodedExchange): JsonObject | null {
  return jws?.payload.kind === 'json' && isObject(jws.payload.value) ? jws.payload.value : null
}
