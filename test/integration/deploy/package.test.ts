/** `npm pack`: what is installed into an empty folder records, shows, and serves its page. */
import { mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { startLab } from '../../lab/lab.ts'
import { skipWithout } from '../../lab/peers.ts'
import { type Command, type Outcome, run, start } from '../../lab/processes.ts'

const checkout = fileURLToPath(new URL('../../..', import.meta.url))
/** What npm needs of the machine to reach its registry, and a place for what it fetched. */
const inherited = Object.fromEntries(
  ['HOME', 'NODE_EXTRA_CA_CERTS', 'npm_config_registry', 'npm_config_cafile'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  }),
)

async function well(command: Command): Promise<Outcome> {
  const outcome = await run({ ...command, env: { ...inherited, ...command.env } }, 110_000)
  if (outcome.code !== 0) throw new Error(`${command.argv.join(' ')}: ${outcome.stdout}${outcome.stderr}`)
  return outcome
}

describe.skipIf(skipWithout('pebble', 'curl'))('the package', () => {
  test('installed into an empty folder it records by npx, and serves the page', async () => {
    await using lab = await startLab()
    const folder = await mkdtemp(join(lab.folder, 'empty-'))
    // It was built before the tests; building it again would take it from under those that run.
    await well({ argv: ['npm', 'pack', '--ignore-scripts', '--pack-destination', lab.folder], cwd: checkout })
    const [tarball = ''] = (await readdir(lab.folder)).filter((name) => name.endsWith('.tgz'))
    await well({ argv: ['npm', 'install', '--no-audit', '--no-fund', join(lab.folder, tarball)], cwd: folder })

    const recorded = ['run', ...lab.acmescopeFlags, '--', 'curl', '-sf', lab.pebble.directory]
    const { stdout, stderr } = await well({ argv: ['npx', 'acmescope', ...recorded], cwd: folder })
    expect(JSON.parse(stdout)).toHaveProperty('newOrder')
    expect(stderr).toMatch(/directory/)
    const { stdout: shown } = await well({ argv: ['npx', 'acmescope', 'show', 'latest', '--json'], cwd: folder })
    expect(JSON.parse(shown).steps).toMatchObject([{ operation: 'directory', status: 200 }])
    const { stdout: listed } = await well({ argv: ['npx', 'acmescope', 'list'], cwd: folder })
    expect(listed).toContain('example-lego-dns-01')

    const main = join(folder, 'node_modules/.bin/acmescope')
    const serving = start({ argv: [main, 'serve', '--json', '--proxy-port', '0', '--ui-port', '0'], cwd: folder })
    try {
      const { ui } = JSON.parse(await serving.line(/^\{/, 20_000))
      const page = await (await fetch(ui)).text()
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
      expect((await fetch(`${ui}${script}`)).headers.get('content-type')).toMatch(/javascript/)
    } finally {
      await serving.stop()
    }
  })
})
