/**
 * Findings → Markdown for somebody's issue tracker: what was used, what is wrong, what was seen, with the secrets masked.
 * Everything captured is words there, whatever it holds.
 */
import { roleOf } from '../acme/fold/lanes.ts'
import type { Analysis, Step } from '../acme/model.ts'
import type { Verdict } from '../acme/verdict/verdict.ts'
import { headerValue } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import { maskable } from '../redact/mask.ts'
import { startRedaction } from '../redact/redact.ts'
import { LEVELS } from '../redact/rules.ts'
import { citationOf } from '../reference.ts'
import { type Cause, toCauses } from './checked.ts'
import { advice, block, cellCode, code, prose } from './markdown.ts'
import { counted } from './text.ts'

export interface BugReport {
  readonly analysis: Analysis
  /** All of the recording, as `check` orders them. */
  readonly findings: readonly Finding[]
  /** The one that is told of; null: all of them, after the verdict. */
  readonly about: Finding | null
  readonly verdict: Verdict
  /** Of acmescope, now; and when the recording was made, where that is known. */
  readonly toolVersion: string
  readonly recordedWith: string
  /** ISO 8601. */
  readonly startedAt: string
}

/** A tracker takes 65,536 characters, and nobody reads more than these. */
const MOST_FINDINGS = 20
const MOST_STEPS = 25
const MOST_PROBLEMS = 4
const MOST_PROBLEM = 3_000
const MOST_LINE = 400

/** Markdown; ends with a line break. Linear in the length of the recording. */
export function toBugReport(report: BugReport): string {
  const { analysis, findings, about } = report
  const scope = toScope(analysis)
  const causes = toCauses(findings)
  const told = about === null ? faultsOf(causes) : [find(causes, about) ?? { finding: about, consequences: [] }]
  const more = told.length - MOST_FINDINGS
  const parts = [
    ...(about === null ? [`# ${prose(scope.mask(report.verdict.title))}`, reasonOf(report.verdict, scope)] : []),
    ...told.slice(0, MOST_FINDINGS).map((cause) => findingPart(cause, scope, about === null ? '##' : '#')),
    ...(more > 0 ? [`And ${counted(more, 'finding')} more.`] : []),
    ...(told.length === 0 ? ['Nothing to remark.'] : []),
    versionsPart(report, scope),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** Mere remarks are told where there is nothing else. */
function faultsOf(causes: readonly Cause[]): readonly Cause[] {
  const faults = causes.filter(({ finding }) => finding.severity !== 'info')
  return faults.length ? faults : causes
}

function find(causes: readonly Cause[], wanted: Finding): Cause | null {
  for (const cause of causes) {
    const found = cause.finding === wanted ? cause : find(cause.consequences, wanted)
    if (found) return found
  }
  return null
}

const reasonOf = ({ reason }: Verdict, { mask }: Scope): string => prose(mask(reason))

// ───────────────────────────── what is looked up

interface Scope {
  readonly analysis: Analysis
  readonly stepOf: (exchange: string) => Step | undefined
  /** Puts names in the place of secrets. */
  readonly mask: (text: string) => string
}

function toScope(analysis: Analysis): Scope {
  const steps = new Map(analysis.steps.map((step) => [step.exchange, step]))
  const facts = [...analysis.steps.map(({ decoded }) => maskable(decoded)), ...analysis.connections]
  const { text } = startRedaction(facts, [], LEVELS.secrets)
  return { analysis, stepOf: (exchange) => steps.get(exchange), mask: text }
}

// ───────────────────────────── one finding

function findingPart({ finding, consequences }: Cause, scope: Scope, heading: '#' | '##'): string {
  const { id, severity, title, explanation, fix, reference } = finding
  const { mask } = scope
  const steps = finding.exchanges.flatMap((exchange) => scope.stepOf(exchange) ?? [])
  const page = `[${prose(`${citationOf(reference)}, ${reference.title}`)}](<${reference.url}>)`
  const parts = [
    `${heading} ${prose(mask(title))}`,
    `${severity === 'info' ? 'remark' : severity} ${code(id)}, see ${page}`,
    prose(mask(explanation)),
    fix === '' ? '' : `**What to do:** ${advice(mask(fix))}`,
    stepsTable(steps, scope),
    ...connectionLines(finding, scope),
    ...problemsOf(finding, steps, scope),
    followed(consequences, scope),
  ]
  return parts.filter(Boolean).join('\n\n')
}

function followed(consequences: readonly Cause[], { mask }: Scope): string {
  if (consequences.length === 0) return ''
  const lines = consequences
    .slice(0, MOST_FINDINGS)
    .map(({ finding }) => `- ${prose(mask(finding.title))} (${code(finding.id)})`)
  return ['What follows from it:', '', ...lines].join('\n')
}

/** Times are UTC, as the recording has them. */
function stepsTable(steps: readonly Step[], { mask }: Scope): string {
  if (steps.length === 0) return ''
  const rows = steps.slice(0, MOST_STEPS).map(({ sequence, time, operation, method, url, status, decoded }) => {
    const request = cellCode(`${method} ${mask(url)}`, MOST_LINE)
    const took = decoded.head.timings.total
    const length = took === undefined ? '' : `${Math.round(took)} ms`
    return `| ${sequence} | ${clock(time)} | ${prose(operation)} | ${request} | ${status ?? 'no answer'} | ${length} |`
  })
  const more = steps.length - rows.length
  return [
    '| step | time (UTC) | operation | request | status | took |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    ...(more > 0 ? [`| | | and ${counted(more, 'step')} more | | | |`] : []),
  ].join('\n')
}

/** `22:44:23.040`; empty for what is no time. */
const clock = (iso: string): string => (/^\d{4}-\d\d-\d\dT/.test(iso) ? iso.slice(11, 23) : '')

function connectionLines({ exchanges }: Finding, { analysis, mask }: Scope): readonly string[] {
  const wanted = new Set(exchanges)
  const lines = analysis.connections
    .filter(({ id }) => wanted.has(id))
    .slice(0, MOST_STEPS)
    .map(({ sequence, startedAt, host, outcome, failure }) => {
      const why = failure ? `: ${prose(mask(failure.message), MOST_LINE)}` : ''
      return `- step ${sequence}, ${clock(startedAt)}: connection to ${host === null ? 'an unnamed host' : code(host)}, ${outcome}${why}`
    })
  return lines.length ? [lines.join('\n')] : []
}

/** As the CA or the provider said it: the answers themselves, and what an object holds as its error. */
function problemsOf(finding: Finding, steps: readonly Step[], { analysis, mask }: Scope): readonly string[] {
  const answers = steps.flatMap(({ sequence, problem, status, decoded }) =>
    (problem || (status ?? 0) >= 400) && decoded.response.kind === 'json'
      ? [{ label: `The answer of step ${sequence}:`, value: decoded.response.value }]
      : [],
  )
  const object = analysis.challenges.get(finding.object ?? '') ?? analysis.orders.get(finding.object ?? '')
  const error = object?.wire?.error
  const errors = error === undefined ? [] : [{ label: `The error of ${code(mask(object?.url ?? ''))}:`, value: error }]
  return [...answers, ...errors]
    .slice(0, MOST_PROBLEMS)
    .map(({ label, value }) => `${label}\n\n${block(mask(jsonOf(value)), 'json', MOST_PROBLEM)}`)
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value, null, 2) ?? ''
  } catch {
    return 'nested too deeply to be shown'
  }
}

