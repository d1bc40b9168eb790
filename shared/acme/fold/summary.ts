/** One line in plain words about each step. */
import type { Operation } from '../model.ts'
import { nameOfProblem } from '../problem.ts'
import { accountWords } from './words/account.ts'
import { certificateWords } from './words/certificate.ts'
import { dnsIntent, dnsOutcome, dnsRefusal } from './words/dns.ts'
import { inboundWords } from './words/inbound.ts'
import { orderWords } from './words/order.ts'
import { about, clip, type Subject, type Words, withStatus } from './words/subject.ts'

/** Long enough for what a CA says of a failure; a whole page of it belongs elsewhere. */
const MAX_LINE = 1000

export function summarise(subject: Subject): string {
  const line = clip(whatHappened(subject), MAX_LINE)
  return subject.isRetry ? `${line} (second try, after badNonce)` : line
}

function whatHappened(subject: Subject): string {
  const { head, problem } = subject.decoded
  if (head.inbound !== undefined) return inboundWords(subject)
  if (head.failure) return `No answer: ${head.failure.message}`
  if (head.state === 'in progress') return `${intent(subject)} …`
  if (head.state === 'cut off') return `${intent(subject)}: the recording ended before the answer`
  if (problem) return `${nameOfProblem(problem) ?? 'Problem'}: ${problem.detail ?? 'no detail given'}`
  const status = head.response?.status ?? 0
  if (subject.dns?.seen.accepted ?? status < 400) return outcome(subject)
  return `${intent(subject)}: refused with ${status}${subject.dns ? dnsRefusal(subject.dns.seen) : ''}`
}

const WORDS: Partial<Record<Operation, Words>> = {
  ...accountWords,
  ...orderWords,
  ...certificateWords,
  'validation.http-01': { intent: (subject) => `The CA fetches the proof${about(subject)}` },
}

/** What the request wants. */
function intent(subject: Subject): string {
  const { dns, operation, decoded } = subject
  const { method, url } = decoded.head.request
  const words = (dns && dnsIntent(dns, decoded)) ?? WORDS[operation]?.intent(subject)
  return words ?? `${method} ${URL.canParse(url) ? new URL(url).pathname : url}`
}

/** What came of it. */
function outcome(subject: Subject): string {
  const told = subject.dns && dnsOutcome(subject.dns)
  if (told) return `${intent(subject)}: ${told}`
  return WORDS[subject.operation]?.outcome?.(subject) ?? withStatus(intent(subject), subject)
}
