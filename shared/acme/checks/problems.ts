/** What the CA itself says is wrong (RFC 8555 §6.7): each complaint by the first rule that fits, and none without a word. */
import type { Finding } from '../../finding.ts'
import { hostOf } from '../fold/lanes.ts'
import { grouped } from '../grouped.ts'
import { caLabel } from '../known/cas.ts'
import type { Challenge, Problem, Proof } from '../model.ts'
import { nameOfProblem } from '../problem.ts'
import { problemRow, reference } from '../registry/registry.ts'
import { accountRules } from './accounts.ts'
import { type Complaint, complaintsOf } from './complaints.ts'
import { dnsRules } from './dns.ts'
import { judgeWrites } from './dns-writes.ts'
import type { Evidence } from './evidence.ts'
import { caErrorRules, limitRules } from './limits.ts'
import { orderRules } from './refusals.ts'
import { detailOf, namesInWords, type Rule, ruleFor, toFinding } from './rule.ts'
import { typeRules, validationRules } from './validation.ts'
import { capital, clockTime, inWords, named, quoted, sentences, short } from './words.ts'

/** The first that fits counts, so what is particular comes before what goes by type alone. */
const rules: readonly Rule[] = [
  ...accountRules,
  ...limitRules,
  ...orderRules,
  ...validationRules,
  ...dnsRules,
  ...typeRules,
  ...caErrorRules,
]

export interface Judgement {
  readonly findings: readonly Finding[]
  /** Complaints that no rule explains. Other checks may. */
  readonly open: readonly Complaint[]
}

/** The same complaint of the same client about the same names is told once. */
export function judgeComplaints(evidence: Evidence): Judgement {
  const groups = new Map<string, { rule: Rule; readonly complaints: [Complaint, ...Complaint[]] }>()
  const open: Complaint[] = []
  for (const complaint of complaintsOf(evidence)) {
    const rule = ruleFor(rules, complaint, evidence)
    if (!rule) {
      open.push(complaint)
      continue
    }
    const key = keyOf(rule, complaint, evidence)
    const group = groups.get(key)
    if (!group) groups.set(key, { rule, complaints: [complaint] })
    else {
      group.rule = rule
      group.complaints.push(complaint)
    }
  }
  return { findings: [...groups.values()].map(({ rule, complaints }) => toFinding(rule, complaints, evidence)), open }
}

/** A client that orders again after each failure has a new order and new challenges each time, and the same trouble. */
function keyOf({ id }: Rule, { where, step, challenge, order, names }: Complaint, { caOf }: Evidence): string {
  if (where === 'answer') return [id, step.from, step.operation, step.url, ...names].join('\n')
  if (names.length === 0) return [id, challenge?.url ?? order?.url].join('\n')
  return [id, where, step.from, caOf(step.url), challenge?.type, ...names].join('\n')
}

// ───────────────────────────── the rest

const otherRule: Rule = {
  id: 'problem.other',
  reference: reference('RFC 8555 §6.7'),
  say: (complaint, evidence) => {
    const { step, problem, challenge, where } = complaint
    const what = short(nameOfProblem(problem) ?? `status ${step.status}`)
    return {
      title: `${
        {
          answer: `${capital(named(step))} was refused`,
          challenge: `The ${short(challenge?.type ?? 'unknown')} validation of ${namesInWords(complaint)} failed`,
          order: `The order for ${namesInWords(complaint)} failed`,
        }[where]
      }: ${what}`,
      explanation: sentences(
        `${caLabel(hostOf(step.url))} told ${evidence.clientOf(step)} at ${clockTime(step.time)}.`,
        problemRow(problem.acmeType)?.meaning,
        where === 'challenge' && challenge && lookedFor(challenge, evidence),
      ),
      fix: 'Act on the CA’s own words; its documentation lists what it accepts.',
    }
  },
}

/** What a TXT record had to be, and what was written instead. */
function lookedFor(challenge: Challenge, evidence: Evidence): string {
  const { proof } = challenge
  if (proof?.kind !== 'txt' && proof?.kind !== 'persistent-txt') return ''
  const wanted = proof.kind === 'txt' ? short(proof.value ?? 'the digest') : lastingRecord(proof)
  const { writes } = judgeWrites(evidence, challenge)
  const written = writes.map(({ change, step }) => `${quoted(change.value ?? '')} in ${named(step)}`)
  const instead = written.length
    ? `written was ${inWords(written)}`
    : 'nothing in this recording shows that being written'
  return `It looked for ${wanted} at ${short(proof.name)}; ${instead}.`
}

const lastingRecord = ({ issuers, account, wildcard }: Proof & { readonly kind: 'persistent-txt' }): string =>
  `a record that names ${issuers.map(short).join(' or ') || 'the CA'} and ${account === null ? 'the account' : `accounturi=${short(account)}`}${wildcard ? ', with policy=wildcard,' : ''}`

/** What other checks may say of an exchange without saying why it was refused. */
const REMARKS =
  /^(?:poll|recording)\.|^(?:request\.no-user-agent|nonce\.unknown|state\.illegal-transition|order\.never-finished|account\.not-persisted|dns\.record-left-behind)$/

/** Findings about a request that explain some of what it may be answered, and nothing else. */
const PARTLY: readonly (readonly [ids: RegExp, explains: (problem: Problem) => boolean])[] = [
  // The try that ended a row of refused nonces may have been refused for a reason of its own.
  [/^nonce\.rejected-/, ({ acmeType }) => acmeType === 'badNonce'],
  // How it was sent over HTTP: for that RFC 8555 has no type of its own.
  [
    /^(?:jws\.content-type|request\.not-post-as-get)$/,
    ({ acmeType, type }) => acmeType === 'malformed' || type === 'about:blank',
  ],
]

/** Complaints that neither a rule nor another check's finding explains. */
export function tellTheRest(
  evidence: Evidence,
  open: readonly Complaint[],
  told: readonly Finding[],
): readonly Finding[] {
  const explained = grouped(
    told.filter(({ id }) => !REMARKS.test(id)).flatMap(({ id, exchanges }) => exchanges.map((at) => ({ at, id }))),
    ({ at }) => at,
  )
  const isExplained = ({ step, problem }: Complaint): boolean =>
    (explained.get(step.exchange) ?? []).some(({ id }) => PARTLY.find(([ids]) => ids.test(id))?.[1](problem) ?? true)
  const rest = open.filter((complaint) => complaint.where !== 'answer' || !isExplained(complaint))
  const same = (one: Complaint): string => `${keyOf(otherRule, one, evidence)}\n${one.problem.type}\n${detailOf(one)}`
  return [...grouped(rest, same).values()].map((all) => withCitation(toFinding(otherRule, all, evidence), all[0]))
}

function withCitation(finding: Finding, { problem }: Complaint): Finding {
  const row = problemRow(problem.acmeType)
  return row ? { ...finding, reference: reference(row.cite) } : finding
}
