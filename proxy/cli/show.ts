// `acmescope show REC`: the steps as a table, or everything that is known as JSON.
import type { Command } from 'commander'
import { toShowJson } from '../../shared/acme/show.ts'
import { openRecording } from '../open-recording.ts'
import { judge } from './analysis.ts'
import { findingLines, paperOf } from './finding-lines.ts'
import { withRecordings } from './options.ts'
import { printResult, say } from './output.ts'
import { orderLines, stepLines } from './table.ts'

interface ShowFlags {
  readonly recordings: string
  readonly json?: boolean
}

export function register(program: Command): void {
  withRecordings(program.command('show'))
    .description('the steps of a recording as a table')
    .argument('<recording>', 'id, unique prefix, name, latest, or a .har file')
    .option('--json', 'the whole analysis as JSON')
    .action(show)
}

async function show(reference: string, { recordings, json }: ShowFlags): Promise<void> {
  const { recording, facts, keys, problems } = await openRecording(reference, recordings)
  for (const problem of problems) say(problem)
  const { analysis, findings } = await judge(facts, keys)
  const exchanges = facts.filter(({ kind }) => kind === 'exchange').length
  if (json)
    return printResult(`${JSON.stringify(toShowJson({ ...recording, exchanges }, analysis, findings), null, 2)}\n`)
  const found = findingLines({ analysis, findings }, paperOf(process.stdout))
  const parts = [stepLines(analysis, process.stdout), orderLines(analysis, process.stdout), found].filter(
    (part) => part.length > 0,
  )
  const lines = parts.flatMap((part, index) => (index === 0 ? part : ['', ...part]))
  await printResult(lines.map((line) => `${line}\n`).join(''))
}
