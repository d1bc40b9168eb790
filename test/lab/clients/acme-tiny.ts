/** acme-tiny: two hundred lines of Python's standard library, with the keys and the CSR made for it by openssl. */
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { run } from '../processes.ts'
import { type ClientCommand, contact, home } from './client.ts'

export interface AcmeTinyOptions {
  /** The mistake of making one key do for account and certificate. */
  readonly isOneKeyForBoth?: boolean
  /** Fetches its own answer before it tells the CA, as it does unless told otherwise; that request is proxied, too. */
  readonly checksItself?: boolean
}

/** Registers and issues by http-01; needs the lab's web server. */
export async function acmeTiny(
  lab: Lab,
  names: readonly string[],
  { isOneKeyForBoth = false, checksItself = false }: AcmeTinyOptions = {},
): Promise<ClientCommand> {
  const folder = await home(lab, 'acme-tiny')
  const account = await createKey(join(folder, 'account.pem'))
  const key = isOneKeyForBoth ? account : await createKey(join(folder, 'certificate.pem'))
  const csr = await createCsr(key, names, join(folder, 'request.pem'))
  const webroot = join(lab.webroot, '.well-known', 'acme-challenge')
  const check = checksItself ? ['--check-port', String(lab.pebble.httpPort)] : ['--disable-check']
  const argv = [
    ...['acme-tiny', '--account-key', account, '--csr', csr, '--acme-dir', webroot, ...check],
    ...['--directory-url', lab.pebble.directory, '--contact', `mailto:${contact}`],
  ]
  return { name: 'acme-tiny http-01', folder, argv, env: { HOME: folder } }
}

async function createKey(file: string): Promise<string> {
  await openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', file])
  return file
}

async function createCsr(key: string, names: readonly string[], file: string): Promise<string> {
  const sans = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`
  await openssl(['req', '-new', '-key', key, '-subj', '/', '-addext', sans, '-out', file])
  return file
}

async function openssl(args: readonly string[]): Promise<void> {
  const { code, stderr } = await run({ argv: ['openssl', ...args] }, 30_000)
  if (code !== 0) throw new Error(`openssl ${args[0]} ended with ${code}: ${stderr}`)
}
