// `acmescope ca`: hands out our authority's certificate, in the form a trust store wants.
import { readFile, writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import type { HostGlob } from '../../shared/host-glob.ts'
import { type Authority, openAuthority } from '../authority.ts'
import { Trouble } from '../errors.ts'
import { addConstraint } from './flag-values.ts'
import { withRecordings } from './options.ts'
import { printResult, say } from './output.ts'

/** Some trust stores refuse a file without one; it protects nothing, there is no key inside. */
const P12_PASSWORD = 'acmescope'

const FORMATS = {
  pem: (authority: Authority) => authority.certificatePem,
  der: (authority: Authority) => readFile(authority.files.der),
  bundle: (authority: Authority) => readFile(authority.files.bundle),
  p12: async (authority: Authority) => {
    const { toPkcs12 } = await import('../authority-root.ts')
    say(`the file's password is "${P12_PASSWORD}"; it holds the certificate, no key`)
    return toPkcs12(authority.certificatePem, authority.name, P12_PASSWORD)
  },
} as const

interface CaFlags {
  readonly format: keyof typeof FORMATS
  readonly output?: string
  readonly recordings: string
  readonly constrainAuthority: readonly HostGlob[]
}

export function register(program: Command): void {
  const command = program.command('ca').description("our authority's certificate, for a client's trust store")
  withRecordings(command)
    .addOption(new Option('--format <format>', 'form of the file').choices(Object.keys(FORMATS)).default('pem'))
    .option('--constrain-authority <glob>', 'that of these hosts; repeatable', addConstraint, [])
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .action(ca)
}

async function ca({ format, output, recordings, constrainAuthority }: CaFlags): Promise<void> {
  const authority = await openAuthority(recordings, { hosts: constrainAuthority.map(({ text }) => text) })
  const content = await FORMATS[format](authority)
  if (!output || output === '-') return printResult(content)
  await writeFile(output, content).catch((cause: unknown) => {
    throw new Trouble('output-unwritable', output, { cause })
  })
  say(`${authority.name} (SHA-256 ${authority.fingerprintSha256}) written to ${output}`)
}
