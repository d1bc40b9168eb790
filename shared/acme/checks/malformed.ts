/** What of a signed request cannot be read, or is not there (RFC 8555 §6.2). Values that were cut away are no fault. */
import { headerValue } from '../../exchange.ts'
import { isCutText } from '../cut.ts'
import { isObject } from '../json.ts'
import type { Jws, Step } from '../model.ts'
import { mustBeSigned } from './acme-request.ts'
import type { Fault } from './jws.ts'

export function malformations(step: Step): readonly Fault[] {
  const problems = problemsOf(step)
  return problems.length ? [{ step, kind: 'malformed', what: `is malformed: ${problems.join('; ')}` }] : []
}

function problemsOf(step: Step): readonly string[] {
  const { jws } = step.decoded
  return jws ? [...formProblems(jws), ...missing(jws), ...insideProblems(step, jws)] : unsigned(step)
}

/** A body that is no JWS, where only a JWS will do. */
function unsigned(step: Step): readonly string[] {
  const { request } = step.decoded
  if (step.method !== 'POST' || !mustBeSigned(step)) return []
  switch (request.kind) {
    case 'malformed':
      return isCutText(request.text) ? [] : [`the body is not JSON of a JWS (${request.error})`]
    case 'none':
      return isTrulyEmpty(step) ? ['it has no body, and so no signature'] : []
    case 'opaque':
    case 'jws':
      return []
    default:
      return ['the body is not a JWS, so nobody signed it']
  }
}

/** A recording may lack the bodies of its requests. A CA that is content saw one. */
const isTrulyEmpty = ({ status, decoded: { head } }: Step): boolean =>
  status !== null && status >= 400 && Number(headerValue(head.request.headers, 'content-length') ?? 0) === 0

/** Whatever was cut cannot be base64url, and is not held against the client. */
function formProblems({ problems, payload, raw }: Jws): readonly string[] {
  if (problems.length === 0) return []
  const isCut = {
    protected: isCutText(raw.protected),
    payload: isCutText(payload.kind === 'text' ? payload.text : raw.payload),
    signature: isCutText(raw.signature),
  }
  return problems.filter(
    (problem) =>
      !(isCut.protected && problem.startsWith('the protected header is')) &&
      !(isCut.payload && problem.startsWith('the payload')) &&
      !(isCut.signature && problem.startsWith('the signature')),
  )
}

const MEMBERS = ['alg', 'nonce', 'url'] as const

/** §6.2 lists what the protected header must have; “jwk” and “kid” have a finding of their own. */
function missing(jws: Jws): readonly string[] {
  const absent = jws.header ? MEMBERS.filter((name) => jws[name] === null) : []
  return absent.map((name) => `the protected header has no “${name}”`)
}

function insideProblems({ operation }: Step, { inner, payload }: Jws): readonly string[] {
  if (inner) return formProblems(inner.jws).map((problem) => `inside it, ${problem}`)
  if (payload.kind !== 'json' || !isObject(payload.value)) return []
  if (operation === 'keyChange') return ['its payload is no JWS of the new key']
  const isBinding = operation === 'newAccount' && payload.value.externalAccountBinding !== undefined
  return isBinding ? ['its externalAccountBinding is no JWS'] : []
}
