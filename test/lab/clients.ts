/** The commands of real ACME clients, each with a home of its own; who carries their traffic is decided elsewhere. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { labToken } from './cloudflare.ts'
import type { Lab } from './lab.ts'
import type { Command } from './processes.ts'

/** A client about to ask for one certificate. */
export interface ClientCommand extends Command {
  readonly env: Readonly<Record<string, string>>
  readonly name: string
  /** Its state; a new one each time, so every run registers an account. */
  readonly folder: string
}

const contact = 'admin@example.test'

/** certbot with its Cloudflare plugin (dns-01). */
export async function certbotCloudflare(lab: Lab, names: readonly string[], token = labToken): Promise<ClientCommand> {
  const folder = await home(lab, 'certbot-cloudflare')
  const credentials = join(folder, 'cloudflare.ini')
  await writeFile(credentials, `dns_cloudflare_api_token = ${token}\n`, { mode: 0o600 })
  const plugin = [
    '--dns-cloudflare',
    '--dns-cloudflare-credentials',
    credentials,
    '--dns-cloudflare-propagation-seconds',
    '0',
  ]
  return certbot(lab, folder, 'certbot dns-01', [...plugin, ...flags('-d', names)])
}

/** certbot as its own web server (http-01). */
export async function certbotStandalone(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'certbot-standalone')
  const server = ['--standalone', '--http-01-address', '127.0.0.1', '--http-01-port', String(lab.pebble.httpPort)]
  return certbot(lab, folder, 'certbot http-01', [...server, ...flags('-d', names)])
}

/** lego as its own web server (http-01). Debian's lego is built without its Cloudflare provider, so there is no dns-01 by it. */
export async function legoHttp(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'lego-http')
  return lego(lab, folder, 'lego http-01', [
    '--http',
    '--http.port',
    `127.0.0.1:${lab.pebble.httpPort}`,
    ...flags('-d', names),
  ])
}

function certbot(lab: Lab, folder: string, name: string, rest: readonly string[]): ClientCommand {
  const folders = [
    '--config-dir',
    join(folder, 'config'),
    '--work-dir',
    join(folder, 'work'),
    '--logs-dir',
    join(folder, 'logs'),
  ]
  const common = ['--non-interactive', '--agree-tos', '--no-eff-email', '-m', contact, '--server', lab.pebble.directory]
  return { name, folder, argv: ['certbot', 'certonly', ...common, ...folders, ...rest], env: { HOME: folder } }
}

function lego(lab: Lab, folder: string, name: string, rest: readonly string[]): ClientCommand {
  const common = ['--accept-tos', '--email', contact, '--server', lab.pebble.directory, '--path', join(folder, 'lego')]
  return { name, folder, argv: ['lego', ...common, ...rest, 'run'], env: { HOME: folder } }
}

const home = (lab: Lab, name: string) => mkdtemp(join(lab.folder, `${name}-`))

const flags = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value])
