/** A limit of the CA was reached, or the CA has trouble of its own (RFC 8555 §6.6, §6.7): when may one try again? */
import { endedAt } from '../../exchange.ts'
import { hostOf } from '../fold/lanes.ts'
import { caLabel } from '../known/cas.ts'
import { limitRow } from '../known/limits.ts'
import { reference } from '../registry/registry.ts'
import type { Complaint } from './complaints.ts'
import type { Evidence } from './evidence.ts'
import { detailOf, namesInWords, type Rule, type Said } from './rule.ts'
import { capital, clockTime, moment, named, sentences, span } from './words.ts'

const isBusy = ({ problem, step, where }: Complaint): boolean =>
  (where === 'answer' ? step.status : problem.status) === 503 ||
  /service busy/i.test(detailOf({ problem } as Complaint))

const isLimit = ({ problem, step, where }: Complaint): boolean =>
  problem.acmeType === 'rateLimited' || (where === 'answer' && step.status === 429)

const limit = (id: string): Rule => ({
  id,
  holds: (complaint) => isLimit(complaint) && (limitRow(detailOf(complaint))?.id ?? 'limit.other') === id,
  reference: reference('RFC 8555 §6.6'),
  topic: 'retry',
  say: limited,
})

export const limitRules: readonly Rule[] = [
  {
    id: 'ca.overloaded',
    types: ['rateLimited'],
    holds: isBusy,
    reference: reference('RFC 8555 §6.6'),
    say: (complaint, evidence) => ({
      title: `${ca(complaint)} is busy`,
      explanation: `${capital(named(complaint.step))} was turned away at ${clockTime(complaint.step.time)}. This is load, no quota that was used up.`,
      fix: sentences(
        againAt(complaint),
        `If it lasts, space the requests of ${evidence.clientOf(complaint.step)} out: a CA may also answer like this to one address that asks too much.`,
      ),
    }),
  },
  limit('limit.paused'),
  limit('limit.failed-validations'),
  limit('limit.duplicate-certificate'),
  limit('limit.other'),
]

/** What nothing else explains comes last. */
export const caErrorRules: readonly Rule[] = [
  {
    id: 'ca.error',
    holds: ({ problem, step, where }) =>
      problem.acmeType === 'serverInternal' || (where === 'answer' && (step.status ?? 0) >= 500),
    reference: reference('RFC 8555 §6.7'),
    say: (complaint) => ({
      title: `${ca(complaint)} had an error of its own`,
      explanation: `It shows in ${named(complaint.step)} at ${clockTime(complaint.step.time)}.`,
      fix: sentences(
        'There is nothing wrong on this side. Try again later, and look at the status page of the CA if it stays.',
        againAt(complaint),
      ),
    }),
  },
]

const ca = ({ step }: Complaint): string => caLabel(hostOf(step.url))

function limited(complaint: Complaint, evidence: Evidence): Said {
  const row = limitRow(detailOf(complaint))
  const isLetsEncrypt = hostOf(complaint.step.url) === 'acme-v02.api.letsencrypt.org'
  return {
    title: `A limit of ${ca(complaint)} was reached for ${namesInWords(complaint)}`,
    explanation: sentences(
      `${evidence.clientOf(complaint.step)} asked in ${named(complaint.step)} at ${clockTime(complaint.step.time)}.`,
      row && `This is the limit ${row.name}.`,
      row && isLetsEncrypt && row.letsEncrypt,
    ),
    fix: sentences(againAt(complaint), row?.id === 'limit.paused' && UNPAUSE),
  }
}

const UNPAUSE =
  'Repair what made the validations fail, then open the link in the CA’s answer (whoever has the link can use it, so it is not repeated here) and unpause the names.'

// ───────────────────────────── when

/** From `Retry-After`, which counts from the answer, or from the words `retry after 2026-01-02 15:04:05 UTC` in the detail. */
function retryTime({ step, problem, where }: Complaint): number | null {
  const said = /retry after (\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/i.exec((problem.detail ?? '').slice(0, 2_000))
  const told = said ? Date.parse(`${said[1]}T${said[2]}Z`) : Number.NaN
  if (!Number.isNaN(told)) return told
  const { retryAfter, head } = step.decoded
  const answered = endedAt(head)
  return where !== 'answer' || retryAfter === null || Number.isNaN(answered) ? null : answered + retryAfter * 1000
}

function againAt(complaint: Complaint): string {
  const [at, answered] = [retryTime(complaint), endedAt(complaint.step.decoded.head)]
  if (at === null || Math.abs(at) > LAST_DATE) return ''
  return `Try again at ${moment(at)} or later, ${span(at - answered)} after this answer.`
}

/** Of JavaScript, in ms since the epoch: a hostile `Retry-After` may count further. */
const LAST_DATE = 8.64e15
