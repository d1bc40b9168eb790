/** Reports are read by machines that are strict, and made of words that are hostile. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { analyse, startAnalysis } from '../acme/analyse.ts'
import { check } from '../acme/checks/index.ts'
import { decodeAll } from '../acme/decode.ts'
import type { Analysis } from '../acme/model.ts'
import { reference } from '../acme/registry/registry.ts'
import { type Finding, SEVERITIES } from '../finding.ts'
import { readHar } from '../har/read.ts'
import { type Cause, type Checked, fails, tally, toCauses } from './checked.ts'
import { toJunit } from './junit.ts'
import { toSarif } from './sarif.ts'
import { oneLine } from './text.ts'

let analysis: Analysis
let checked: Checked
beforeAll(async () => {
  const har = readHar(readFileSync(new URL('../../test/corpus/raw-bad-jws.har', import.meta.url), 'utf8'))
  analysis = analyse(startAnalysis(), await decodeAll(har.facts))
  checked = { name: 'raw-bad-jws', startedAt: har.startedAt, analysis, findings: check(analysis) }
})

const finding = (given: Partial<Finding> & Pick<Finding, 'id'>): Finding => ({
  severity: 'error',
  title: given.id,
  explanation: 'It is so',
  fix: 'Do otherwise.',
  reference: reference('RFC 8555 §7.4'),
  exchanges: [],
  object: null,
  consequenceOf: null,
  ...given,
})

const HOSTILE = [
  ']]><!--&<a href="x">\'</failure></testsuite>',
  '\u001B]0;owned\u0007\u001B[2J\u0000\u0008',
  '\uD800 \uDFFF \uFFFE \uFFFF \u{1FFFE}',
  'first\r\n::error::second\u2028third\u2029',
  '\u202Egnp.exe\u2066',
  '[click](http://evil.test) {0} {{1}} \\',
  '__proto__',
  'x'.repeat(100_000),
]

const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
)
const hostileFinding: fc.Arbitrary<Finding> = fc
  .record({
    id: fc.constantFrom('dns.txt-mismatch', 'order.csr-differs', 'problem.other', 'constructor', '__proto__'),
    severity: fc.constantFrom(...SEVERITIES),
    title: hostileText,
    explanation: hostileText,
    fix: hostileText,
    object: fc.option(hostileText),
    exchanges: fc.array(fc.constantFrom('har-4', 'har-5', 'nowhere', '__proto__'), { maxLength: 4 }),
    consequenceOf: fc.option(fc.constantFrom('dns.txt-mismatch', 'problem.other', 'constructor', 'nothing')),
  })
  .map(finding)

const reports = (seed: number): readonly Checked[] =>
  fc
    .sample(fc.record({ name: hostileText, findings: fc.array(hostileFinding, { maxLength: 6 }) }), {
      seed,
      numRuns: 150,
    })
    .map((given) => ({ startedAt: '2026-01-01T00:00:00.000Z', analysis, ...given }))

/** What Python makes of the documents: its parsers know nothing of ours. */
function python<T>(program: string, documents: readonly string[]): T {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

describe('what follows from what', () => {
  const shape = (causes: readonly Cause[]): unknown =>
    causes.map(({ finding: { title }, consequences }) => [title, shape(consequences)])

  test('a cascade hangs from its cause', () => {
    const refused = finding({ id: 'order.finalized-before-ready', consequenceOf: 'problem.other' })
    const invalid = finding({ id: 'problem.other', consequenceOf: 'dns.txt-mismatch' })
    const wrong = finding({ id: 'dns.txt-mismatch' })
    expect(shape(toCauses([wrong, refused, invalid]))).toEqual([
      ['dns.txt-mismatch', [['problem.other', [['order.finalized-before-ready', []]]]]],
    ])
  })

  test('of several of a kind, the one about the same thing', () => {
    const causes = ['a', 'b'].map((object) => finding({ id: 'dns.txt-mismatch', title: object, object }))
    const follows = finding({ id: 'problem.other', object: 'b', consequenceOf: 'dns.txt-mismatch' })
    const without = finding({ id: 'problem.other', object: 'c', consequenceOf: 'dns.txt-mismatch' })
    expect(shape(toCauses([...causes, follows, without]))).toEqual([
      ['a', [['problem.other', []]]],
      ['b', [['problem.other', []]]],
    ])
  })

  test('a cause that is not there, itself, and a circle lose nothing', () => {
    const all = [
      finding({ id: 'a.a', consequenceOf: 'x.x' }),
      finding({ id: 'b.b', consequenceOf: 'b.b' }),
      finding({ id: 'c.c', consequenceOf: 'd.d' }),
      finding({ id: 'd.d', consequenceOf: 'c.c' }),
    ]
    expect(shape(toCauses(all))).toEqual(all.map(({ id }) => [id, []]))
    const count = (causes: readonly Cause[]): number =>
      causes.reduce((sum, { consequences }) => sum + 1 + count(consequences), 0)
    fc.assert(fc.property(fc.array(hostileFinding), (findings) => count(toCauses(findings)) === findings.length))
  })

  test('ten thousand of them take no time to speak of', () => {
    const many = Array.from({ length: 10_000 }, () => finding({ id: 'a.a', consequenceOf: 'a.a' }))
    expect(toCauses(many).length).toBeGreaterThan(0)
    expect(toSarif({ ...checked, findings: many }, { toolVersion: '1.0.0', uri: 'x.har' }).length).toBeGreaterThan(0)
  }, 10_000)
})

test('words stay on one line, and steer nothing', () => {
  expect(oneLine('  a\r\n\tb  ')).toBe('a b')
  expect(oneLine('grün, 日本, 👩‍🔬, \u05D0')).toBe('grün, 日本, 👩‍🔬, \u05D0')
  expect(oneLine('a'.repeat(50), 10)).toBe(`${'a'.repeat(9)}…`)
  expect(oneLine(`${'a'.repeat(8)}👩`, 10)).toBe(`${'a'.repeat(8)}👩`)
  for (const text of HOSTILE)
    expect(oneLine(text)).not.toMatch(/\p{Cc}|\p{Cs}|[\u2028-\u202E\u2066-\u2069\uFFFE\uFFFF]/u)
})

test('findings are counted in words', () => {
  const two = [finding({ id: 'a.a' }), finding({ id: 'a.b' }), finding({ id: 'a.c', severity: 'info' })]
  expect([tally(two), tally([])]).toEqual(['2 errors, 1 remark', ''])
  expect(two.map((one) => fails(one, 'warning'))).toEqual([true, true, false])
  expect(two.some((one) => fails(one, 'never'))).toBe(false)
})

// ───────────────────────────── SARIF

/** What SARIF 2.1.0's schema requires of the parts we write, and GitHub on top of it; nothing else may stand there. */
const text = z.strictObject({ text: z.string().min(1) })
const short = z.strictObject({ text: z.string().min(1).max(1024) })
const level = z.enum(['none', 'note', 'warning', 'error'])
const at = z.int().min(1)
const location = z.strictObject({
  id: z.int().min(-1).optional(),
  message: text.optional(),
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: z.string().regex(/^[\w\-.~%/!*'()]+$/) }),
    region: z.strictObject({ startLine: at, startColumn: at, endLine: at, endColumn: at }),
  }),
  logicalLocations: z
    .array(z.strictObject({ name: z.string(), fullyQualifiedName: z.string(), kind: z.string() }))
    .optional(),
})
const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: short,
  fullDescription: short,
  help: text,
  helpUri: z.url(),
  defaultConfiguration: z.strictObject({ level }),
})
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0),
  level,
  message: text,
  locations: z.array(location).length(1),
  relatedLocations: z.array(location).refine(areDifferent),
  partialFingerprints: z.record(z.string(), z.string().regex(/^[0-9a-f]{16}:\d+$/)),
  properties: z.looseObject({}),
})
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string(),
            version: z.string(),
            semanticVersion: z.string(),
            rules: z.array(rule),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string().regex(/^acmescope\/[^/]*\/$/) }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        results: z.array(result),
      }),
    )
    .length(1),
})

