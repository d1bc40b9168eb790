/** What the client did with its TXT records (RFC 8555 §8.4): given up on, written for nothing, or left behind. */

import { providerNamed } from '../../dns/providers.ts'
import type { Finding } from '../../finding.ts'
import { isCutText } from '../cut.ts'
import { authorizedName } from '../fold/step.ts'
import { grouped } from '../grouped.ts'
import { cureFor } from '../known/cures.ts'
import type { Authorization, Challenge, DnsChange, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import { mismatch } from './dns.ts'
import { judgeWrites, keptBy, takenBack, type Verdict, type Write } from './dns-writes.ts'
import { type Evidence, isAnswered } from './evidence.ts'
import { severityAfter, subjects } from './outcome.ts'
import { between, clockTime, inWords, named, sentences, short, span } from './words.ts'

export function checkDnsCourse(evidence: Evidence): readonly Finding[] {
  const authorizations = [...evidence.analysis.authorizations.values()]
  const lost = new Set(authorizations.filter(isInvalid).flatMap(({ orders }) => orders))
  return [
    ...authorizations.flatMap((authorization) => undecided(evidence, authorization, lost)),
    ...leftBehind(evidence),
  ]
}

const isInvalid = ({ history }: Authorization): boolean => history.some(({ status }) => status === 'invalid')
const isValid = ({ history }: Authorization): boolean => history.some(({ status }) => status === 'valid')

// ───────────────────────────── not decided

/**
 * An authorization whose record was written, and that nothing came of.
 * @param lost orders that failed by another name's proof: then it is right to give up
 */
function undecided(evidence: Evidence, authorization: Authorization, lost: ReadonlySet<string>): readonly Finding[] {
  const all = authorization.challenges.flatMap((url) => evidence.analysis.challenges.get(url) ?? [])
  const challenge = all.find(({ proof }) => proof?.kind === 'txt')
  if (!challenge || isInvalid(authorization) || isValid(authorization) || all.some(({ error }) => error)) return []
  const { verdict, writes } = judgeWrites(evidence, challenge)
  const last = writes.at(-1)
  if (!last || authorization.orders.some((order) => lost.has(order))) return []
  const isTold = all.some((one) => isAnswered(evidence, one))
  return [
    ...(verdict === 'mismatch' && evidence.isOver ? [wrongValue(evidence, authorization, challenge, last)] : []),
    ...(isTold ? [] : gaveUp(evidence, { authorization, challenge, last, verdict })),
  ]
}

const groups = (evidence: Evidence, authorization: Authorization): readonly (readonly string[])[] => {
  const name = authorizedName(authorization)
  return [
    [subjects.object(authorization.url)],
    name === null ? [] : [subjects.proof(evidence.caOf(authorization.url), name)],
  ]
}

const wrongValue = (
  evidence: Evidence,
  authorization: Authorization,
  challenge: Challenge,
  { step }: Write,
): Finding => ({
  id: 'dns.txt-mismatch',
  severity: severityAfter(evidence.outcomes, step.sequence, groups(evidence, authorization)),
  fix: '',
  ...mismatch({ challenge, step, where: 'answer' }, evidence),
  reference: reference('RFC 8555 §8.4'),
  exchanges: [step.exchange],
  object: challenge.url,
  consequenceOf: null,
})

interface Course {
  readonly authorization: Authorization
  readonly challenge: Challenge
  readonly last: Write
  readonly verdict: Verdict
}

function gaveUp(evidence: Evidence, { authorization, challenge, last, verdict }: Course): readonly Finding[] {
  const removal = takenBack(evidence.writes, last)
  const ended = deactivatedIn(evidence, authorization)
  const step = removal?.step ?? ended
  if (!step) return []
  const name = short(authorizedName(authorization) ?? authorization.url)
  const waited = between(last.change.at, step.time)
  return [
    {
      id: 'dns.gave-up-waiting',
      severity: severityAfter(evidence.outcomes, step.sequence, groups(evidence, authorization)),
      title: `${evidence.clientOf(step)} gave up on ${name} before it told the CA to look`,
      explanation: sentences(
        `It wrote ${short(last.change.value ?? 'the TXT record')} at ${clockTime(last.change.at)} in ${named(last.step)}`.concat(
          removal ? ` and deleted it at ${clockTime(removal.change.at)} in ${named(removal.step)}` : '',
          waited === null ? '.' : `, ${span(waited)} later.`,
        ),
        ended && `It deactivated the authorization at ${clockTime(ended.time)}.`,
        'The challenge was never answered.',
        verdict === 'written' &&
          'Clients look for the record themselves first, and this one did not see it in that time.',
      ),
      fix: sentences(
        'The client’s own look-ups do not go through the recorder: see in its log which name server it asked. A resolver that remembers “no such record”, a zone served by other name servers than the provider’s, or too short a time are the usual reasons.',
        cureFor('propagation', evidence.clientRowOf(step)),
      ),
      reference: reference('RFC 8555 §8.4'),
      exchanges: [step.exchange, last.step.exchange],
      object: challenge.url,
      consequenceOf: null,
    },
  ]
}

const deactivatedIn = ({ stepOf }: Evidence, { history }: Authorization): Step | undefined =>
  stepOf(history.find(({ status }) => status === 'deactivated')?.exchange ?? '')

// ───────────────────────────── left behind

/** Records that nothing took away, once it is decided what they were for. */
function leftBehind(evidence: Evidence): readonly Finding[] {
  if (!evidence.isOver) return []
  const standing = [...evidence.analysis.index.dns.standing.values()].flatMap((values) => [...values.values()])
  const writes = standing.filter(isToBeDeleted).flatMap((change) => {
    const step = evidence.stepOf(change.exchange)
    return step ? { change, step } : []
  })
  const byOrder = grouped(
    writes.toSorted((a, b) => a.step.sequence - b.step.sequence),
    ({ change }) => decidedOrder(evidence, change) ?? '',
  )
  return [...byOrder].flatMap(([order, all]) => (order === '' ? [] : left(evidence, order, all)))
}

/** At a provider whose deletions can be read, if there are any; cut values cannot be told apart. */
function isToBeDeleted({ provider, action, value, recordId }: DnsChange): boolean {
  const row = providerNamed(provider)
  const isCut = isCutText(value ?? '') || isCutText(recordId ?? '')
  return action === 'create' && !isCut && row !== null && row.keepsRecords !== true
}

/** A record of dns-persist-01 is meant to stay. */
function decidedOrder({ analysis }: Evidence, { matches }: DnsChange): string | null {
  for (const { challenge: url, authorization } of matches) {
    const challenge = analysis.challenges.get(url)
    const owner = analysis.authorizations.get(authorization ?? '')
    if (challenge?.proof?.kind === 'txt' && owner && owner.status !== 'pending') return owner.orders[0] ?? null
  }
  return null
}

function left(evidence: Evidence, order: string, writes: readonly [Write, ...Write[]]): readonly Finding[] {
  const [first] = writes
  const names = [...new Set(writes.map(({ change }) => short(change.name ?? 'a record')))]
  const kept = keptBy(evidence.writes, first)
  return [
    {
      id: 'dns.record-left-behind',
      severity: 'warning',
      title: `${writes.length === 1 ? 'A TXT record was' : `${writes.length} TXT records were`} left behind at ${first.change.provider}: ${inWords(names)}`,
      explanation: sentences(
        `Written from ${clockTime(first.change.at)} on, by ${named(first.step)}, for an order that is decided, and not deleted in this recording.`,
        kept && `A deletion was refused at ${clockTime(kept.step.time)} in ${named(kept.step)}.`,
      ),
      fix: `Delete ${writes.length === 1 ? 'it' : 'them'} by hand. What stays makes later runs fail where a provider refuses the same record twice, and the answers for the name grow. See why ${evidence.clientOf(first.step)} did not clear up: it was stopped, or its clean-up hook fails.`,
      reference: reference('RFC 8555 §8.4'),
      exchanges: writes.map(({ step }) => step.exchange),
      object: order,
      consequenceOf: null,
    },
  ]
}
