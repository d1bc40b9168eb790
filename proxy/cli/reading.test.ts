import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../store/store.ts'

// The built command: what a person runs.
const MAIN = fileURLToPath(new URL('../../dist/proxy/cli/main.js', import.meta.url))
const EXAMPLES = fileURLToPath(new URL('../../recordings/examples', import.meta.url))
const FLOW = join(EXAMPLES, 'traefik-letsencrypt-cloudflare.har')
const FAILED = join(EXAMPLES, 'lego-txt-not-served.har')

let folder = ''
/** Of the two recordings all tests read. */
let ids: readonly string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-reading-'))
  const imported = await acmescope('import', '--json', FLOW, FAILED)
  ids = (JSON.parse(imported.out) as { recording: { id: string } }[]).map(({ recording }) => recording.id)
})
afterAll(() => rm(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly out: string
  readonly error: string
}

function acmescope(...parameters: readonly string[]): Promise<Ended> {
  const env = { ...process.env, ACMESCOPE_RECORDINGS: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...parameters], { env, maxBuffer: 2 ** 26 }, (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, out, error })
    })
  })
}

const flowId = () => ids[0] ?? ''

/** One line, without a stack: what is wrong, and what to do. */
const ONE_LINE = /^acmescope: [^\n]+; [^\n]+\n$/

