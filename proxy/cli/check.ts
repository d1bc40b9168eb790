// `acmescope check REC`: what is wrong in a recording, for people and for CI.
import { type Command, Option } from 'commander'
import type { Severity } from '../../shared/finding.ts'
import { openRecording } from '../open-recording.ts'
import { hasAtLeast, judge } from './analysis.ts'
import { withRecordings } from './options.ts'
import { printResult, say } from './output.ts'
import { findingLines } from './table.ts'

interface CheckFlags {
  readonly recordings: string
  readonly format: 'text' | 'json'
  readonly json?: boolean
  readonly failOn: Exclude<Severity, 'info'> | 'never'
}

export function register(program: Command): void {
  withRecordings(program.command('check'))
    .description('what is wrong in a recording')
    .argument('<recording>', 'id, unique prefix, name, latest, or a .har file')
    .addOption(new Option('--format <format>', 'form of the answer').choices(['text', 'json']).default('text'))
    .option('--json', 'the same as --format json')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when there are such findings')
        .choices(['error', 'warning', 'never'])
        .default('error'),
    )
    .action(checkRecording)
}

async function checkRecording(reference: string, { recordings, format, json, failOn }: CheckFlags): Promise<void> {
  const { facts, keys, problems } = await openRecording(reference, recordings)
  for (const problem of problems) say(problem)
  const { findings } = await judge(facts, keys)
  const lines = findings.flatMap((finding) => [...findingLines(finding), ''])
  const text = lines.length ? lines.join('\n') : 'nothing found\n'
  await printResult(json || format === 'json' ? `${JSON.stringify(findings, null, 2)}\n` : text)
  if (failOn !== 'never' && hasAtLeast(findings, failOn)) process.exitCode = 1
}
