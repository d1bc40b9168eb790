/** A client that tries again all night meets the same trouble each time: it is told once, as it was the last time. */
import type { Finding } from '../../finding.ts'
import { grouped } from '../grouped.ts'
import type { Evidence } from './evidence.ts'
import { howOften, sentences } from './words.ts'

/** Findings of one kind, severity, client and server whose titles differ in the numbers of steps at most. */
export function toldOnce(findings: readonly Finding[], evidence: Evidence): readonly Finding[] {
  return [...grouped(findings, (finding) => keyOf(finding, evidence)).values()].map((all) => merged(all, evidence))
}

function keyOf({ id, severity, title, exchanges, consequenceOf }: Finding, { stepOf }: Evidence): string {
  const step = stepOf(exchanges[0] ?? '')
  return [id, severity, consequenceOf, step?.from, step?.to, title.replace(/\bstep \d+/gi, 'step')].join('\n')
}

function merged(all: readonly [Finding, ...Finding[]], { stepOf }: Evidence): Finding {
  const last = all.at(-1) ?? all[0]
  if (all.length === 1) return last
  const shown = all.flatMap(({ exchanges }) => stepOf(exchanges[0] ?? '') ?? [])
  return {
    ...last,
    explanation: sentences(last.explanation, howOften(shown.toSorted((a, b) => a.sequence - b.sequence))),
    exchanges: [...new Set(all.flatMap(({ exchanges }) => exchanges))],
  }
}
