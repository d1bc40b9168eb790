#!/usr/bin/env node
// The command line: one list of commands, one place where errors are printed and exit codes are set.
import { Command, CommanderError, Help, type Option } from 'commander'
import { Trouble, troubleLine } from '../errors.ts'
import { VERSION } from '../version.ts'
import * as ca from './ca.ts'
import * as check from './check.ts'
import * as remove from './delete.ts'
import * as exporting from './export.ts'
import * as importing from './import.ts'
import * as list from './list.ts'
import { debug, expectDeafEars, say } from './output.ts'
import * as prune from './prune.ts'
import * as run from './run.ts'
import * as serve from './serve.ts'
import * as show from './show.ts'

const COMMANDS = [serve, run, list, show, check, importing, exporting, ca, remove, prune]

const WRONG_USAGE = 2
const UNEXPECTED = 4

async function main(parameters: readonly string[]): Promise<void> {
  const program = new Command('acmescope')
    .description('Records what an ACME client, its CA and its DNS provider say to each other, and shows it.')
    .version(VERSION)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'acmescope: ')) })
    .configureHelp({ optionDescription: withoutEmptyDefault })
    .showHelpAfterError('(see acmescope --help)')
  for (const { register } of COMMANDS) register(program)
  await program.parseAsync(parameters, { from: 'user' })
}

/** A flag that may be repeated begins with none, which nobody needs to read. */
const withoutEmptyDefault = (option: Option): string =>
  Help.prototype.optionDescription.call(new Help(), option).replace(/ ?\(default: \[\]\)$/, '')

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE
  return error instanceof Trouble ? error.exitCode : UNEXPECTED
}

expectDeafEars()
main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    // Commander has printed its own.
    if (!(error instanceof CommanderError)) say(`acmescope: ${troubleLine(error)}`)
    debug(error)
    process.exit(exitCodeOf(error))
  },
)
