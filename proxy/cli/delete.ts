// `acmescope delete REC`: a recording and everything in it, for good.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { storeTrouble, Trouble } from '../errors.ts'
import { find } from '../open-recording.ts'
import { openStore } from '../store/store.ts'
import { withRecordings } from './options.ts'
import { say } from './output.ts'

export function register(program: Command): void {
  withRecordings(program.command('delete'))
    .description('delete a recording for good')
    .argument('<recording>', 'id, unique prefix, name, or latest')
    .action(deleteRecording)
}

async function deleteRecording(reference: string, { recordings }: { readonly recordings: string }): Promise<void> {
  if (!existsSync(join(recordings, 'acmescope.db'))) throw new Trouble('recording-not-found', reference)
  const store = await openStore(recordings).catch((error: unknown) => {
    throw storeTrouble(error, recordings, 'record')
  })
  try {
    const { id, name } = find(reference, await store.listRecordings())
    await store.deleteRecording(id)
    say(`deleted ${id} (${name})`)
  } catch (error) {
    throw storeTrouble(error, recordings, 'record')
  } finally {
    await store.close()
  }
}
