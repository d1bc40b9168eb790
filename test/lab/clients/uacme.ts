/**
 * uacme. Debian's (1.7.4, with GnuTLS) reads no variable for whom to trust, only the system's bundle: it runs where that file
 * is ours, in a mount namespace of its own, and the machine's stays as it is.
 */
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { type ClientCommand, contact, type HookFault, home, hook, inOrder } from './client.ts'

export interface UacmeOptions {
  readonly challenge: 'http-01' | 'dns-01'
  readonly fault?: HookFault
}

/** Registers, and issues by its hook. http-01 needs the lab's web server. */
export async function uacmeIssue(
  lab: Lab,
  names: readonly string[],
  { challenge, fault }: UacmeOptions,
): Promise<ClientCommand> {
  const folder = await home(lab, 'uacme')
  const { program, env } = hook(lab, 'uacme', fault)
  const argv = inOrder(
    uacme(lab, folder, ['new', contact]),
    uacme(lab, folder, ['--hook', program, '--type', 'EC', 'issue', ...names]),
  )
  return {
    name: `uacme ${challenge}`,
    folder,
    argv: trusting(argv),
    env: { HOME: folder, ...env, LAB_CHALLENGE: challenge },
  }
}

/** Registers, changes the contact, rolls the key over, deactivates, and asks for the account once more: that ends with an error. */
export async function uacmeAccount(lab: Lab): Promise<ClientCommand> {
  const folder = await home(lab, 'uacme-account')
  const argv = inOrder(
    uacme(lab, folder, ['new', contact]),
    uacme(lab, folder, ['update', 'other@example.test']),
    uacme(lab, folder, ['newkey']),
    uacme(lab, folder, ['deactivate']),
    uacme(lab, folder, ['update', contact]),
  )
  return { name: 'uacme, an account', folder, argv: trusting(argv), env: { HOME: folder } }
}

/** Issues by http-01, then another account asks for the revocation, which is not for it to ask; needs the lab's web server. */
export async function uacmeRevokeAsStranger(lab: Lab, name: string): Promise<ClientCommand> {
  const [folder, stranger] = [await home(lab, 'uacme-owner'), await home(lab, 'uacme-stranger')]
  const { program, env } = hook(lab, 'uacme')
  const argv = inOrder(
    uacme(lab, folder, ['new', contact]),
    uacme(lab, folder, ['--hook', program, '--type', 'EC', 'issue', name]),
    uacme(lab, stranger, ['new', 'other@example.test']),
    uacme(lab, stranger, ['revoke', join(folder, name, 'cert.pem')]),
  )
  return {
    name: 'uacme, a revocation',
    folder,
    argv: trusting(argv),
    env: { HOME: folder, ...env, LAB_CHALLENGE: 'http-01' },
  }
}

const uacme = (lab: Lab, folder: string, rest: readonly string[]) => [
  'uacme',
  '--yes',
  '--acme-url',
  lab.pebble.directory,
  '--confdir',
  folder,
  ...rest,
]

const bundle = '/etc/ssl/certs/ca-certificates.crt'

/** Root may make such a namespace; anybody else needs to be root inside a user namespace for it. */
const trusting = (argv: readonly string[]): readonly string[] => [
  'unshare',
  '--mount',
  ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
  ...['sh', '-c', `mount --bind "$SSL_CERT_FILE" ${bundle} && exec "$@"`, 'sh'],
  ...argv,
]
