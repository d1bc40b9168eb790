/** A machine of its own for one client, as a container is one: its own network, its own root folder, nothing of ours in it. */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Command, run } from './processes.ts'

export interface Container extends AsyncDisposable {
  /** This machine's address on the wire to it, and its own. */
  readonly outside: string
  readonly inside: string
  /** A command that runs in it with this environment and nothing else; `mounts` are files of ours, by their places in it. */
  command(
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
    mounts: Readonly<Record<string, string>>,
  ): Command
}

const limit = 20_000

async function say(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run({ argv }, limit)
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`)
  return stdout
}

/**
 * Makes it, with these programs and what they are linked against, and the roots that any image has. Needs root, iproute2 and
 * util-linux. One network of two addresses for each process that makes one, of the range 10.203.0.0/16.
 */
export async function startContainer(programs: readonly string[]): Promise<Container> {
  const root = await mkdtemp(join(tmpdir(), 'acmescope-root-'))
  const name = `acs${process.pid}`
  const block = 4 * (process.pid % 16_384)
  const address = (host: number) => `10.203.${(block >> 8) & 255}.${(block & 255) + host}`
  const [outside, inside] = [address(1), address(2)]
  const remove = async () => {
    // Its end of the wire goes with the network, and our end with it.
    await run({ argv: ['ip', 'netns', 'del', name] }, limit)
    await rm(root, { recursive: true, force: true })
  }
  try {
    await fill(root, programs)
    await say('ip', 'netns', 'add', name)
    await say('ip', 'link', 'add', `${name}o`, 'type', 'veth', 'peer', 'name', `${name}i`, 'netns', name)
    await say('ip', 'addr', 'add', `${outside}/30`, 'dev', `${name}o`)
    await say('ip', 'link', 'set', `${name}o`, 'up')
    await say('ip', '-n', name, 'addr', 'add', `${inside}/30`, 'dev', `${name}i`)
    for (const link of ['lo', `${name}i`]) await say('ip', '-n', name, 'link', 'set', link, 'up')
  } catch (error) {
    await remove()
    throw error
  }
  return {
    outside,
    inside,
    command: (argv, env, mounts) => ({ argv: within(name, root, argv, env, mounts) }),
    [Symbol.asyncDispose]: remove,
  }
}

async function fill(root: string, programs: readonly string[]): Promise<void> {
  const libraries = await say('ldd', ...programs)
  const needed = [...programs, ...(libraries.match(/\/\S+\.so\S*/g) ?? []), '/etc/ssl/certs/ca-certificates.crt']
  for (const path of new Set(needed)) {
    await mkdir(join(root, dirname(path)), { recursive: true })
    await cp(path, join(root, path), { dereference: true })
  }
  await mkdir(join(root, 'tmp'))
}

/** A mount is made in a mount namespace of its own, so that it is gone with the command. */
function within(
  name: string,
  root: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  mounts: Readonly<Record<string, string>>,
): readonly string[] {
  const script = [
    ...Object.entries(mounts).map(
      ([place, file]) => `: > ${root}${place} && mount --bind -o ro ${file} ${root}${place}`,
    ),
    `exec env -i ${Object.entries(env)
      .map(([variable, value]) => `${variable}=${value}`)
      .join(' ')} /usr/sbin/chroot ${root} "$@"`,
  ]
  return ['ip', 'netns', 'exec', name, 'unshare', '--mount', 'sh', '-ec', script.join('\n'), 'sh', ...argv]
}
