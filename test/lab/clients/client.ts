/** What all client commands share: a home of their own, and one contact. Who carries their traffic is decided elsewhere. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TRUST_ROWS } from '../../../shared/client-trust.ts'
import { labToken } from '../cloudflare.ts'
import type { Lab } from '../lab.ts'
import type { Command } from '../processes.ts'

/** A client about to speak ACME. */
export interface ClientCommand extends Command {
  readonly env: Readonly<Record<string, string>>
  readonly name: string
  /** Its state; a new one each time, so every run registers an account. */
  readonly folder: string
  /** For a client that serves and never ends: the lines after which it has done what it is here for, and is told to end. */
  readonly until?: readonly RegExp[]
  /** What `acmescope run` is told of it. */
  readonly runFlags?: readonly string[]
}

export type MakeClient = (lab: Lab) => Promise<ClientCommand>

export const contact = 'admin@example.test'

export const home = (lab: Lab, name: string) => mkdtemp(join(lab.folder, `${name}-`))

export const flags = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value])

/** Several commands as one, each after the one before it has ended well. */
export function inOrder(...commands: readonly (readonly string[])[]): readonly string[] {
  return ['sh', '-c', commands.map((argv) => argv.map(quoted).join(' ')).join(' && ')]
}

/**
 * The same, started by somebody who had it trust the lab's own root and nobody else, us neither.
 * @param program the name it goes by, by which cures are found
 */
export async function untrusting(lab: Lab, client: ClientCommand, program?: string): Promise<ClientCommand> {
  const script = join(await home(lab, 'untrusting'), program ?? basename(client.argv[0] ?? ''))
  const lines = TRUST_ROWS.flatMap(({ variable, value }) => {
    if (value === 'bundle') return `export ${variable}='${lab.root}'`
    return value === 'pem' ? `unset ${variable}` : []
  })
  const command = client.argv.map(quoted).join(' ')
  await writeFile(script, ['#!/bin/sh', ...lines, `exec ${command}`, ''].join('\n'), { mode: 0o755 })
  return { ...client, name: `${client.name}, not trusting`, argv: [script] }
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/** What a hook does wrong: it publishes another value, nothing at all, the same twice, or leaves behind what it published. */
export type HookFault = 'wrong' | 'nothing' | 'twice' | 'leave'

/** The hook of that name, and the environment in which it publishes where Pebble will look. */
export function hook(lab: Lab, name: 'cloudflare' | 'dehydrated' | 'uacme', fault?: HookFault, zone = 'example.test') {
  const env = { LAB_WEBROOT: lab.webroot, LAB_TOKEN: labToken, LAB_ZONE: zone, LAB_FAULT: fault ?? '' }
  return { program: fileURLToPath(new URL(`../hooks/${name}.sh`, import.meta.url)), env }
}
