// `acmescope check REC`: what is wrong in a recording, for people and for CI.
import { existsSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Command, Option } from 'commander'
import type { Recording } from '../../shared/recording.ts'
import { type Checked, type FailOn, fails } from '../../shared/report/checked.ts'
import { toJunit } from '../../shared/report/junit.ts'
import { toSarif } from '../../shared/report/sarif.ts'
import { openRecording } from '../open-recording.ts'
import { VERSION } from '../version.ts'
import { judge } from './analysis.ts'
import { findingLines, paperOf, tallyLine } from './finding-lines.ts'
import { withRecordings } from './options.ts'
import { printResult, say } from './output.ts'

type Format = 'text' | 'json' | 'sarif' | 'junit'

interface CheckFlags {
  readonly recordings: string
  readonly format: Format
  readonly json?: boolean
  readonly failOn: FailOn
}

interface CheckedHere extends Checked {
  readonly recording: Recording
  readonly exchanges: number
  /** REC, as it was given. */
  readonly reference: string
  readonly failOn: FailOn
}

const WRITERS: Readonly<Record<Format, (checked: CheckedHere) => string>> = {
  text: toText,
  json: toJson,
  sarif: (checked) => toSarif(checked, { toolVersion: VERSION, uri: uriOf(checked) }),
  junit: (checked) => toJunit(checked, checked.failOn),
}

export function register(program: Command): void {
  withRecordings(program.command('check'))
    .description('what is wrong in a recording')
    .argument('<recording>', 'id, unique prefix, name, latest, or a .har file')
    .addOption(new Option('--format <format>', 'form of the answer').choices(Object.keys(WRITERS)).default('text'))
    .option('--json', 'the same as --format json')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when there are such findings')
        .choices(['error', 'warning', 'never'])
        .default('error'),
    )
    .action(checkRecording)
}

async function checkRecording(reference: string, { recordings, format, json, failOn }: CheckFlags): Promise<void> {
  const { recording, facts, keys, problems } = await openRecording(reference, recordings)
  for (const problem of problems) say(problem)
  const { name, startedAt } = recording
  const exchanges = facts.filter(({ kind }) => kind === 'exchange').length
  const checked = { name, startedAt, recording, exchanges, reference, failOn, ...(await judge(facts, keys)) }
  await printResult(WRITERS[json ? 'json' : format](checked))
  if (checked.findings.some((finding) => fails(finding, failOn))) process.exitCode = 1
}

function toText(checked: CheckedHere): string {
  const lines = findingLines(checked, paperOf(process.stdout))
  return [...lines, ...(lines.length ? [''] : []), tallyLine(checked)].map((line) => `${line}\n`).join('')
}

/** The part of `show --json` that a gate needs, in the same form. */
function toJson({ recording: { id, name, startedAt }, exchanges, findings }: CheckedHere): string {
  return `${JSON.stringify({ recording: { id, name, startedAt, exchanges }, findings }, null, 2)}\n`
}

/** The file that was checked, as seen from here; for a stored recording the file its export would be. */
function uriOf({ reference, recording }: CheckedHere): string {
  if (!existsSync(reference) || !statSync(reference).isFile()) return `${encodeURIComponent(recording.name)}.har`
  const path = relative('.', reference)
  const isBelow = !path.startsWith('..') && path !== resolve(reference)
  return isBelow ? path.split(sep).map(encodeURIComponent).join('/') : pathToFileURL(reference).href
}
