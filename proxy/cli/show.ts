// `acmescope show REC`: the steps as a table, or everything that is known as JSON; all of them, or those a query asks for.
import type { Command } from 'commander'
import type { Step } from '../../shared/acme/model.ts'
import { toShowJson } from '../../shared/acme/show.ts'
import { compile } from '../../shared/query/match.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { findingsBySubject, notesBySubject, type Query } from '../../shared/query/query.ts'
import type { Note } from '../../shared/recording.ts'
import { oneLine } from '../../shared/report/text.ts'
import { Trouble } from '../errors.ts'
import { openRecording } from '../open-recording.ts'
import { type Judged, judge } from './analysis.ts'
import { findingLines, paperOf } from './finding-lines.ts'
import { withRecordings } from './options.ts'
import { printResult, say } from './output.ts'
import { orderLines, stepLines } from './table.ts'

interface ShowFlags {
  readonly recordings: string
  readonly where?: string
  readonly json?: boolean
}

export function register(program: Command): void {
  withRecordings(program.command('show'))
    .description('the steps of a recording as a table')
    .argument('<recording>', 'id, unique prefix, name, latest, or a .har file')
    .option('--where <query>', 'only the steps a query asks for, such as "host:cloudflare status:>=400"; docs/query.md')
    .option('--json', 'the whole analysis as JSON')
    .action(show)
}

async function show(reference: string, { recordings, where, json }: ShowFlags): Promise<void> {
  const query = where === undefined ? null : readQuery(where)
  const { recording, facts, keys, notes, problems } = await openRecording(reference, recordings)
  for (const problem of problems) say(problem)
  const { analysis, findings } = await judge(facts, keys)
  const exchanges = facts.filter(({ kind }) => kind === 'exchange').length
  const wanted = query && stepsFor(query, { analysis, findings }, notes)
  if (wanted?.size === 0) say(`none of ${exchanges} exchanges fits ${oneLine(where ?? '')}`)
  if (json) {
    const shown = toShowJson({ ...recording, exchanges }, analysis, findings)
    const steps = shown.steps.filter(({ exchange }) => !wanted || (exchange !== null && wanted.has(exchange)))
    return printResult(`${JSON.stringify({ ...shown, steps }, null, 2)}\n`)
  }
  const found = findingLines({ analysis, findings }, paperOf(process.stdout))
  const isWanted = wanted && (({ exchange }: Step) => wanted.has(exchange))
  const parts = [stepLines(analysis, process.stdout, isWanted), orderLines(analysis, process.stdout), found].filter(
    (part) => part.length > 0,
  )
  const lines = parts.flatMap((part, index) => (index === 0 ? part : ['', ...part]))
  await printResult(lines.map((line) => `${line}\n`).join(''))
}

function readQuery(text: string): Query {
  const { query, error } = parseQuery(text)
  if (query) return query
  throw new Trouble('usage', `--where, character ${error.from + 1}: ${oneLine(error.message)}`, {
    fix: oneLine(error.fix),
  })
}

/** Exchanges that fit. What is inferred is nobody's exchange, and fits nothing. */
function stepsFor(query: Query, { analysis, findings }: Judged, notes: readonly Note[]): ReadonlySet<string> {
  const { fits } = compile(query)
  const known = { analysis, findings: findingsBySubject(findings), notes: notesBySubject(notes) }
  return new Set(analysis.steps.filter((step) => fits(step, known)).map(({ exchange }) => exchange))
}
