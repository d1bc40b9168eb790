/** How a complaint of the CA becomes a finding: rules, tried in order. On the type first, then on hints in the detail. */
import type { Finding } from '../../finding.ts'
import type { Reference } from '../../reference.ts'
import { cureFor, type Topic } from '../known/cures.ts'
import type { Operation } from '../model.ts'
import { nameOfProblem } from '../problem.ts'
import type { Complaint } from './complaints.ts'
import type { Evidence } from './evidence.ts'
import { severityAfter, subjects } from './outcome.ts'
import { howOften, inWords, quoted, sentences, short } from './words.ts'

export interface Rule {
  readonly id: string
  /** Last parts of ACME's error URNs; any where there are none. */
  readonly types?: readonly string[]
  readonly where?: Complaint['where']
  readonly operations?: readonly Operation[]
  /** Types of challenge. */
  readonly challenges?: readonly string[]
  /** Of the detail, or of a subproblem's. */
  readonly hint?: RegExp
  readonly holds?: (complaint: Complaint, evidence: Evidence) => boolean
  /** All is as it was to be, though the CA refused. */
  readonly isHarmless?: (complaint: Complaint, evidence: Evidence) => boolean
  readonly reference: Reference
  /** What the cure is about; its words for this client follow those of `say`. */
  readonly topic?: Topic
  readonly say: (complaint: Complaint, evidence: Evidence) => Said
}

export interface Said {
  readonly title: string
  /** What the CA said follows by itself. */
  readonly explanation: string
  readonly fix?: string
}

/** The first rule that fits. */
export const ruleFor = (rules: readonly Rule[], complaint: Complaint, evidence: Evidence): Rule | undefined =>
  rules.find((rule) => fits(rule, complaint) && (rule.holds?.(complaint, evidence) ?? true))

function fits({ types, where, operations, challenges, hint }: Rule, complaint: Complaint): boolean {
  const { problem, step, challenge } = complaint
  return (
    (types === undefined || types.includes(problem.acmeType ?? '')) &&
    (where === undefined || where === complaint.where) &&
    (operations === undefined || operations.includes(step.operation)) &&
    (challenges === undefined || (complaint.where === 'challenge' && challenges.includes(challenge?.type ?? ''))) &&
    (hint === undefined || hint.test(detailOf(complaint)))
  )
}

/** A hint stands near the beginning; the rest of a long detail is not searched. */
const MAX_SEARCHED = 2_000
const MAX_SUBPROBLEMS = 20

/** All that the CA said, as far as hints are looked for in it. */
export const detailOf = ({ problem }: Complaint): string =>
  [problem, ...problem.subproblems.slice(0, MAX_SUBPROBLEMS)]
    .map(({ detail }) => (detail ?? '').slice(0, MAX_SEARCHED))
    .join('\n')

// ───────────────────────────── the finding

/** @param complaints the same again and again: at least one; the last one is described */
export function toFinding(rule: Rule, complaints: readonly [Complaint, ...Complaint[]], evidence: Evidence): Finding {
  const complaint = complaints.at(-1) ?? complaints[0]
  const { title, explanation, fix } = rule.say(complaint, evidence)
  const cure = rule.topic === undefined ? null : cureFor(rule.topic, evidence.clientRowOf(complaint.step))
  return {
    id: rule.id,
    severity: rule.isHarmless?.(complaint, evidence)
      ? 'info'
      : severityAfter(evidence.outcomes, complaint.step.sequence, groupsOf(complaint, evidence)),
    title,
    explanation: sentences(explanation, words(complaint), howOften(complaints.map(({ step }) => step))),
    fix: sentences(fix, cure),
    reference: rule.reference,
    exchanges: [...new Set(complaints.map(({ step }) => step.exchange))],
    object:
      complaint.challenge?.url ?? (complaint.where === 'order' ? complaint.order?.url : null) ?? complaint.step.url,
    consequenceOf: null,
  }
}

/** The CA's own words; subproblems are listed by name (§6.7.1). */
function words({ where, problem, step }: Complaint): string {
  const status = where === 'answer' && step.status !== null ? `${step.status} ` : ''
  const detail = problem.detail === null ? '' : `: ${quoted(problem.detail)}`
  const name = nameOfProblem(problem)
  const said = name === null ? `The CA said ${status}and no more.` : `The CA said ${status}${short(name)}${detail}.`
  const each = problem.subproblems
    .slice(0, MAX_SUBPROBLEMS)
    .map(({ identifier, acmeType, type, detail }) =>
      sentences(
        `${short(identifier?.value ?? 'a name')}: ${short(acmeType ?? type)}`,
        detail !== null && quoted(detail),
      ),
    )
  const more = problem.subproblems.length - each.length
  return each.length ? `${said} By name: ${each.join('; ')}${more > 0 ? `; and ${more} more` : ''}.` : said
}

/** What would have to succeed later for this to be no more than a remark. */
function groupsOf({ where, step, order, authorization, challenge, names }: Complaint, { caOf }: Evidence) {
  const ca = caOf(step.url)
  if (where === 'challenge') {
    return [
      names.map((name) => subjects.proof(ca, name)),
      [subjects.object(challenge?.url ?? '')],
      [subjects.object(authorization?.url ?? '')],
      names.map(subjects.served),
    ]
  }
  return [
    ...(where === 'answer' ? [[subjects.request(step)]] : []),
    names.map((name) => subjects.certificate(ca, name)),
    // Clients with a second CA to fall back to (Caddy, acme.sh) get there all the same.
    names.map(subjects.served),
    ...(order ? [[subjects.object(order.url)]] : []),
  ]
}

/** `example.test and *.example.test`. */
export const namesInWords = ({ names }: Complaint): string => inWords(names.map(short)) || 'this request'
