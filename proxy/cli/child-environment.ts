// What the command of `run` finds in its environment: all that we were given, our proxy, and trust in our authority.
import { fileURLToPath } from 'node:url'
import { environmentFor, TRUST_ROWS, type TrustValues } from '../../shared/client-trust.ts'

const preload = fileURLToPath(new URL('../preload/node-proxy.cjs', import.meta.url))

export type Environment = Readonly<Record<string, string | undefined>>

export const childEnvironment = (given: Environment, values: TrustValues): Environment => ({
  ...given,
  ...environmentFor(TRUST_ROWS, values),
  NODE_OPTIONS: withPreload(given.NODE_OPTIONS, preload),
})

/** The options a Node program was given, and our file before it. Source: Node's documentation of NODE_OPTIONS, on quotes. */
export function withPreload(options: string | undefined, file: string): string {
  const quoted = `"${file.replace(/["\\]/g, '\\$&')}"`
  return [options, `--require=${quoted}`].filter(Boolean).join(' ')
}
