/** Was every order finalized when it was ready, and seen through to its end (RFC 8555 §7.4)? */
import type { Finding } from '../../finding.ts'
import { placeOf } from '../fold/sequence.ts'
import { authorizedName } from '../fold/step.ts'
import type { Authorization, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { checkUnfinished } from './unfinished.ts'
import { answerOf, capital, clockTime, inWords, named, short } from './words.ts'

export function checkOrders(evidence: Evidence): readonly Finding[] {
  return [...tooEarly(evidence), ...checkUnfinished(evidence)]
}

/** Of each order the first time, and the first time after it had been finalized. */
function tooEarly(evidence: Evidence): readonly Finding[] {
  const found = new Map<string, Finding>()
  for (const step of evidence.stepsDoing('finalize')) {
    if (step.problem?.acmeType !== 'orderNotReady') continue
    const before = acceptedBefore(evidence, step)
    const key = `${before ? 'again' : 'early'} ${step.order ?? step.url}`
    if (!found.has(key)) found.set(key, before ? finalizedAgain(step, before) : finalizedEarly(evidence, step))
  }
  return [...found.values()]
}

function acceptedBefore(evidence: Evidence, step: Step): Step | undefined {
  const finalized = evidence.stepOf(evidence.analysis.orders.get(step.order ?? '')?.finalizedBy ?? '')
  return finalized && finalized.sequence < step.sequence && finalized.status !== null && finalized.status < 300
    ? finalized
    : undefined
}

const about = (step: Step) => ({
  id: 'order.finalized-before-ready',
  reference: reference('RFC 8555 §7.4'),
  object: step.order,
  consequenceOf: null,
})

const finalizedAgain = (step: Step, before: Step): Finding => ({
  ...about(step),
  severity: 'info',
  title: `${capital(named(step))} finalizes an order that ${named(before)} had finalized already`,
  explanation: `${capital(named(before))} was answered ${answerOf(before)} at ${clockTime(before.time)}; the second time the CA answered ${answerOf(step)}.`,
  fix: 'Nothing to do: the first CSR counts. A client asks for the order, and takes the certificate when it is valid.',
  exchanges: [step.exchange, before.exchange],
})

function finalizedEarly(evidence: Evidence, step: Step): Finding {
  const order = evidence.analysis.orders.get(step.order ?? '')
  const unproven = (order?.authorizations ?? []).flatMap((url) => {
    const authorization = evidence.analysis.authorizations.get(url)
    const status = authorization && statusBefore(authorization, step)
    const name = authorization && short(authorizedName(authorization) ?? authorization.url)
    return name && status !== 'valid' ? [{ name, status }] : []
  })
  const names = unproven.map(({ name }) => name)
  return {
    ...about(step),
    severity: order?.status === 'valid' ? 'info' : 'error',
    title: unproven.length
      ? `${capital(named(step))} finalizes an order before ${inWords(names)} ${unproven.length === 1 ? 'is' : 'are'} proven`
      : `${capital(named(step))} finalizes an order that is not ready`,
    explanation: [
      unproven.length
        ? `As last seen at ${clockTime(step.time)}, these were not valid: ${inWords(unproven.map(({ name, status }) => `${name} (${short(status ?? 'never asked for')})`))}.`
        : 'All authorizations this recording shows were valid, but the order was not ready yet.',
      `The CA answered ${answerOf(step)}.`,
      order?.status === 'valid' ? 'Later the order became valid.' : '',
    ]
      .filter(Boolean)
      .join(' '),
    fix: unproven.some(({ status }) => status === 'invalid')
      ? `An order of which a proof failed cannot be saved. Find out why it failed; ${evidence.clientOf(step)} must then make a new order.`
      : `${evidence.clientOf(step)} must ask for the order until it is “ready”, which it is when each of its authorizations is valid, and then send the CSR.`,
    exchanges: [step.exchange],
  }
}

/** As the last answer before this request showed it; null when nobody had asked. */
function statusBefore({ history }: Authorization, step: Step): string | null {
  const seen = placeOf(history, Date.parse(step.time) + 1, ({ at }) => Date.parse(at))
  return history[seen - 1]?.status ?? null
}
