// `acmescope prune`: recordings that are too old, or too many for the disk, for good.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { oneLine } from '../../shared/report/text.ts'
import { storeTrouble, Trouble } from '../errors.ts'
import { openStore } from '../store/store.ts'
import { prune as pruneStore } from '../upkeep/retention.ts'
import { parseSize, parseSpan } from './flag-values.ts'
import { withRecordings } from './options.ts'
import { printResult, say } from './output.ts'
import { columns } from './table.ts'

interface PruneFlags {
  readonly recordings: string
  readonly olderThan?: number
  readonly overSize?: number
}

export function register(program: Command): void {
  withRecordings(program.command('prune'))
    .description('delete old recordings for good; those with notes, and imported ones, stay')
    .option('--older-than <time>', 'that ended longer ago: 12h, 30d, 8w', parseSpan)
    .option('--over-size <size>', 'the oldest, until the rest takes no more: 5GB', parseSize)
    .action(prune)
}

async function prune({ recordings, ...rule }: PruneFlags): Promise<void> {
  if (Object.keys(rule).length === 0)
    throw new Trouble('usage', 'prune needs to know what is old', {
      fix: 'give --older-than 30d, --over-size 5GB, or both',
    })
  if (!existsSync(join(recordings, 'acmescope.db'))) return say(`there are no recordings in ${recordings}`)
  const store = await openStore(recordings).catch((error: unknown) => {
    throw storeTrouble(error, recordings, 'record')
  })
  try {
    const gone = await pruneStore(store, rule)
    if (gone.length > 0) await printResult(`${columns(gone.map(({ id, name }) => [id, oneLine(name)])).join('\n')}\n`)
    say(gone.length === 1 ? 'deleted 1 recording' : `deleted ${gone.length} recordings`)
  } catch (error) {
    throw storeTrouble(error, recordings, 'record')
  } finally {
    await store.close()
  }
}
