/** What a report on findings is made of: which follows from which, and where in the recording each shows. */
import type { Analysis, Step } from '../acme/model.ts'
import type { Connection } from '../exchange.ts'
import { type Finding, SEVERITIES, type Severity } from '../finding.ts'
import { urlPlace } from '../url-place.ts'
import { counted } from './text.ts'

/** A recording that was judged. */
export interface Checked {
  readonly name: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly analysis: Analysis
  /** As `check` orders them. */
  readonly findings: readonly Finding[]
}

/** From which severity on somebody's CI is to fail. */
export type FailOn = 'error' | 'warning' | 'never'

/** Whether a finding is as bad as `failOn`, or worse. */
export const fails = ({ severity }: Finding, failOn: FailOn): boolean =>
  failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn)

/** `2 errors, 1 warning`; an empty text when there is nothing to count. */
export function tally(findings: readonly Finding[]): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  return SEVERITIES.filter((severity) => count(severity) > 0)
    .map((severity) => counted(count(severity), severity === 'info' ? 'remark' : severity))
    .join(', ')
}

// ───────────────────────────── where

/** An exchange or a connection, as a reader of a report may look it up. */
export interface Place {
  readonly sequence: number
  /** `newOrder → 201`, `authorization for example.org → 200`, `connection to example.org`. */
  readonly label: string
  /** What stays the same in the next run: no number, no time, no URL. */
  readonly subject: string
}

/** By the ids that findings use. */
export function placesOf({ steps, connections }: Analysis): ReadonlyMap<string, Place> {
  const ofSteps = steps.map((step) => [step.exchange, stepPlace(step)] as const)
  return new Map([
    ...ofSteps,
    ...connections.map((connection) => [connection.id, connectionPlace(connection)] as const),
  ])
}

function stepPlace({ sequence, operation, identifier, status, method, url }: Step): Place {
  const subject = identifier === null ? operation : `${operation} for ${identifier}`
  const label = operation === 'other' ? `${method} ${urlPlace(url)}` : subject
  return { sequence, label: `${label} → ${status ?? 'no answer'}`, subject }
}

function connectionPlace({ sequence, host }: Connection): Place {
  const subject = host === null ? 'connection' : `connection to ${host}`
  return { sequence, label: subject, subject }
}

/** The places of one finding, in the order of the recording. */
export const placesIn = ({ exchanges }: Finding, places: ReadonlyMap<string, Place>): readonly Place[] =>
  exchanges.flatMap((id) => places.get(id) ?? []).toSorted((a, b) => a.sequence - b.sequence)

// ───────────────────────────── what follows from what

/** A finding, and those that would not be there without it. */
export interface Cause {
  readonly finding: Finding
  readonly consequences: readonly Cause[]
}

/** Causes, each with its consequences, in the order given. None is lost: one whose cause is not there is a cause. */
export function toCauses(findings: readonly Finding[]): readonly Cause[] {
  const causes = causesOf(findings)
  const roots: Finding[] = []
  const consequences = new Map<Finding, Finding[]>()
  for (const finding of findings) {
    const cause = causes.get(finding)
    if (cause && hasRoot(finding, causes)) push(consequences, cause, finding)
    else roots.push(finding)
  }
  const toCause = (finding: Finding): Cause => ({
    finding,
    consequences: (consequences.get(finding) ?? []).map(toCause),
  })
  return roots.map(toCause)
}

/** What follows from it, and from that in turn, each after what it follows from. */
export const beneath = ({ consequences }: Cause): readonly Finding[] =>
  consequences.flatMap((one) => [one.finding, ...beneath(one)])

function push(lists: Map<Finding, Finding[]>, key: Finding, finding: Finding): void {
  const list = lists.get(key)
  if (list) list.push(finding)
  else lists.set(key, [finding])
}

/**
 * `consequenceOf` names a kind. Of several findings of that kind the one that shows where `causeShows` says is meant, or
 * else the one about the same thing, or else the first.
 */
function causesOf(findings: readonly Finding[]): ReadonlyMap<Finding, Finding> {
  const known = new Map<string, Finding>()
  for (const finding of findings)
    for (const key of keysOf(finding.id, finding)) if (!known.has(key)) known.set(key, finding)
  return new Map(
    findings.flatMap((finding) => {
      const { consequenceOf: id, causeShows } = finding
      const keys = id === null ? [] : [...(causeShows ? [`${id} ${causeShows}`] : []), ...keysOf(id, finding)]
      const cause = keys.map((key) => known.get(key)).find((one) => one !== undefined && one !== finding)
      return cause ? [[finding, cause] as const] : []
    }),
  )
}

const keysOf = (id: string, { object, exchanges }: Finding): readonly string[] => [
  ...(object === null ? [] : [`${id} ${object}`]),
  ...exchanges.map((exchange) => `${id} ${exchange}`),
  id,
]

/** More links than this are a circle. */
const LONGEST_CHAIN = 64

function hasRoot(finding: Finding, causes: ReadonlyMap<Finding, Finding>): boolean {
  let at: Finding | undefined = finding
  for (let links = 0; at && links < LONGEST_CHAIN; links++) at = causes.get(at)
  return at === undefined
}