// ───────────────────────────── what was used

function versionsPart({ analysis, toolVersion, recordedWith, startedAt }: BugReport, { mask }: Scope): string {
  const lines = analysis.lanes.slice(0, MOST_LANES).flatMap(({ id, role, label, hosts }) => {
    const name = { client: 'Client', ca: 'CA', dns: 'DNS provider', other: null }[role]
    if (name === null) return []
    const said = role === 'client' ? agentOf(analysis, id) : hosts.slice(0, 3).join(', ')
    const detail = said === '' || said === label ? '' : ` (${code(mask(said), MOST_LINE)})`
    return [`- ${name}: ${prose(mask(label))}${detail}`]
  })
  const directories = [...analysis.directories.keys()].slice(0, 3).map((url) => `- Directory: ${code(mask(url))}`)
  const made = recordedWith === '' || recordedWith === toolVersion ? '' : `, recorded with ${prose(recordedWith)}`
  return [...lines, ...directories, `- Recorded: ${prose(startedAt)}`, `- acmescope ${prose(toolVersion)}${made}`].join(
    '\n',
  )
}

const MOST_LANES = 6

/** What the client says of itself to a CA; else at all. */
function agentOf({ steps }: Analysis, lane: string): string {
  const own = steps.filter(({ from }) => from === lane)
  const said = (step: Step | undefined): string =>
    (step && headerValue(step.decoded.head.request.headers, 'user-agent')) ?? ''
  return said(own.find(({ to }) => roleOf(to) === 'ca')) || said(own[0])
}
