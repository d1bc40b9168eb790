/** acmetool: HTTP/2, and an answer file in place of a person. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { pebbleTerms } from '../pebble.ts'
import { type ClientCommand, contact, home } from './client.ts'

/** Registers and issues by http-01; needs the lab's web server. */
export async function acmetoolWant(lab: Lab, name: string): Promise<ClientCommand> {
  const folder = await home(lab, 'acmetool')
  const [state, hooks] = [join(folder, 'state'), join(folder, 'hooks')]
  const conf = join(state, 'conf')
  await Promise.all([conf, hooks].map((path) => mkdir(path, { recursive: true })))
  await writeFile(join(conf, 'target'), JSON.stringify(target(lab)))
  await writeFile(join(conf, 'responses'), JSON.stringify(responses))
  const argv = ['acmetool', '--batch', '--state', state, '--hooks', hooks, 'want', name]
  return { name: 'acmetool http-01', folder, argv, env: { HOME: folder } }
}

/** What it wants is YAML, of which JSON is a part. */
const target = (lab: Lab) => ({
  request: {
    provider: lab.pebble.directory,
    key: { type: 'ecdsa' },
    challenge: {
      // It would look at port 80, which is not where Pebble looks.
      'http-self-test': false,
      'webroot-paths': [join(lab.webroot, '.well-known', 'acme-challenge')],
    },
  },
})

const responses = { 'acme-enter-email': contact, [`acme-agreement:${pebbleTerms}`]: true }
