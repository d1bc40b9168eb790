/** The Compose files: right by the specification's own schema, nothing named that is not there, flags that the program takes. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { acmescopeProgram } from '../../lab/acmescope.ts'
import { createLabAuthority } from '../../lab/certificates.ts'
import { start } from '../../lab/processes.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const read = async (name: string): Promise<unknown> => parse(await readFile(at(`../../../deploy/${name}`), 'utf8'))

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      command: z.union([z.string(), z.array(z.string())]).optional(),
      volumes: z.array(z.string()).default([]),
      networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown()).transform(Object.keys)]).default([]),
      depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown()).transform(Object.keys)]).default([]),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()).default({}),
  networks: z.record(z.string(), z.unknown()).default({}),
})

describe.each(['compose.traefik.yaml', 'compose.lab.yaml'])('%s', (name) => {
  test('is right by the schema of the specification', async () => {
    // Theirs says `https` where the name of the draft says `http`.
    const { $schema, ...schema } = JSON.parse(await readFile(at('compose-spec.schema.json'), 'utf8'))
    expect($schema).toContain('draft-07')
    const ajv = new Ajv({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const isRight = ajv.compile(schema)
    expect(isRight(await read(name)), JSON.stringify(isRight.errors)).toBe(true)
    expect(isRight({ services: { a: { image: 'a', comand: 'x' } } })).toBe(false)
  })

  test('names nothing that is not in it', async () => {
    const { services, volumes, networks } = composeFile.parse(await read(name))
    for (const service of Object.values(services)) {
      expect(Object.keys(services)).toEqual(expect.arrayContaining(service.depends_on))
      expect(Object.keys(networks)).toEqual(expect.arrayContaining(service.networks))
      const named = service.volumes
        .map((volume) => volume.split(':')[0] ?? '')
        .filter((source) => !source.startsWith('/'))
      expect(Object.keys(volumes)).toEqual(expect.arrayContaining(named))
    }
  })

  test('acmescope starts with its flags', async () => {
    const { services } = composeFile.parse(await read(name))
    const folder = await mkdtemp(join(tmpdir(), 'acmescope-compose-'))
    const root = join(folder, 'root.pem')
    await writeFile(root, createLabAuthority().certificate)
    const command = services.acmescope?.command
    if (!Array.isArray(command)) throw new Error('its command is no list')
    // What is a file or a port of the container's becomes one of this machine's.
    const flags = command.map((word) =>
      word
        .replace('/pebble/pebble.minica.pem', root)
        .replace('http-01=5002:', 'http-01=0:')
        .replace('0.0.0.0', '127.0.0.1'),
    )
    const own = ['--log', 'json', '--recordings', folder, '--proxy-port', '0', '--ui-port', '0']
    const recorder = start({ argv: [...acmescopeProgram, ...flags, ...own] })
    try {
      await recorder.line(/"event":"started"/, 20_000)
    } finally {
      expect(await recorder.stop()).toMatchObject({ code: 0 })
    }
  })
})
