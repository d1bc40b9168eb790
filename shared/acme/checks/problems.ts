/** What the CA itself says is wrong (RFC 8555 §6.7): each complaint by the first rule that fits, and none without a word. */
import type { Finding } from '../../finding.ts'
import { hostOf } from '../fold/lanes.ts'
import { caLabel } from '../known/cas.ts'
import { problemRow, reference } from '../registry/registry.ts'
import { accountRules } from './accounts.ts'
import { type Complaint, complaintsOf } from './complaints.ts'
import { dnsRules } from './dns.ts'
import type { Evidence } from './evidence.ts'
import { caErrorRules, limitRules } from './limits.ts'
import { orderRules } from './refusals.ts'
import { namesInWords, type Rule, ruleFor, toFinding } from './rule.ts'
import { typeRules, validationRules } from './validation.ts'
import { capital, clockTime, named, sentences, short } from './words.ts'

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
  const groups = new Map<string, { readonly rule: Rule; readonly complaints: [Complaint, ...Complaint[]] }>()
  const open: Complaint[] = []
  for (const complaint of complaintsOf(evidence)) {
    const rule = ruleFor(rules, complaint, evidence)
    if (!rule) {
      open.push(complaint)
      continue
    }
    const key = keyOf(rule, complaint)
    const group = groups.get(key)
    if (group) group.complaints.push(complaint)
    else groups.set(key, { rule, complaints: [complaint] })
  }
  return { findings: [...groups.values()].map(({ rule, complaints }) => toFinding(rule, complaints, evidence)), open }
}

/** A challenge fails once, with values of its own. */
function keyOf({ id }: Rule, { where, step, challenge, order, names }: Complaint): string {
  if (where !== 'answer') return [id, challenge?.url ?? order?.url].join('\n')
  return [id, step.from, step.operation, step.url, ...names].join('\n')
}

// ───────────────────────────── the rest

const otherRule: Rule = {
  id: 'problem.other',
  reference: reference('RFC 8555 §6.7'),
  say: (complaint, evidence) => {
    const { step, problem, challenge, where } = complaint
    const what = short(
      problem.acmeType ?? problem.title ?? (problem.type === 'about:blank' ? `status ${step.status}` : problem.type),
    )
    const proof = challenge?.proof
    return {
      title:
        where === 'challenge'
          ? `The ${short(challenge?.type ?? 'unknown')} validation of ${namesInWords(complaint)} failed: ${what}`
          : `${capital(named(step))} was refused: ${what}`,
      explanation: sentences(
        `${caLabel(hostOf(step.url))} told ${evidence.clientOf(step)} at ${clockTime(step.time)}.`,
        problemRow(problem.acmeType)?.meaning,
        where === 'challenge' &&
          proof?.kind === 'txt' &&
          `It looked for ${short(proof.value ?? 'the digest')} at ${short(proof.name)}; nothing in this recording shows that being written.`,
      ),
      fix: 'Act on the CA’s own words; its documentation lists what it accepts.',
    }
  },
}

/** What other checks may say of an exchange without saying why it was refused. */
const REMARKS =
  /^(?:poll|recording)\.|^(?:request\.no-user-agent|nonce\.unknown|state\.illegal-transition|order\.never-finished|account\.not-persisted|dns\.record-left-behind)$/

/** Complaints that neither a rule nor another check's finding explains. */
export function tellTheRest(
  evidence: Evidence,
  open: readonly Complaint[],
  told: readonly Finding[],
): readonly Finding[] {
  const explained = new Set(told.filter(({ id }) => !REMARKS.test(id)).flatMap(({ exchanges }) => exchanges))
  return open
    .filter(({ step, where }) => where !== 'answer' || !explained.has(step.exchange))
    .map((complaint) => withCitation(toFinding(otherRule, [complaint], evidence), complaint))
}

function withCitation(finding: Finding, { problem }: Complaint): Finding {
  const row = problemRow(problem.acmeType)
  return row ? { ...finding, reference: reference(row.cite) } : finding
}
