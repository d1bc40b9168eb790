/** What is particular about one step, so that the tables can add the sections it exercises. */
import { isObject, jsonObject } from './json.ts'
import type { Challenge, DecodedExchange, JsonObject } from './model.ts'
import type { Trait } from './specs/row.ts'

/** @param polls whether the step asks again for something that was set in motion before */
export function traitsOf(decoded: DecodedExchange, challenge: Challenge | null, polls: boolean): ReadonlySet<Trait> {
  const { jws, problem } = decoded
  const payload = payloadObject(decoded)
  const answer = jsonObject(decoded.response)
  const holds: Record<Exclude<Trait, `challenge ${string}`>, boolean> = {
    signed: jws !== null,
    postAsGet: jws?.isPostAsGet ?? false,
    problem: problem !== null,
    subproblems: (problem?.subproblems.length ?? 0) > 0,
    badNonce: problem?.acmeType === 'badNonce',
    rateLimited: problem?.acmeType === 'rateLimited',
    polling: polls,
    onlyReturnExisting: payload?.onlyReturnExisting === true,
    existingAccount: decoded.head.response?.status === 200,
    externalAccountBinding: payload?.externalAccountBinding !== undefined,
    deactivation: payload?.status === 'deactivated',
    replaces: payload?.replaces !== undefined,
    profile: payload?.profile !== undefined,
    offersRenewalInfo: answer?.renewalInfo !== undefined,
    offersProfiles: isObject(answer?.meta) && answer.meta.profiles !== undefined,
    csr: decoded.csr !== null,
  }
  const found = (Object.keys(holds) as (keyof typeof holds)[]).filter((trait) => holds[trait])
  return new Set<Trait>(challenge ? [...found, `challenge ${challenge.type}`] : found)
}

/** The JWS payload when it is a JSON object. */
export function payloadObject({ jws }: DecodedExchange): JsonObject | null {
  return jws?.payload.kind === 'json' && isObject(jws.payload.value) ? jws.payload.value : null
}