describe('what a recording is called', () => {
  test('its id, the beginning of it, latest and a path all open it', async () => {
    const shown = await Promise.all(
      [flowId(), flowId().slice(0, 8), FLOW, 'example-traefik'].map((name) => acmescope('show', name)),
    )
    expect(shown.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    const [first] = shown
    expect(first?.out.split('\n').filter((line) => /^ *\d+ {2}/.test(line))).toHaveLength(35)
    for (const other of shown) expect(other.out).toBe(first?.out)
    // Both recordings are years apart, so the newest is plain.
    expect((await acmescope('show', 'latest')).out).toBe((await acmescope('show', FAILED)).out)
  })

  test.each([
    ['nothing-of-this-name', 'no recording'],
    ['nowhere.har', 'nowhere.har'],
    ['example-', 'several'],
  ])('%s ends with 3 and one line', async (name, word) => {
    const { code, out, error } = await acmescope('show', name)
    expect([code, out]).toEqual([3, ''])
    expect(error).toMatch(ONE_LINE)
    expect(error).toContain(word)
  })

  test('a file that is no HAR ends with 3 and one line, and changes nothing', async () => {
    const file = join(folder, 'broken.har')
    await writeFile(file, '{"log":')
    const before = (await acmescope('list')).out
    for (const parameters of [
      ['show', file],
      ['check', file],
      ['import', FLOW, file],
    ]) {
      const { code, error } = await acmescope(...parameters)
      expect(code).toBe(3)
      expect(error).toMatch(ONE_LINE)
    }
    expect((await acmescope('list')).out).toBe(before)
  })

  test('a file is read without touching the folder', async () => {
    const elsewhere = join(folder, 'not made')
    expect((await acmescope('show', FLOW, '--recordings', elsewhere)).code).toBe(0)
    expect((await acmescope('list', '--recordings', elsewhere)).code).toBe(0)
    await expect(stat(elsewhere)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('list and show', () => {
  test('list names every recording, newest first, then the examples', async () => {
    const all = JSON.parse((await acmescope('list', '--json')).out) as { id: string; origin: string }[]
    expect(all.filter(({ origin }) => origin === 'stored').map(({ id }) => id)).toEqual([...ids].reverse())
    expect(all.slice(0, 2).every(({ origin }) => origin === 'stored')).toBe(true)
    expect(all.length).toBeGreaterThan(2)
  })

  test('show --json holds the whole analysis', async () => {
    const shown = JSON.parse((await acmescope('show', flowId(), '--json')).out)
    expect(Object.keys(shown)).toEqual(
      expect.arrayContaining([
        'recording',
        'lanes',
        'steps',
        'nonces',
        'accounts',
        'certificates',
        'orders',
        'findings',
      ]),
    )
    expect(shown.recording).toMatchObject({ id: flowId(), exchanges: 35 })
    expect(shown.steps.filter(({ inferred }: { inferred: boolean }) => !inferred)).toHaveLength(35)
  })

  test('piped, nothing is coloured or cut', async () => {
    const { out } = await acmescope('show', flowId())
    expect(out).not.toMatch(/[^\P{Cc}\n]|…/u)
  })
})

describe('show --where', () => {
  const linesOf = (out: string) => out.split('\n').filter((line) => /^ *\d+ {2}/.test(line))

  test('shows what is asked for, as a table and as JSON, and leaves everything else as it is', async () => {
    const query = 'host:cloudflare -op:dns.findZone'
    const shown = await acmescope('show', FLOW, '--where', query)
    expect(shown.code).toBe(0)
    expect(linesOf(shown.out).map((line) => line.trim().split(/ +/)[0])).toEqual(['11', '12', '13', '28', '29', '30'])
    const [all, some] = await Promise.all(
      [[], ['--where', query]].map(async (flags) =>
        JSON.parse((await acmescope('show', FLOW, '--json', ...flags)).out),
      ),
    )
    expect(some.steps.map(({ seq }: { seq: number }) => seq)).toEqual([11, 12, 13, 28, 29, 30])
    expect({ ...some, steps: all.steps }).toEqual(all)
  })

  test('findings can be asked for; none that fits is said, and is no failure', async () => {
    expect(linesOf((await acmescope('show', FAILED, '--where', 'severity:error')).out).length).toBeGreaterThan(0)
    const none = await acmescope('show', FLOW, '--where', 'has:problem')
    expect(none.code).toBe(0)
    expect(linesOf(none.out)).toEqual([])
    expect(none.error).toBe('none of 35 exchanges fits has:problem\n')
  })

  test.each([
    ['hots:x', 'character 1: there is no field hots; did you mean host:?'],
    ['a "b', 'character 3: this quote is not closed; close it with "'],
    ['status:>=', 'character 1: status:>= needs a value; for example status:>=400'],
  ])('%s ends with 2 and one line that says where and what to do', async (query, said) => {
    const { code, out, error } = await acmescope('show', FLOW, '--where', query)
    expect([code, out]).toEqual([2, ''])
    expect(error).toBe(`acmescope: --where, ${said}\n`)
  })
})

describe('check', () => {
  test('ends with 1 from the wanted severity on', async () => {
    const codes = await Promise.all(
      [[FAILED], [FAILED, '--fail-on', 'never'], [FLOW], [FLOW, '--fail-on', 'warning']].map(
        async (parameters) => (await acmescope('check', ...parameters)).code,
      ),
    )
    expect(codes).toEqual([1, 0, 0, 0])
  })

  test('says the same as JSON', async () => {
    const asText = (await acmescope('check', FAILED)).out
    const asJson = JSON.parse((await acmescope('check', FAILED, '--format', 'json')).out).findings as { id: string }[]
    expect(asJson.length).toBeGreaterThan(0)
    for (const { id } of asJson) expect(asText).toContain(`(${id})`)
  })
})

describe('export', () => {
  test('what is exported raw and imported again shows the same steps', async () => {
    const file = join(folder, 'again.har')
    expect((await acmescope('export', flowId(), '--format', 'har', '--raw', '-o', file)).code).toBe(0)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await acmescope('show', file)).out).toBe((await acmescope('show', flowId())).out)
  })

  test('an existing file is overwritten only by force, and no half file stays', async () => {
    const file = join(folder, 'there.har')
    await writeFile(file, 'mine')
    const refused = await acmescope('export', flowId(), '--format', 'har', '-o', file)
    expect(refused.code).toBe(2)
    expect(refused.error).toMatch(ONE_LINE)
    expect(await readFile(file, 'utf8')).toBe('mine')
    expect((await acmescope('export', flowId(), '--format', 'har', '-o', file, '--force')).code).toBe(0)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ log: { version: '1.2' } })
    expect((await readdir(folder)).filter((name) => /part|tmp/.test(name))).toEqual([])
  })

  test('a place that cannot be written is named', async () => {
    const { code, error } = await acmescope('export', flowId(), '-o', join(folder, 'no', 'such', 'folder.har'))
    expect(code).toBe(4)
    expect(error).toMatch(ONE_LINE)
  })

  test('secrets are masked unless it is raw', async () => {
    const secret = 'Bearer very-secret-token-0123456789abcdef'
    const har = JSON.parse(await readFile(FLOW, 'utf8'))
    har.log.entries[0].request.headers.push({ name: 'Authorization', value: secret })
    const file = join(folder, 'secret.har')
    await writeFile(file, JSON.stringify(har))
    expect((await acmescope('export', file)).out).not.toContain('very-secret-token')
    expect((await acmescope('export', file, '--raw')).out).toContain('very-secret-token')
  })
})

describe('delete', () => {
  test('deletes the one that is meant, and only once', async () => {
    const [imported] = JSON.parse((await acmescope('import', '--json', FLOW)).out) as { recording: { id: string } }[]
    const id = imported?.recording.id ?? ''
    expect((await acmescope('delete', id)).code).toBe(0)
    expect((await acmescope('delete', id)).code).toBe(3)
    expect((await acmescope('list')).out).toContain(flowId())
  })

  test('one that is being recorded stays', async () => {
    const store = await openStore(folder)
    const recording = { id: 'being-written', name: 'now', source: 'live', toolVersion: '0' } as const
    await store.createRecording({ ...recording, startedAt: '2020-01-01T00:00:00.000Z' })
    const { code, error } = await acmescope('delete', 'being-written')
    expect(code).toBe(4)
    expect(error).toMatch(ONE_LINE)
    await store.close()
    expect((await acmescope('delete', 'being-written')).code).toBe(0)
  })

  test('an example stays', async () => {
    expect((await acmescope('delete', 'example-traefik-letsencrypt-cloudflare')).code).toBe(3)
  })
})

test.each([
  ['newer', 'pragma user_version = 99'],
  ['damaged', null],
])('a %s store ends with 3 and one line', async (_, statement) => {
  const broken = await mkdtemp(join(tmpdir(), 'acmescope-broken-'))
  await (await openStore(broken)).close()
  const file = join(broken, 'acmescope.db')
  if (statement === null) await writeFile(file, Buffer.alloc(9000, 'x'))
  else {
    const { default: Libsql } = await import('libsql')
    const raw = new Libsql(file)
    raw.exec(statement)
    raw.close()
  }
  const before = await readFile(file)
  const { code, error } = await acmescope('list', '--recordings', broken)
  expect(code).toBe(3)
  expect(error).toMatch(ONE_LINE)
  expect(await readFile(file)).toEqual(before)
  await rm(broken, { recursive: true })
})
