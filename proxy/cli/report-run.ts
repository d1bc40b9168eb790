// What `run` says when its command has ended: the steps, then the findings. On stderr, because stdout is the command's own.
import type { Fact } from '../../shared/exchange.ts'
import type { Severity } from '../../shared/finding.ts'
import type { Store } from '../store/store.ts'
import { hasAtLeast, judge } from './analysis.ts'
import { say } from './output.ts'
import { findingLines, stepLines } from './table.ts'

/** True when a finding is at or above `failOn`; without it never. */
export async function reportRun(store: Store, recording: string, failOn?: Severity): Promise<boolean> {
  const facts: Fact[] = []
  for await (const { fact } of store.facts(recording, 0)) facts.push(fact)
  const { analysis, findings } = await judge(facts, await store.keys(recording))
  say('')
  for (const line of stepLines(analysis)) say(line)
  for (const line of findings.flatMap((finding) => ['', ...findingLines(finding)])) say(line)
  say(`\nrecorded as ${recording}: acmescope show ${recording}`)
  return failOn !== undefined && hasAtLeast(findings, failOn)
}
