/** Caddy: a web server that gets its certificates by itself, and goes on running. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { type ClientCommand, contact, home } from './client.ts'

/** Serves these names, which it gets certificates for by tls-alpn-01: one for each. */
export async function caddyTls(lab: Lab, names: readonly string[]): Promise<ClientCommand> {
  const folder = await home(lab, 'caddy')
  const config = join(folder, 'Caddyfile')
  await writeFile(config, caddyfile(lab, folder, names))
  return {
    name: 'Caddy tls-alpn-01',
    folder,
    argv: ['caddy', 'run', '--config', config, '--adapter', 'caddyfile'],
    env: { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    until: names.map((name) => new RegExp(`certificate obtained successfully.*"${name}"`)),
  }
}

const caddyfile = (lab: Lab, folder: string, names: readonly string[]) => `{
	admin off
	storage file_system ${join(folder, 'storage')}
	email ${contact}
	http_port ${lab.pebble.httpPort}
	https_port ${lab.pebble.tlsPort}
	auto_https disable_redirects
	default_bind 127.0.0.1
}
${names.join(', ')} {
	tls {
		issuer acme {
			dir ${lab.pebble.directory}
			disable_http_challenge
		}
	}
	respond "served"
}
`
