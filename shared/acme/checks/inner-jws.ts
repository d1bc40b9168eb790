/** The request inside a request: an account binding (RFC 8555 §7.3.4), or a key change signed by the new key (§7.3.5). */
import type { Finding } from '../../finding.ts'
import { cureFor } from '../known/cures.ts'
import type { Jws, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { answerOf, named, sentences, short } from './words.ts'

/** §6.2: the algorithm of a request must not be “none”, and must not be a MAC. */
export const isMac = (alg: string): boolean => /^HS\d/i.test(alg)
export const isForbidden = (alg: string): boolean => alg.toLowerCase() === 'none' || isMac(alg)

/** It has rules of its own: other members, another key, and no nonce. Its URL is a matter of jws.ts. */
export function checkInnerJws(evidence: Evidence, step: Step): readonly Finding[] {
  const found = step.decoded.jws?.inner
  if (!found || !step.decoded.jws) return []
  const { what, cite, faults, fix } = INNER[found.purpose]
  const wrong = faults(step.decoded.jws, found)
  if (!wrong.length) return []
  return [
    {
      id: 'jws.algorithm-not-allowed',
      severity: 'error',
      title: `The ${what} of ${named(step)} ${wrong[0]}`,
      explanation: `What is wrong with it: it ${wrong.join('; it ')}. The CA answered ${answerOf(step)}.`,
      fix: found.purpose === 'keyChange' ? fix : sentences(fix, cureFor('eab', evidence.clientRowOf(step))),
      reference: reference(cite),
      exchanges: [step.exchange],
      object: step.url,
      consequenceOf: null,
    },
  ]
}

type Inner = NonNullable<Jws['inner']>

/** §7.3.4: a MAC, by the key that `kid` names, over the account's own key. */
function bindingFaults(outer: Jws, { jws, payloadThumbprint }: Inner): readonly string[] {
  if (!jws.header) return []
  return [
    ...(jws.alg !== null && !isMac(jws.alg)
      ? [`is signed with ${short(jws.alg)}, where a MAC such as HS256 belongs`]
      : []),
    ...(jws.kid === null ? ["has no “kid” to say which of the CA's keys it is made with"] : []),
    ...nonceFault(jws.header),
    ...(payloadThumbprint !== null && outer.thumbprint !== null && payloadThumbprint !== outer.thumbprint
      ? [`binds the key ${payloadThumbprint}, while ${outer.thumbprint} is the one that asks for an account`]
      : []),
  ]
}

/** §7.3.5: signed by the new key, which it carries, and naming account and old key. */
function changeFaults(outer: Jws, { jws, account, payloadThumbprint: oldKey }: Inner): readonly string[] {
  if (!jws.header) return []
  const signedBy = outer.signature.status === 'valid' ? outer.signature.thumbprint : null
  return [
    ...(jws.alg !== null && isForbidden(jws.alg)
      ? [`is signed with ${short(jws.alg)}, which ACME does not allow`]
      : []),
    ...(jws.jwk === null ? ['has no “jwk”, the new key'] : []),
    ...nonceFault(jws.header),
    ...(account !== null && outer.kid !== null && account !== outer.kid
      ? [`names the account ${short(account)}, while ${short(outer.kid)} asks`]
      : []),
    ...(oldKey !== null && signedBy !== null && oldKey !== signedBy
      ? [`says that the key until now is ${oldKey}, while ${signedBy} is the one that asks`]
      : []),
  ]
}

const nonceFault = (header: NonNullable<Jws['header']>): readonly string[] =>
  'nonce' in header ? ['has a nonce, which only the request around it may have'] : []

const INNER = {
  externalAccountBinding: {
    what: 'account binding',
    cite: 'RFC 8555 §7.3.4',
    faults: bindingFaults,
    fix: "Make the binding with the key identifier and the MAC key that the CA gave out: HS256, “kid”, the “url” of newAccount, no nonce, and the account's public key as payload.",
  },
  keyChange: {
    what: 'request inside the key change',
    cite: 'RFC 8555 §7.3.5',
    faults: changeFaults,
    fix: 'Sign the request inside with the new key: “jwk” the new key, the “url” of keyChange, no nonce, and account and oldKey as payload.',
  },
} as const
