/** lego. Debian's is built without its Cloudflare provider, so dns-01 goes through its `exec` provider and a hook of curl's. */
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { type ClientCommand, contact, flags, type HookFault, home, hook, inOrder } from './client.ts'

/** As its own web server (http-01). */
export async function legoHttp(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-http')
  const argv = [...lego(lab, folder, [...ownServer(lab), ...flags('-d', names)]), 'run']
  return { name: 'lego http-01', folder, argv, env: { HOME: folder } }
}

/** Its web server is not where the CA looks: something else answers there, or nothing. */
export async function legoHttpElsewhere(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-http-elsewhere')
  const argv = [...lego(lab, folder, ['--http', '--http.port', '127.0.0.1:0', ...flags('-d', names)]), 'run']
  return { name: 'lego http-01', folder, argv, env: { HOME: folder } }
}

/** Leaves its answers to the lab's web server (http-01). */
export async function legoWebroot(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-webroot')
  const argv = [...lego(lab, folder, [...webroot(lab), ...flags('-d', names)]), 'run']
  return { name: 'lego http-01', folder, argv, env: { HOME: folder } }
}

/** As its own TLS server (tls-alpn-01); `run` are options of `lego run`. */
export async function legoTls(lab: Lab, names: readonly string[], run: readonly string[] = []): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-tls')
  const server = ['--tls', '--tls.port', `127.0.0.1:${lab.pebble.tlsPort}`]
  const argv = [...lego(lab, folder, [...server, ...flags('-d', names)]), 'run', ...run]
  return { name: 'lego tls-alpn-01', folder, argv, env: { HOME: folder } }
}

/** Its TLS server is not where Pebble looks: something else answers there. */
export async function legoTlsElsewhere(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-tls-elsewhere')
  const argv = [...lego(lab, folder, ['--tls', '--tls.port', '127.0.0.1:0', ...flags('-d', names)]), 'run']
  return { name: 'lego tls-alpn-01', folder, argv, env: { HOME: folder } }
}

export interface LegoDnsOptions {
  readonly fault?: HookFault
  /** Where the hook writes; `example.test`. */
  readonly zone?: string
  /** Looks for its record at the zone's name servers first, for 2 s, where the lab has none. */
  readonly checksPropagation?: boolean
  /** Variables that the hook does not get to see. */
  readonly hookWithout?: readonly string[]
}

/** By Cloudflare's API (dns-01). */
export async function legoDns(
  lab: Lab,
  names: readonly string[],
  { fault, zone, checksPropagation = false, hookWithout = [] }: LegoDnsOptions = {},
): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-dns')
  const { program, env } = hook(lab, 'cloudflare', fault, zone)
  const check = checksPropagation ? [] : ['--dns.disable-cp']
  const provider = ['--dns', 'exec', '--dns.resolvers', lab.dns.address, ...check]
  // Seconds; lego would leave a minute between two names.
  const timing = { EXEC_PROPAGATION_TIMEOUT: '2', EXEC_POLLING_INTERVAL: '1', EXEC_SEQUENCE_INTERVAL: '0' }
  return {
    name: 'lego dns-01',
    folder,
    argv: [...lego(lab, folder, [...provider, ...flags('-d', names)]), 'run'],
    env: { HOME: folder, ...env, ...timing, EXEC_PATH: program, LAB_WITHOUT: hookWithout.join(' ') },
  }
}

/** With an external account binding; `hmac` in base64url. */
export async function legoEab(
  lab: Lab,
  names: readonly string[],
  eab: { readonly kid: string; readonly hmac: string },
): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-eab')
  const binding = ['--eab', '--kid', eab.kid, '--hmac', eab.hmac]
  const argv = [...lego(lab, folder, [...binding, ...webroot(lab), ...flags('-d', names)]), 'run']
  return { name: 'lego with EAB', folder, argv, env: { HOME: folder } }
}

/** Issues by http-01, then revokes with the account's key. */
export async function legoRevoke(lab: Lab, name: string): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-revoke')
  const issuance = [...lego(lab, folder, [...webroot(lab), '-d', name]), 'run']
  const revocation = [...lego(lab, folder, ['-d', name]), 'revoke', '--reason', '4']
  return { name: 'lego, revocation', folder, argv: inOrder(issuance, revocation), env: { HOME: folder } }
}

const ownServer = (lab: Lab) => ['--http', '--http.port', `127.0.0.1:${lab.pebble.httpPort}`]
const webroot = (lab: Lab) => ['--http', '--http.webroot', lab.webroot]

function lego(lab: Lab, folder: string, options: readonly string[]): readonly string[] {
  const common = ['--accept-tos', '--email', contact, '--server', lab.pebble.directory, '--path', join(folder, 'lego')]
  return ['lego', ...common, ...options]
}
