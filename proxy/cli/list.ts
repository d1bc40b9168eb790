// `acmescope list`: the recordings, newest first, and the examples.
import type { Command } from 'commander'
import type { RecordingSummary } from '../../shared/recording.ts'
import { oneLine } from '../../shared/report/text.ts'
import { withLibrary } from '../open-recording.ts'
import { withRecordings } from './options.ts'
import { printResult } from './output.ts'
import { columns } from './table.ts'

interface ListFlags {
  readonly recordings: string
  readonly json?: boolean
}

export function register(program: Command): void {
  withRecordings(program.command('list'))
    .description('the recordings, newest first')
    .option('--json', 'as JSON')
    .action(list)
}

async function list({ recordings, json }: ListFlags): Promise<void> {
  const all = await withLibrary(recordings, (library) => library.list())
  await printResult(json ? `${JSON.stringify(all, null, 2)}\n` : `${columns([HEAD, ...all.map(cells)]).join('\n')}\n`)
}

const HEAD = ['ID', 'STARTED', 'EXCHANGES', 'NAME'] as const

const cells = ({ id, startedAt, exchanges, name }: RecordingSummary): readonly string[] => [
  id,
  startedAt.slice(0, 19).replace('T', ' '),
  String(exchanges),
  oneLine(name),
]
