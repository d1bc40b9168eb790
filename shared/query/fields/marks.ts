/** Fields: what an exchange has, and what it is. */
import { isQuestion } from '../../acme/flow/flow.ts'
import type { Analysis, Step } from '../../acme/model.ts'
import { moodOf } from '../../acme/mood.ts'
import { idOf, isStep, type Known, type Subject } from '../query.ts'
import { type Chapter, type Choice, choiceRow } from './row.ts'

/** Longer than this, in ms, is slow. */
const SLOW_FROM = 1000

const ofSteps = (value: string, meaning: string, holds: (step: Step, known: Known) => boolean): Choice => ({
  value,
  meaning,
  holds: (subject, known) => isStep(subject) && holds(subject, known),
})

/** A question after an object that an earlier answer showed. */
function looksAgain({ orders, authorizations, challenges }: Analysis, step: Step): boolean {
  if (!isQuestion(step)) return false
  const object = orders.get(step.url) ?? authorizations.get(step.url) ?? challenges.get(step.url)
  return object !== undefined && object.exchanges[0] !== step.exchange
}

const failureOf = (subject: Subject) => (isStep(subject) ? subject.decoded.head.failure : subject.failure)

export const marks: Chapter = {
  title: 'What it has, what it is',
  rows: [
    choiceRow({
      name: 'has',
      meaning: 'What there is of it.',
      example: 'has:problem',
      choices: [
        ofSteps('problem', 'the CA told a problem', ({ problem }) => problem !== null),
        {
          value: 'finding',
          meaning: 'a finding speaks of it',
          from: 'findings',
          holds: (subject, { findings }) => findings.has(idOf(subject)),
        },
        {
          value: 'note',
          meaning: 'somebody wrote a note on it',
          from: 'notes',
          holds: (subject, { notes }) => notes.has(idOf(subject)),
        },
        { value: 'failure', meaning: 'transport trouble', holds: (subject) => failureOf(subject) !== undefined },
        ofSteps('retry', 'sent again after its nonce was refused', ({ retryOf }) => retryOf !== null),
        ofSteps('jws', 'the request is signed', ({ decoded }) => decoded.jws !== null),
        ofSteps('payload', 'signed, and no POST-as-GET', ({ decoded }) => decoded.jws?.isPostAsGet === false),
        ofSteps('csr', 'the request carries a CSR', ({ decoded }) => decoded.csr !== null),
        ofSteps(
          'certificate',
          'the answer is a certificate',
          ({ decoded }) => decoded.response.kind === 'certificates',
        ),
        ofSteps('nonce', 'the answer gave out a nonce', ({ decoded }) => decoded.replayNonce !== null),
        ofSteps('txt', 'wrote or took away a record', ({ changes }) => changes.length > 0),
        ofSteps('order', 'belongs to an order', ({ order }) => order !== null),
      ],
    }),
    choiceRow({
      name: 'is',
      meaning: 'What it is.',
      example: 'is:failed',
      choices: [
        {
          value: 'failed',
          meaning: 'refused, invalid, or without an answer',
          holds: (subject) => (isStep(subject) ? moodOf(subject) === 'failed' : subject.failure !== undefined),
        },
        ofSteps('slow', 'took longer than a second', ({ decoded }) => (decoded.head.timings.total ?? 0) > SLOW_FROM),
        ofSteps('poll', 'asks again after an object', (step, { analysis }) => looksAgain(analysis, step)),
        ofSteps('open', 'has no answer yet', ({ decoded }) => decoded.head.state === 'in progress'),
        ofSteps('cut', 'the recording ended before the answer', ({ decoded }) => decoded.head.state === 'cut off'),
        ofSteps('acme', 'between a client and a CA', ({ to }) => to.startsWith('ca:')),
        ofSteps('dns', 'with a DNS provider', ({ to }) => to.startsWith('dns:')),
        ofSteps('other', 'nothing ACME asks for', ({ operation }) => operation === 'other'),
        { value: 'exchange', meaning: 'a request and its answer', holds: isStep },
        { value: 'connection', meaning: 'a connection without one', holds: (subject) => !isStep(subject) },
      ],
    }),
  ],
}
