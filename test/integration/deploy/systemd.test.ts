/** The unit: what systemd says of it, and that the program takes its flags. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { acmescopeProgram } from '../../lab/acmescope.ts'
import { skipWithout } from '../../lab/peers.ts'
import { run, start } from '../../lab/processes.ts'

const UNIT = fileURLToPath(new URL('../../../deploy/acmescope.service', import.meta.url))
const PROGRAM = '/usr/local/bin/acmescope'

describe.skipIf(skipWithout('systemd'))('acmescope.service', () => {
  /** With a program that is there: nobody has installed ours on this machine. */
  async function checkedCopy(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'acmescope-unit-'))
    await cp('/bin/true', join(folder, 'acmescope'))
    const path = join(folder, 'acmescope.service')
    await writeFile(path, (await readFile(UNIT, 'utf8')).replaceAll(PROGRAM, join(folder, 'acmescope')))
    return path
  }

  test('is right, and as closed as systemd calls OK', async () => {
    const path = await checkedCopy()
    expect(await run({ argv: ['systemd-analyze', 'verify', path] }, 20_000)).toMatchObject({ code: 0, stderr: '' })
    const { stdout } = await run({ argv: ['systemd-analyze', 'security', '--offline=yes', path] }, 20_000)
    expect(Number(/exposure level for acmescope\.service: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2)
  })

  test('its command line starts a recorder', async () => {
    const line = /^ExecStart=(.+)$/m.exec(await readFile(UNIT, 'utf8'))?.[1]?.split(' ') ?? []
    expect(line[0]).toBe(PROGRAM)
    const folder = await mkdtemp(join(tmpdir(), 'acmescope-unit-'))
    const flags = line.slice(1).map((word) => (word === '/var/lib/acmescope' ? folder : word))
    const recorder = start({ argv: [...acmescopeProgram, ...flags, '--proxy-port', '0', '--ui-port', '0'] })
    try {
      expect(JSON.parse(await recorder.line(/"event":"started"/, 20_000))).toMatchObject({ recordings: folder })
    } finally {
      expect(await recorder.stop()).toMatchObject({ code: 0 })
    }
  })
})
