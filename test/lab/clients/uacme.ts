/**
 * uacme. Debian's (1.7.4, with GnuTLS) reads no variable for whom to trust, only the system's bundle. `acmescope run -- uacme`
 * knows that; here a shell runs several of it, so it is told.
 */
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { mountNamespace } from '../namespaces.ts'
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
    argv,
    runFlags,
    env: { HOME: folder, ...env, LAB_CHALLENGE: challenge },
  }
}

/** Only registers, where the system's bundle is the lab's root and nothing else. */
export async function uacmeElsewhere(lab: Lab): Promise<ClientCommand> {
  const folder = await home(lab, 'uacme-elsewhere')
  const mount = `mount --bind '${lab.root}' /etc/ssl/certs/ca-certificates.crt && exec "$@"`
  const argv = [...mountNamespace, 'sh', '-c', mount, 'sh', ...uacme(lab, folder, ['new', contact])]
  return { name: 'uacme, registration', folder, argv, env: { HOME: folder } }
}

/** Asks for a certificate without ever having registered. */
export async function uacmeUnregistered(lab: Lab, name: string): Promise<ClientCommand> {
  const folder = await home(lab, 'uacme-unregistered')
  // The key alone makes no account.
  const key = ['openssl', 'genpkey', '-algorithm', 'RSA', '-out', join(folder, 'private', 'key.pem')]
  const argv = inOrder(['mkdir', join(folder, 'private')], key, uacme(lab, folder, ['issue', name]))
  return { name: 'uacme, not registered', folder, argv, runFlags, env: { HOME: folder } }
}

/** Issues the same again, as a renewal does when it is asked for; needs the lab's web server. */
export async function uacmeAgain(lab: Lab, name: string): Promise<ClientCommand> {
  const folder = await home(lab, 'uacme-again')
  const { program, env } = hook(lab, 'uacme')
  const issue = ['--hook', program, '--type', 'EC', '--force', 'issue', name]
  const argv = inOrder(uacme(lab, folder, ['new', contact]), uacme(lab, folder, issue), uacme(lab, folder, issue))
  return { name: 'uacme, twice', folder, argv, runFlags, env: { HOME: folder, ...env, LAB_CHALLENGE: 'http-01' } }
}

/** Fails with another file than it should publish, then does it right; needs the lab's web server. */
export async function uacmeMended(lab: Lab, name: string): Promise<ClientCommand> {
  const folder = await home(lab, 'uacme-mended')
  const { program, env } = hook(lab, 'uacme')
  const issue = uacme(lab, folder, ['--hook', program, '--type', 'EC', 'issue', name])
  const failing = ['sh', '-c', '! LAB_FAULT=wrong "$@"', 'sh', ...issue]
  const argv = inOrder(uacme(lab, folder, ['new', contact]), failing, issue)
  return {
    name: 'uacme, mended',
    folder,
    argv,
    runFlags,
    env: { HOME: folder, ...env, LAB_CHALLENGE: 'http-01' },
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
  return { name: 'uacme, an account', folder, argv, runFlags, env: { HOME: folder } }
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
    argv,
    runFlags,
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

const runFlags = ['--system-bundle']
