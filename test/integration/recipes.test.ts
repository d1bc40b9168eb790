/** The lines of the set-up page, run as they stand there, with the real clients. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecorderInfo } from '../../shared/api.ts'
import { textOf } from '../../web/start/recipes/recipe.ts'
import { recipes } from '../../web/start/recipes.ts'
import { query, type Recorder, serve } from '../lab/acmescope.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { run } from '../lab/processes.ts'

const needed = ['pebble', 'curl', 'lego', 'certbot', 'dehydrated'] as const

describe.skipIf(skipWithout(...needed))('the lines for', () => {
  let lab: Lab
  let recorder: Recorder
  let recordings: string

  beforeAll(async () => {
    lab = await startLab()
    // A space, as many a folder has one.
    recordings = join(lab.folder, 'my recordings')
    recorder = await serve(lab, recordings)
    await writeFile(join(lab.folder, 'dehydrated.conf'), `BASEDIR=${lab.folder}/dehydrated\n`)
    await mkdir(join(lab.folder, 'dehydrated'))
  })
  afterAll(async () => {
    await recorder?.process.stop()
    await lab?.stop()
  })

  const info = (): RecorderInfo => ({
    version: '',
    proxy: recorder.proxy,
    ui: recorder.ui,
    authority: { name: '', pem: recorder.ca, bundle: recorder.bundle, fingerprintSha256: '', notAfter: '' },
    recording: recorder.recording,
    recordingsFolder: recordings,
  })

  /** With a whole command in place of the beginning of one; nobody here is anybody else than root may be. */
  function scriptFor(id: string, command: string): string {
    const recipe = recipes.find((one) => one.id === id)
    const lines = recipe === undefined ? '' : textOf(recipe, info())
    return id === 'shell' ? `${lines}\n${command}` : lines.replace('sudo env', 'env').replace(/^\S+ .*…$/m, command)
  }

  test.each<[id: string, comes: RegExp, command: (at: string, folder: string) => string]>([
    ['shell', /curl/, (directory) => `curl -fsS ${directory}`],
    [
      'dehydrated',
      /dehydrated/,
      (directory, folder) =>
        `dehydrated --register --accept-terms --ca ${directory} --config ${folder}/dehydrated.conf`,
    ],
    [
      'certbot',
      /certbot/,
      (directory, folder) =>
        `certbot register --server ${directory} --agree-tos -n -m a@example.test ${['config', 'work', 'logs']
          .map((kind) => `--${kind}-dir ${folder}/certbot`)
          .join(' ')}`,
    ],
    [
      'lego',
      /lego/,
      // It registers, and then finds that nobody answers its challenge: that it came so far is what counts.
      (directory, folder) =>
        `lego --server ${directory} --accept-tos --email a@example.test --path ${folder}/lego -d www.example.test --http --http.port 127.0.0.1:0 run || true`,
    ],
  ])('%s bring it through the recorder', async (id, comes, command) => {
    const script = scriptFor(id, command(lab.pebble.directory, lab.folder))
    const { code, stdout, stderr } = await run(
      { argv: ['sh', '-c', script], env: { HOME: lab.folder, PATH: process.env.PATH ?? '' } },
      60_000,
    )
    expect(code, `${script}\n${stdout}${stderr}`).toBe(0)
    const shown = await query(recordings, 'show', 'latest', '--json')
    const { lanes, connections } = JSON.parse(shown.stdout)
    expect(JSON.stringify(lanes)).toMatch(comes)
    expect(JSON.stringify(connections ?? [])).not.toContain('refused')
  })
})
