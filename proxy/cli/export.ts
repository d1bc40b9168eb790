// `acmescope export REC`: a recording as a file others can open, credentials masked unless told otherwise.
import { link, rename, rm, writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { systemCode, Trouble } from '../errors.ts'
import { exportHar } from '../export-har.ts'
import { openRecording } from '../open-recording.ts'
import { withRecordings } from './options.ts'
import { printResult, say } from './output.ts'

interface ExportFlags {
  readonly recordings: string
  readonly raw?: boolean
  readonly output?: string
  readonly force?: boolean
}

export function register(program: Command): void {
  withRecordings(program.command('export'))
    .description('a recording as a HAR file, credentials masked')
    .argument('<recording>', 'id, unique prefix, name, latest, or a .har file')
    .addOption(new Option('--format <format>', 'form of the file').choices(['har']).default('har'))
    .option('--raw', 'with all credentials in it')
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .option('--force', 'overwrite the file')
    .action(exportRecording)
}

async function exportRecording(
  reference: string,
  { recordings, raw = false, output, force = false }: ExportFlags,
): Promise<void> {
  const opened = await openRecording(reference, recordings)
  for (const problem of opened.problems) say(problem)
  const text = `${exportHar(opened, raw)}\n`
  if (raw) say('not redacted: API tokens and cookies stand in this file as they were sent')
  if (!output || output === '-') return printResult(text)
  await writeWhole(output, text, force)
  say(`written to ${output}`)
}

/** Whole or not at all, and never over an existing file unless forced: `link` fails where the name is taken. */
async function writeWhole(path: string, text: string, force: boolean): Promise<void> {
  const half = `${path}.${process.pid}.part`
  try {
    await writeFile(half, text, { flag: 'wx', mode: 0o600 })
    await (force ? rename(half, path) : link(half, path))
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') throw new Trouble('output-exists', path, { cause })
    throw new Trouble('output-unwritable', path, { cause })
  } finally {
    await rm(half, { force: true })
  }
}