function areDifferent(values: readonly unknown[]): boolean {
  return new Set(values.map((value) => JSON.stringify(value))).size === values.length
}

const readSarif = (given: Checked) => {
  const [run] = sarif.parse(JSON.parse(toSarif(given, { toolVersion: '1.2.3', uri: 'a.har' }))).runs
  if (!run) throw new Error('no run')
  return run
}

describe('SARIF', () => {
  test('each finding is a result with its rule, its place and its level', () => {
    const { results, tool } = readSarif(checked)
    expect(results).toHaveLength(checked.findings.length)
    const { rules } = tool.driver
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId)
    const wrong = results.find(({ ruleId }) => ruleId === 'jws.signature-invalid')
    expect(wrong).toMatchObject({
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a.har' } } }],
      relatedLocations: [{ message: { text: '#4 newOrder → 400' } }],
    })
    expect(rules[wrong?.ruleIndex ?? -1]?.helpUri).toBe('https://www.rfc-editor.org/rfc/rfc8555#section-6.2')
  })

  test('the next run has the same fingerprints, though every URL and time is new', () => {
    const renewed: Checked = {
      ...checked,
      analysis: { ...analysis, steps: analysis.steps.map((step) => ({ ...step, url: `${step.url}/2`, time: '' })) },
      findings: checked.findings.map((one) => ({ ...one, object: 'new', title: `${one.title} again` })),
    }
    const prints = (given: Checked) => readSarif(given).results.map(({ partialFingerprints }) => partialFingerprints)
    expect(prints(renewed)).toEqual(prints(checked))
    expect(areDifferent(prints(checked))).toBe(true)
  })

  test('captured words make no link and no placeholder', () => {
    const one = finding({ id: 'a.a', title: 'See [here](http://evil.test)', explanation: '{0}' })
    const [first] = readSarif({ ...checked, findings: [one] }).results
    expect(first?.message.text).toBe('See \\[here\\](http://evil.test). {{0}} Do otherwise.')
  })

  test('whatever a finding says, it is valid, and another parser reads it', () => {
    const written = reports(1)
    const documents = written.map((given) => toSarif(given, { toolVersion: '1.2.3', uri: 'a.har' }))
    for (const document of documents) sarif.parse(JSON.parse(document))
    const counts = python<readonly number[]>(
      'import json,sys; print(json.dumps([len(json.loads(d)["runs"][0]["results"]) for d in json.load(sys.stdin)]))',
      documents,
    )
    expect(counts).toEqual(written.map(({ findings }) => findings.length))
    expect(Math.max(...documents.map((document) => document.length))).toBeLessThan(200_000)
  })
})

