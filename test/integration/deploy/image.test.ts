/** The Dockerfile, built as Docker would build it from a fresh clone, and what it made, run. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { buildImage, well } from '../../lab/image.ts'
import { networkNamespace } from '../../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../../lab/peers.ts'
import { run, start } from '../../lab/processes.ts'

const checkout = fileURLToPath(new URL('../../..', import.meta.url))
const imageConfig = z.object({
  User: z.string(),
  Entrypoint: z.array(z.string()),
  Cmd: z.array(z.string()),
  Volumes: z.record(z.string(), z.unknown()),
  Healthcheck: z.object({ Test: z.array(z.string()) }),
})

describe.skipIf(skipWithout('buildah', 'debootstrap', 'iproute2') || skipWithoutNamespace(networkNamespace))(
  'the image',
  () => {
    test('is built, runs as nobody in particular, is well, and makes an authority for who may write', async () => {
      const clone = await mkdtemp(join(tmpdir(), 'acmescope-clone-'))
      try {
        await well(['git', 'clone', '--quiet', '--depth', '1', `file://${checkout}`, clone])
        await using image = await buildImage(clone, 'deploy/Dockerfile', 'node:20-bookworm-slim')
        const { User, Entrypoint, Cmd, Volumes, Healthcheck } = imageConfig.parse(await image.config())
        expect([User, Object.keys(Volumes)]).toEqual(['node', ['/recordings']])

        // In a network of its own, as its ports are fixed.
        const serving = image.command([...Entrypoint, ...Cmd])
        const recorder = start({
          ...serving,
          argv: ['unshare', '--net', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh', ...serving.argv],
        })
        try {
          await recorder.line(/is recording into \/recordings/, 30_000)
          const inside = (argv: readonly string[]) =>
            run({ argv: ['nsenter', `--net=/proc/${recorder.pid}/ns/net`, ...image.command(argv).argv] }, 30_000)
          expect(Healthcheck.Test[0]).toBe('CMD')
          expect(await inside(Healthcheck.Test.slice(1))).toMatchObject({ code: 0 })
          expect((await inside(['id', '--user'])).stdout).toBe('1000\n')
          expect(await inside([...Entrypoint, 'ca', '--output', '/trust/acmescope.pem'])).toMatchObject({ code: 0 })
          expect((await inside(['ls', 'recordings/examples'])).stdout).toContain('.har')
          expect(
            (await inside(['find', '.', '-name', '*.ts', '-path', './dist/*', '-not', '-name', '*.d.ts'])).stdout,
          ).toBe('')
        } finally {
          await recorder.stop()
        }
      } finally {
        await rm(clone, { recursive: true, force: true })
      }
    }, 400_000)
  },
)
