// What `run` says when its command has ended: the steps, then the findings. On stderr, because stdout is the command's own.
import { analyse, emptyAnalysis } from '../../shared/acme/analyse.ts'
import { check } from '../../shared/acme/checks/index.ts'
import { decodeAll } from '../../shared/acme/decode.ts'
import type { Analysis, Step } from '../../shared/acme/model.ts'
import type { Fact } from '../../shared/exchange.ts'
import { type Finding, SEVERITIES, type Severity } from '../../shared/finding.ts'
import type { Store } from '../store/store.ts'
import { say } from './output.ts'

/** True when a finding is at or above `failOn`; without it never. */
export async function reportRun(store: Store, recording: string, failOn?: Severity): Promise<boolean> {
  const facts: Fact[] = []
  for await (const { fact } of store.facts(recording, 0)) facts.push(fact)
  const analysis = analyse(emptyAnalysis, await decodeAll(facts))
  const findings = check(analysis)
  say('')
  for (const line of [...stepLines(analysis), ...findings.flatMap(findingLines)]) say(line)
  say(`\nrecorded as ${recording}: acmescope show ${recording}`)
  return failOn !== undefined && findings.some(({ severity }) => isAtLeast(severity, failOn))
}

const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least)

function stepLines({ steps }: Analysis): readonly string[] {
  const width = Math.max(0, ...steps.map(({ operation }) => operation.length))
  return steps.map((step) => `${stepStart(step)}  ${step.operation.padEnd(width)}  ${step.summary}`)
}

const stepStart = ({ sequence, time, status }: Step): string =>
  `${String(sequence).padStart(4)}  ${time.slice(11, 23)}  ${String(status ?? '-').padStart(3)}`

const findingLines = ({ severity, id, title, fix }: Finding): readonly string[] => [
  `\n${severity}: ${title} (${id})`,
  `  ${fix}`,
]
