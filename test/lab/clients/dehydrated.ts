/** dehydrated: bash, curl and openssl. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { type ClientCommand, contact, flags, home, hook, inOrder } from './client.ts'

/** Registers, then issues; http-01 needs the lab's web server. */
export async function dehydratedIssue(
  lab: Lab,
  names: readonly string[],
  challenge: 'http-01' | 'dns-01',
): Promise<ClientCommand> {
  const folder = await home(lab, 'dehydrated')
  const { program, env } = hook(lab, 'dehydrated')
  const config = join(folder, 'config')
  await writeFile(config, toConfig({ ...configFor(lab, folder), ...(challenge === 'dns-01' ? { HOOK: program } : {}) }))
  const dehydrated = (...rest: readonly string[]) => ['dehydrated', '--config', config, ...rest]
  const argv = inOrder(
    dehydrated('--register', '--accept-terms'),
    dehydrated('--cron', '--challenge', challenge, '--alias', 'certificate', ...flags('--domain', names)),
  )
  return { name: `dehydrated ${challenge}`, folder, argv, env: { HOME: folder, ...env } }
}

/** Only registers. */
export async function dehydratedRegister(lab: Lab): Promise<ClientCommand> {
  const folder = await home(lab, 'dehydrated-register')
  const config = join(folder, 'config')
  await writeFile(config, toConfig(configFor(lab, folder)))
  const argv = ['dehydrated', '--config', config, '--register', '--accept-terms']
  return { name: 'dehydrated, registration', folder, argv, env: { HOME: folder } }
}

const configFor = (lab: Lab, folder: string) => ({
  CA: lab.pebble.directory,
  BASEDIR: folder,
  WELLKNOWN: join(lab.webroot, '.well-known', 'acme-challenge'),
  CONTACT_EMAIL: contact,
  KEY_ALGO: 'prime256v1',
})

const toConfig = (settings: Readonly<Record<string, string>>) =>
  Object.entries(settings)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('')
