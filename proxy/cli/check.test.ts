import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAnalysis } from '../../shared/acme/analyse.ts'
import { reference } from '../../shared/acme/registry/registry.ts'
import type { Finding } from '../../shared/finding.ts'
import { findingLines } from './finding-lines.ts'

// The built command: what a person and a CI run.
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MAIN = join(ROOT, 'dist/proxy/cli/main.js')
const FAILED = 'test/corpus/lego-wrongtxt.har'
const CLEAN = 'test/corpus/lego-dns3.har'
const REMARKED = 'test/corpus/lego-nonce.har'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-check-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly out: string
  readonly error: string
}

function acmescope(...parameters: readonly string[]): Promise<Ended> {
  return execute(process.execPath, [MAIN, ...parameters])
}

function execute(program: string, parameters: readonly string[], more: Record<string, string> = {}): Promise<Ended> {
  // As a person has it: Node takes colours from every terminal where CI is set.
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...rest } = process.env
  const env = { ...rest, ACMESCOPE_RECORDINGS: folder, TERM: 'xterm', ...more }
  return new Promise((resolve) => {
    execFile(program, parameters, { env, cwd: ROOT, maxBuffer: 2 ** 26 }, (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, out, error })
    })
  })
}

describe('check', () => {
  test.each([
    [FAILED, 'error', 1],
    [FAILED, 'warning', 1],
    [FAILED, 'never', 0],
    [CLEAN, 'warning', 0],
    [REMARKED, 'warning', 0],
  ])('%s with --fail-on %s ends with %i, in every form', async (file, failOn, code) => {
    const forms = ['text', 'json', 'sarif', 'junit']
    const ended = await Promise.all(
      forms.map((format) => acmescope('check', file, '--format', format, '--fail-on', failOn)),
    )
    expect(ended.map((one) => one.code)).toEqual(forms.map(() => code))
    expect(ended.map(({ error }) => error)).toEqual(forms.map(() => ''))
  })

  test('an error is the default, an unknown form or severity is wrong usage', async () => {
    expect((await acmescope('check', FAILED)).code).toBe(1)
    expect((await acmescope('check', FAILED, '--format', 'xml')).code).toBe(2)
    expect((await acmescope('check', FAILED, '--fail-on', 'info')).code).toBe(2)
    expect((await acmescope('check', 'no-such-recording', '--format', 'sarif')).code).toBe(3)
  })

  test('JSON names the recording, and its findings are those of show --json', async () => {
    const [given, same, shown] = (
      await Promise.all([
        acmescope('check', FAILED, '--format', 'json'),
        acmescope('check', FAILED, '--json'),
        acmescope('show', FAILED, '--json'),
      ])
    ).map(({ out }) => JSON.parse(out))
    expect(given).toEqual(same)
    expect(given).toEqual({ recording: shown.recording, findings: shown.findings })
    expect(given.recording).toMatchObject({ name: 'lego-wrongtxt', exchanges: 12 })
    expect(given.findings[0]).toMatchObject({ severity: 'error', consequenceOf: null })
  })

  test('SARIF and JUnit say what JSON says, and a file is named as seen from here', async () => {
    const json = JSON.parse((await acmescope('check', FAILED, '--json')).out)
    const [run] = JSON.parse((await acmescope('check', FAILED, '--format', 'sarif')).out).runs
    const ids = json.findings.map(({ id }: Finding) => id)
    expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId).toSorted()).toEqual(ids.toSorted())
    expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(FAILED)
    const { out } = await acmescope('check', FAILED, '--format', 'junit')
    for (const id of ids) expect(out).toContain(`name="${id}"`)
    await acmescope('import', '--name', 'nightly / lego', FAILED)
    const [stored] = JSON.parse((await acmescope('check', 'latest', '--format', 'sarif')).out).runs
    const location = stored.results[0].locations[0].physicalLocation
    expect(location.artifactLocation.uri).toMatch(/^[\w%.-]+\.har$/)
    expect(stored.results[0].partialFingerprints).toEqual(run.results[0].partialFingerprints)
  })

  test('a clean recording says so in one line', async () => {
    expect((await acmescope('check', CLEAN)).out).toBe('lego-dns3: nothing found in 24 exchanges\n')
  })

  test('what a CA says cannot steer a terminal or a CI', async () => {
    const har = JSON.parse(await readFile(join(ROOT, FAILED), 'utf8'))
    const said = '\u001B[2J\u202E\r\n::error::owned'
    for (const { response } of har.log.entries)
      response.content.text = String(response.content.text ?? '').replaceAll(
        'Correct value not found',
        JSON.stringify(said).slice(1, -1),
      )
    const file = join(folder, 'hostile.har')
    await writeFile(file, JSON.stringify(har))
    for (const command of ['check', 'show']) {
      const { out } = await acmescope(command, file)
      expect(out).toContain('::error::owned')
      expect(out).not.toMatch(/^\s*::/m)
      expect(out).not.toMatch(/[^\P{Cc}\n]|\u202E/u)
    }
  })
})

