/** A client of certbot's library that shows what no finished client does; what, is a function of `careless.py`. */
import { fileURLToPath } from 'node:url'
import type { Lab } from '../lab.ts'
import { type ClientCommand, home } from './client.ts'

export type Carelessness =
  | 'finalizes_early'
  | 'finalizes_for_other_names'
  | 'lists_its_orders'
  | 'asks_by_get'
  | 'takes_its_account_elsewhere'

const script = fileURLToPath(new URL('careless.py', import.meta.url))

/** Needs the lab's web server. */
export async function careless(lab: Lab, what: Carelessness): Promise<ClientCommand> {
  const folder = await home(lab, 'careless')
  // Debian's Python, which has certbot's library.
  const argv = ['/usr/bin/python3', script, what, lab.pebble.directory, lab.webroot]
  return { name: `careless: ${what}`, folder, argv, env: { HOME: folder } }
}
