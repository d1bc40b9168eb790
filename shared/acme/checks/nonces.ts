/** Is every nonce spent once (RFC 8555 §6.5)? */
import type { Finding } from '../../finding.ts'
import type { Analysis, Step } from '../model.ts'
import { reference } from '../registry.ts'
import type { Evidence } from './evidence.ts'

export function checkNonces({ analysis }: Evidence): readonly Finding[] {
  return [...reused(analysis), ...rejected(analysis)]
}

/** A CA that refused the request as such did not spend the nonce: only a second use after an accepted one is reuse. */
function reused({ nonces }: Analysis): readonly Finding[] {
  return [...nonces.values()]
    .filter((nonce) => nonce.usedBy.length > 1 && !isPlaceholder(nonce.value))
    .map((nonce) => ({
      id: 'nonce.reused',
      severity: 'error',
      title: 'A nonce was used more than once',
      explanation: `The nonce ${nonce.value} signed ${nonce.usedBy.length} requests. The CA accepts each nonce once.`,
      fix: 'The client must take a fresh nonce for every request, also when it tries again after an error.',
      reference: reference('RFC 8555 §6.5'),
      exchanges: nonce.usedBy,
      object: null,
      consequenceOf: null,
    }))
}

const isPlaceholder = (value: string): boolean => value.startsWith('<')

function rejected({ steps }: Analysis): readonly Finding[] {
  return steps.filter(isRejected).flatMap((step) => {
    const retry = steps.find((later) => later.sequence > step.sequence && later.url === step.url && !isRejected(later))
    return retry ? [accepted(step, retry)] : []
  })
}

const isRejected = (step: Step): boolean => step.problem?.acmeType === 'badNonce'

const accepted = (step: Step, retry: Step): Finding => ({
  id: 'nonce.rejected-then-accepted',
  severity: 'info',
  title: 'A nonce was rejected, and the retry worked',
  explanation: `Step ${step.sequence} was answered badNonce; step ${retry.sequence} sent the request again with a fresh nonce.`,
  fix: 'Nothing to do: this is how it is meant to be.',
  reference: reference('RFC 8555 §6.5'),
  exchanges: [step.exchange, retry.exchange],
  object: step.url,
  consequenceOf: null,
})
