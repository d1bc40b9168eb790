// `acmescope import FILE…`: HAR files, anyone's, become recordings.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { RecordingImported } from '../../shared/api.ts'
import { storeTrouble, Trouble } from '../errors.ts'
import { importHar, readHarText } from '../import-har.ts'
import { makeFolder } from '../make-folder.ts'
import { openStore } from '../store/store.ts'
import { VERSION } from '../version.ts'
import { withRecordings } from './options.ts'
import { printResult, say } from './output.ts'

interface ImportFlags {
  readonly recordings: string
  readonly name?: string
  readonly json?: boolean
}

export function register(program: Command): void {
  withRecordings(program.command('import'))
    .description('take HAR files over as recordings')
    .argument('<file...>', 'HAR 1.2, from any tool')
    .option('--name <name>', 'name of the recording')
    .option('--json', 'as JSON')
    .action(importFiles)
}

/** All files are read before any is stored, so that a wrong one changes nothing. */
async function importFiles(paths: readonly string[], { recordings, name, json }: ImportFlags): Promise<void> {
  const texts = await Promise.all(paths.map(readText))
  await makeFolder(recordings)
  const store = await openStore(recordings).catch((error: unknown) => {
    throw storeTrouble(error, recordings, 'record')
  })
  const imported: RecordingImported[] = []
  try {
    for (const { fileName, text } of texts)
      imported.push(await importHar(store, text, { fileName, ...(name ? { name } : {}), toolVersion: VERSION }))
  } finally {
    await store.close()
  }
  for (const problem of imported.flatMap(({ problems }) => problems)) say(problem)
  await printResult(json ? `${JSON.stringify(imported, null, 2)}\n` : imported.map(line).join(''))
}

async function readText(path: string): Promise<{ fileName: string; text: string }> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Trouble('file-unreadable', path, { cause })
  })
  readHarText(text, path)
  return { fileName: basename(path).replace(/\.har$/i, ''), text }
}

const line = ({ recording, exchanges }: RecordingImported): string =>
  `${recording.id}  ${exchanges} exchanges  ${recording.name}\n`
