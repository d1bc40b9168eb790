/**
 * What a request was for where nothing told: the recording began after the client had read the directory. Told from the
 * objects themselves (RFC 8555 §7.1), as the directory is; never from a path.
 */
import { isObject, jsonObject, stringField } from '../json.ts'
import type { DecodedExchange, JsonObject, Operation, Resource } from '../model.ts'
import { payloadObject } from './traits.ts'

/** Null for what is no accepted request of ACME, or could be more than one. */
export function recognise(decoded: DecodedExchange): Resource | null {
  const status = decoded.head.response?.status ?? 0
  if (status < 200 || status > 299) return null
  const answer = jsonObject(decoded.response)
  const operation = decoded.jws ? ofSigned(decoded, answer) : ofUnsigned(decoded, answer)
  return operation && { url: decoded.head.request.url, operation, owner: null, directory: null }
}

/** Nonces and renewal information are asked for without a signature (§7.2, RFC 9773 §4). */
function ofUnsigned({ replayNonce, response }: DecodedExchange, answer: JsonObject | null): Operation | null {
  if (isObject(answer?.suggestedWindow)) return 'renewalInfo'
  return replayNonce !== null && response.kind === 'none' ? 'newNonce' : null
}

function ofSigned(decoded: DecodedExchange, answer: JsonObject | null): Operation | null {
  const { jws, response, location } = decoded
  const payload = payloadObject(decoded)
  if (response.kind === 'certificates') return 'certificate'
  if (jws?.inner?.purpose === 'keyChange') return 'keyChange'
  if (typeof payload?.certificate === 'string') return 'revokeCert'
  if (jws?.jwk && location !== null) return 'newAccount'
  return answer && ofObject(decoded, answer, payload)
}

function ofObject(
  { head, location }: DecodedExchange,
  answer: JsonObject,
  payload: JsonObject | null,
): Operation | null {
  const isNew = payload !== null && location !== null && head.response?.status === 201
  if (Array.isArray(answer.authorizations) && typeof answer.finalize === 'string')
    return isNew ? 'newOrder' : typeof payload?.csr === 'string' ? 'finalize' : 'order'
  if (Array.isArray(answer.challenges) && isObject(answer.identifier)) return isNew ? 'newAuthz' : 'authorization'
  if (typeof answer.type === 'string' && stringField(answer, 'url') === head.request.url) return 'challenge'
  return payload === null && Array.isArray(answer.orders) ? 'ordersList' : null
}
