/** Is every request signed as RFC 8555 §6.2 to §6.4 want it? */
import type { Finding } from '../../finding.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry.ts'
import type { Evidence } from './evidence.ts'

export function checkJws({ analysis: { steps } }: Evidence): readonly Finding[] {
  return steps.flatMap((step) => [...signature(step), ...url(step), ...form(step)])
}

const about = (step: Step) => ({ exchanges: [step.exchange], object: step.url, consequenceOf: null })

function signature(step: Step): readonly Finding[] {
  const jws = step.decoded.jws
  if (jws?.signature.status !== 'invalid') return []
  return [
    {
      ...about(step),
      id: 'jws.signature-invalid',
      severity: 'error',
      title: `The signature of step ${step.sequence} is wrong`,
      explanation: `The ${jws.alg} signature over this ${step.operation} request does not verify under the account's key.`,
      fix: 'The client signs with another key than the one it registered, or changes the request after signing. Check which account key file it uses.',
      reference: reference('RFC 8555 §6.2'),
    },
  ]
}

function url(step: Step): readonly Finding[] {
  const signed = step.decoded.jws?.url
  if (signed == null || signed === step.url) return []
  return [
    {
      ...about(step),
      id: 'jws.url-mismatch',
      severity: 'error',
      title: `Step ${step.sequence} was signed for another URL`,
      explanation: `The request went to ${step.url}, but its signature is for ${signed}.`,
      fix: 'The client must sign the very URL it sends to. A reverse proxy that gives the CA another name causes this, too.',
      reference: reference('RFC 8555 §6.4'),
    },
  ]
}

/** A cut value in a published recording is no fault of the client's: only what it says of its form counts. */
function form(step: Step): readonly Finding[] {
  const { jws, request } = step.decoded
  const unread = request.kind === 'malformed' && step.to.startsWith('ca:') ? [request.error] : []
  const problems = [...unread, ...(jws?.problems ?? []).filter((problem) => !problem.startsWith('the signature'))]
  if (!problems.length) return []
  return [
    {
      ...about(step),
      id: 'jws.malformed',
      severity: 'error',
      title: `Step ${step.sequence} carries a JWS that cannot be read`,
      explanation: `What is wrong with it: ${problems.join('; ')}.`,
      fix: 'The client must send a flattened JWS: protected header, payload and signature, each in base64url without padding.',
      reference: reference('RFC 8555 §6.2'),
    },
  ]
}