describe('text', () => {
  const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
    id,
    severity: 'error',
    title: `Title of ${id}`,
    explanation: 'Because of that.',
    fix: 'Do this.',
    reference: reference('RFC 8555 §8.4'),
    exchanges: [],
    object: null,
    consequenceOf: null,
    ...more,
  })

  test('consequences stand indented beneath their cause, whatever their order', () => {
    const findings = [
      finding('dns.txt-mismatch'),
      finding('nonce.unknown', { severity: 'info' }),
      finding('problem.other', { consequenceOf: 'dns.txt-mismatch' }),
    ]
    const paper = { width: Number.POSITIVE_INFINITY, isColoured: false }
    expect(findingLines({ analysis: startAnalysis(), findings }, paper)).toEqual([
      '✖ error   Title of dns.txt-mismatch (dns.txt-mismatch)',
      '  why  Because of that.',
      '  fix  Do this.',
      '  see  RFC 8555 §8.4, DNS Challenge: https://www.rfc-editor.org/rfc/rfc8555#section-8.4',
      '',
      '    ✖ error   Title of problem.other (problem.other)',
      '      follows from dns.txt-mismatch',
      '      why  Because of that.',
      '      fix  Do this.',
      '      see  RFC 8555 §8.4, DNS Challenge: https://www.rfc-editor.org/rfc/rfc8555#section-8.4',
      '',
      '● info    Title of nonce.unknown (nonce.unknown)',
      '  why  Because of that.',
      '  fix  Do this.',
      '  see  RFC 8555 §8.4, DNS Challenge: https://www.rfc-editor.org/rfc/rfc8555#section-8.4',
    ])
  })

  test('lines end where the window does, a word that is longer stands alone', () => {
    const findings = [finding('a.a', { explanation: `${'word '.repeat(30)}${'x'.repeat(100)} end` })]
    const lines = findingLines({ analysis: startAnalysis(), findings }, { width: 60, isColoured: false })
    for (const line of lines) if (!/x{100}|https/.test(line)) expect(line.length).toBeLessThanOrEqual(60)
    expect(lines.join(' ').match(/word/g)).toHaveLength(30)
    expect(lines).toContain(`       ${'x'.repeat(100)}`)
  })

  const command = `${process.execPath} ${MAIN} check ${FAILED}`
  const COLOUR = '\u001B[31m✖ error'

  test.skipIf(process.platform !== 'linux')('a terminal gets colours unless it says no, a pipe none', async () => {
    const onTerminal = (env?: Record<string, string>) => execute('script', ['-qec', command, '/dev/null'], env)
    expect((await onTerminal()).out).toContain(COLOUR)
    const without = [
      await onTerminal({ NO_COLOR: '1' }),
      await onTerminal({ TERM: 'dumb' }),
      await acmescope('check', FAILED),
    ]
    for (const { out } of without) {
      expect(out).toContain('✖ error')
      expect(out).not.toContain('\u001B')
    }
  })
})

describe('run --fail-on', () => {
  /** A command that meets trouble on the way, and ends with a code of its own. */
  const runAnd = (code: number, ...flags: readonly string[]) =>
    acmescope(
      'run',
      ...['--proxy-port', '0', '--ui-port', '0', ...flags],
      ...['--', 'sh', '-c', `curl -s https://no-such-name.invalid/; exit ${code}`],
    )

  test('what the command did decides when the command itself was content', async () => {
    const { code, error } = await runAnd(0, '--fail-on', 'error')
    expect(code).toBe(1)
    expect(error).toContain('✖ error')
    expect(error).toMatch(/^sh: 1 error.* in 1 exchange$/m)
    expect((await runAnd(0, '--fail-on', 'warning')).code).toBe(1)
    expect((await runAnd(0)).code).toBe(0)
  })

  test("the command's own code comes first", async () => {
    expect((await runAnd(7, '--fail-on', 'error')).code).toBe(7)
    expect((await runAnd(0, '--fail-on', 'never')).code).toBe(2)
  })

  test('the recording can be checked by the name it was given', async () => {
    await runAnd(0, '--name', 'gate')
    const { code, out } = await acmescope('check', 'gate', '--format', 'junit')
    expect(code).toBe(1)
    const { status, stdout } = spawnSync('python3', ['-c', READ_SUITE], { input: out, encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, 'acmescope gate 1\n'])
  })

  test('a command that never came through leaves nothing to check, which a gate sees', async () => {
    await acmescope(
      'run',
      '--proxy-port',
      '0',
      '--ui-port',
      '0',
      '--name',
      'nothing',
      '--fail-on',
      'error',
      '--',
      'true',
    )
    expect((await acmescope('check', 'nothing')).code).toBe(3)
  })
})

const READ_SUITE = `
import sys
from xml.etree import ElementTree
suite = ElementTree.parse(sys.stdin).getroot()[0]
print(suite.get('name'), suite.get('failures'))
`