// ───────────────────────────── JUnit

interface TestCase {
  readonly name: string
  readonly outcome: string
  readonly message: string
  readonly text: string
}
interface Suite {
  readonly root: string
  readonly attributes: Readonly<Record<string, string>>
  readonly cases: readonly TestCase[]
}

const READ_XML = `
import json, sys
from xml.etree import ElementTree
def case(c):
  kinds = [e for e in c if e.tag in ('failure', 'error', 'skipped')]
  assert len(kinds) < 2 and c.get('classname') and all(e.tag in ('failure', 'skipped', 'system-out') for e in c)
  kind = kinds[0] if kinds else None
  return {'name': c.get('name'), 'outcome': kind.tag if kinds else 'passed', 'message': (kind.get('message') or '') if kinds else '', 'text': ''.join(c.itertext())}
def suite(document):
  root = ElementTree.fromstring(document.encode('utf-8'))
  suites = list(root)
  assert [s.tag for s in suites] == ['testsuite'] and all(c.tag == 'testcase' for c in suites[0])
  return {'root': root.tag, 'attributes': suites[0].attrib, 'cases': [case(c) for c in suites[0]]}
print(json.dumps([suite(d) for d in json.load(sys.stdin)]))
`
const readJunit = (documents: readonly string[]): readonly Suite[] => python(READ_XML, documents)

describe('JUnit', () => {
  test('each kind of finding is a test case that fails from --fail-on on', () => {
    const findings = [
      finding({ id: 'dns.txt-mismatch', title: 'first' }),
      finding({ id: 'dns.txt-mismatch', title: 'second', consequenceOf: 'problem.other' }),
      finding({ id: 'dns.record-left-behind', severity: 'warning', exchanges: [analysis.steps[0]?.exchange ?? ''] }),
      finding({ id: 'nonce.unknown', severity: 'info' }),
    ]
    const given = { ...checked, findings }
    const [onError, onWarning, never] = readJunit([
      toJunit(given, 'error'),
      toJunit(given, 'warning'),
      toJunit(given, 'never'),
    ])
    const outcomes = (suite?: Suite) => suite?.cases.map(({ name, outcome }) => [name, outcome])
    expect(outcomes(onError)).toEqual([
      ['dns.txt-mismatch', 'failure'],
      ['dns.record-left-behind', 'skipped'],
      ['nonce.unknown', 'skipped'],
    ])
    expect(outcomes(onWarning)?.map(([, outcome]) => outcome)).toEqual(['failure', 'failure', 'skipped'])
    expect(outcomes(never)?.map(([, outcome]) => outcome)).toEqual(['passed', 'skipped', 'skipped', 'skipped'])
    expect(onError?.attributes).toMatchObject({ tests: '3', failures: '1', skipped: '2', errors: '0' })
    expect(onError?.cases[0]?.message).toBe('first (2 errors of this kind)')
    expect(onError?.cases[0]?.text).toContain('follows from: problem.other')
    expect(onError?.cases[1]?.text).toContain(`in: #1 ${analysis.steps[0]?.operation}`)
  })

  test('a clean recording is a suite with one test that passed', () => {
    const [suite] = readJunit([toJunit({ ...checked, findings: [] }, 'warning')])
    expect(suite).toMatchObject({
      root: 'testsuites',
      attributes: { name: 'acmescope raw-bad-jws', tests: '1', failures: '0', timestamp: checked.startedAt },
      cases: [{ name: 'no error or warning', outcome: 'passed' }],
    })
  })

  test('whatever a finding says, another parser reads it whole', () => {
    const written = reports(2)
    const suites = readJunit(written.map((given) => toJunit(given, 'warning')))
    for (const [index, { cases, attributes }] of suites.entries()) {
      const { findings = [] } = written[index] ?? {}
      const count = (outcome: string) => cases.filter((one) => one.outcome === outcome).length
      expect(new Set(cases.map(({ name }) => name)).size).toBe(Number(attributes.tests))
      expect([count('failure'), count('skipped')]).toEqual([Number(attributes.failures), Number(attributes.skipped)])
      for (const { id, title } of findings)
        expect(cases.find(({ name }) => name === id)?.text.normalize()).toContain(oneLine(title).normalize())
    }
  })
})
