/**
 * Builds a container image with buildah, as Docker would, and runs programs in it. No registry of images is asked: the image
 * that ours stands on is made here, of Debian's base system and this machine's own Node and npm, under the same name.
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, type Outcome, run } from './processes.ts'

export interface Image extends AsyncDisposable {
  /** What it says of itself: entrypoint, command, user, health check. */
  config(): Promise<unknown>
  /** A command in the one container made of it. */
  command(argv: readonly string[]): Command
}

const limit = 300_000

export async function well(argv: readonly string[], cwd?: string): Promise<Outcome> {
  const outcome = await run({ argv, env: { HOME: process.env.HOME ?? '/' }, ...(cwd && { cwd }) }, limit)
  if (outcome.code !== 0) throw new Error(`${argv.join(' ')}: ${outcome.stdout}${outcome.stderr}`)
  return outcome
}

/** @param context the folder that Docker would be given @param dockerfile a path in it @param base what its FROM names */
export async function buildImage(context: string, dockerfile: string, base: string): Promise<Image> {
  const folder = await mkdtemp(join(tmpdir(), 'acmescope-image-'))
  const store = ['--storage-driver', 'vfs', '--root', join(folder, 'store'), '--runroot', join(folder, 'run')]
  const buildah = (...argv: readonly string[]): readonly string[] => ['buildah', ...store, ...argv]
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  try {
    const root = join(folder, 'base')
    await makeBase(root)
    const scratch = (await well(buildah('from', 'scratch'))).stdout.trim()
    await well(buildah('add', '-q', scratch, root, '/'))
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    await well(buildah('config', '--env', path, scratch))
    await well(buildah('commit', '-q', scratch, `docker.io/library/${base}`))
    const flags = ['--isolation', 'chroot', '--pull-never', '--format', 'docker']
    await well(buildah('bud', ...flags, '-f', dockerfile, '-t', 'built', '.'), context)
    const container = (await well(buildah('from', '--pull-never', 'localhost/built'))).stdout.trim()
    return {
      config: async () =>
        JSON.parse((await well(buildah('inspect', '--type', 'image', 'localhost/built'))).stdout).Docker.config,
      command: (argv) => ({ argv: buildah('run', '--isolation', 'chroot', container, '--', ...argv) }),
      [Symbol.asyncDispose]: remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** What the official image of Node has that matters here: Debian, Node and npm in /usr/local, and a user. */
async function makeBase(root: string): Promise<void> {
  await well(['debootstrap', '--variant=minbase', 'bookworm', root])
  const local = join(root, 'usr/local')
  for (const path of ['bin', 'lib/node_modules', 'etc']) await mkdir(join(local, path), { recursive: true })
  await cp(process.execPath, join(local, 'bin/node'))
  const npm = (await well(['npm', 'root', '--global'])).stdout.trim()
  await cp(join(npm, 'npm'), join(local, 'lib/node_modules/npm'), { recursive: true })
  await well(['ln', '-s', '../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm')])
  // How this machine reaches the registry of packages.
  await cp('/etc/ssl/certs/ca-certificates.crt', join(root, 'etc/ssl/certs/ca-certificates.crt'))
  const setting = (await well(['npm', 'config', 'get', 'globalconfig'])).stdout.trim()
  await cp(setting, join(local, 'etc/npmrc')).catch(() => undefined)
  await well(['chroot', root, '/usr/sbin/useradd', '--uid', '1000', '--create-home', 'node'])
}
