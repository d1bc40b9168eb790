/** Is every nonce the CA's own, and spent once (RFC 8555 §6.5)? */
import type { Finding } from '../../finding.ts'
import { isCutText } from '../cut.ts'
import type { Nonce, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import { beginnings } from './beginnings.ts'
import type { Evidence } from './evidence.ts'
import { answerOf, capital, inWords, named, quoted, short, stepsInWords } from './words.ts'

export function checkNonces(evidence: Evidence): readonly Finding[] {
  const whole = [...evidence.analysis.nonces.values()].filter(({ value }) => !isCutText(value))
  return [...whole.flatMap((nonce) => reused(evidence, nonce)), ...unknown(evidence, whole)]
}

// ───────────────────────────── used twice

/** Whether the nonce of a request was spent twice, as far as this recording can tell. */
export function reusesOf(evidence: Evidence, { usedBy }: Nonce): readonly Step[] {
  if (usedBy.length < 2) return []
  const uses = usedBy.flatMap((exchange) => evidence.stepOf(exchange) ?? [])
  return uses.slice(0, -1).some((use, index) => isSpent(use, uses[index + 1] as Step)) ? uses : []
}

/**
 * A request that got no answer, or one from a server that was not up or sent it elsewhere, may never have been seen by who
 * counts nonces; one that was refused for another reason was not counted, when the nonce was good for the next.
 */
function isSpent({ status }: Step, next: Step): boolean {
  if (status === null || status >= 500) return false
  return status < 300 || (status >= 400 && (next.status ?? 400) >= 400)
}

function reused(evidence: Evidence, nonce: Nonce): readonly Finding[] {
  const [first, second, ...others] = reusesOf(evidence, nonce)
  if (!first || !second) return []
  const issuer = evidence.stepOf(nonce.issuedBy ?? '')
  return [
    {
      id: 'nonce.reused',
      severity: 'error',
      title: `${capital(named(second))} spends the nonce ${short(nonce.value)} again, after ${named(first)}`,
      explanation: [
        issuer
          ? `The nonce came with the answer to ${named(issuer)}.`
          : 'Where the nonce came from is not in this recording.',
        `${capital(named(first))} spent it and was answered ${answerOf(first)}; ${named(second)} spent it again and was answered ${answerOf(second)}.`,
        others.length ? `So did ${stepsInWords(others)}.` : '',
      ]
        .filter(Boolean)
        .join(' '),
      fix: `${evidence.clientOf(second)} must sign every request with a nonce of its own: the Replay-Nonce of the answer before, or a new one from newNonce. That is also true of a request that is sent again after an error, and of two requests at the same time.`,
      reference: reference('RFC 8555 §6.5'),
      exchanges: [second, first, ...others].map(({ exchange }) => exchange),
      object: second.url,
      consequenceOf: null,
    },
  ]
}

// ───────────────────────────── from elsewhere

function unknown(evidence: Evidence, nonces: readonly Nonce[]): readonly Finding[] {
  const begun = beginnings(evidence)
  const found = nonces.flatMap(({ issuedBy, usedBy, value }) => {
    const step = issuedBy === null ? evidence.stepOf(usedBy[0] ?? '') : undefined
    return step && !begun.isMidway(step) ? [{ step, value }] : []
  })
  const [first] = found
  if (!first) return []
  const steps = found.map(({ step }) => step)
  return [
    {
      id: 'nonce.unknown',
      severity: 'info',
      title: `${found.length === 1 ? `${capital(named(first.step))} spends a nonce` : `${capital(stepsInWords(steps))} spend nonces`} that no answer here gave out`,
      explanation: `${inWords(found.map(({ step, value }) => `${quoted(value)} (step ${step.sequence}, answered ${step.status ?? 'nothing'})`))}: no Replay-Nonce of this recording is that. A client may have kept it from before, or from a connection that was not recorded; or it made it up.`,
      fix: 'Nothing, where the CA accepts it. Where it answers badNonce: a nonce is good only at the server that gave it out, and not for long.',
      reference: reference('RFC 8555 §6.5'),
      exchanges: steps.map(({ exchange }) => exchange),
      object: first.step.url,
      consequenceOf: null,
    },
  ]
}
