// For programs that trust what the system's bundle file says, and nothing else: in a mount namespace of their own (Linux) our
// bundle stands where that file is. The machine's own stays as it is, and so does what everybody else sees.
import { spawnSync } from 'node:child_process'
import { basename } from 'node:path'
import { READ_SYSTEM_BUNDLE } from '../../shared/client-trust.ts'
import { systemBundle } from '../system-roots.ts'

export interface Wrapped {
  readonly words: readonly string[]
  /** What is to be said of it; null when nothing was done. */
  readonly note: string | null
}

/** The command, with our bundle in place of the system's where it reads nothing else (a row says so) or that is wanted. */
export function withSystemBundle(words: readonly string[], bundle: string, isWanted: boolean): Wrapped {
  const program = basename(words[0] ?? '')
  const row = READ_SYSTEM_BUNDLE.find((one) => one.program === program)
  if (!row && !isWanted) return { words, note: null }
  const why = row ? `${program} reads no other (${row.because})` : '--system-bundle'
  const target = systemBundle()
  if (target === null) return { words, note: `the system keeps no bundle of roots in a file, as ${why} needs` }
  const wrap = namespace(bundle, target)
  // Tried first, so that a machine which does not allow it still runs the command.
  if (spawnSync('unshare', wrap(['true']), { stdio: 'ignore' }).status !== 0)
    return {
      words,
      note: `our bundle could not stand in place of ${target} (${why}): this machine gives no mount namespace; as root it does, or put our certificate into the system's roots`,
    }
  return {
    words: ['unshare', ...wrap(words)],
    note: `for this command alone our bundle stood in place of ${target}: ${why}`,
  }
}

const MOUNT = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'

/** Parameters of unshare(1). Nobody but root may mount: others are it inside a user namespace, and themselves again in one more. */
function namespace(bundle: string, target: string): (words: readonly string[]) => readonly string[] {
  const mount = ['--mount', '--propagation', 'slave', 'sh', '-c', MOUNT, 'sh', bundle, target]
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  const again = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`]
  return (words) => (uid === 0 ? [...mount, ...words] : ['--map-root-user', ...mount, ...again, ...words])
}
