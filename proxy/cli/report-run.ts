// What `run` says when its command has ended: the steps, then the findings. On stderr, because stdout is the command's own.
import type { Fact } from '../../shared/exchange.ts'
import type { Recording } from '../../shared/recording.ts'
import { type FailOn, fails } from '../../shared/report/checked.ts'
import type { Store } from '../store/store.ts'
import { judge } from './analysis.ts'
import { findingLines, paperOf, tallyLine } from './finding-lines.ts'
import { say } from './output.ts'
import { stepLines } from './table.ts'

/** True when a finding is at or above `failOn`. */
export async function reportRun(
  store: Store,
  { id, name }: Pick<Recording, 'id' | 'name'>,
  failOn: FailOn,
): Promise<boolean> {
  const facts: Fact[] = []
  for await (const { fact } of store.facts(id, 0)) facts.push(fact)
  const checked = { name, ...(await judge(facts, await store.keys(id))) }
  say('')
  for (const line of stepLines(checked.analysis, process.stderr)) say(line)
  const lines = findingLines(checked, paperOf(process.stderr))
  // As they are: `say` would take the colours for something that steers the terminal, and they hold no captured control.
  for (const line of lines.length ? ['', ...lines] : []) process.stderr.write(`${line}\n`)
  say('')
  say(tallyLine(checked))
  say(`recorded as ${id}: acmescope show ${id}`)
  return checked.findings.some((finding) => fails(finding, failOn))
}
