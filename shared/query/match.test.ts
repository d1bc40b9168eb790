import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { knownOf, numbersOf } from '../../test/asked.ts'
import type { Connection } from '../exchange.ts'
import { CHAPTERS, FIELDS } from './fields.ts'
import { compile } from './match.ts'
import { whatExcludes } from './none.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import type { Known, Query } from './query.ts'

let traefik: Known
let failed: Known
let nonces: Known
beforeAll(async () => {
  traefik = await knownOf('recordings/examples/traefik-letsencrypt-cloudflare.har')
  failed = await knownOf('recordings/examples/lego-txt-not-served.har')
  nonces = await knownOf('test/corpus/lego-nonce.har')
})

const count = (text: string, known: Known = traefik) => numbersOf(text, known).length

const subjectsOf = ({ analysis }: Known) => [...analysis.steps, ...analysis.connections]

describe('the reference scenario', () => {
  test.each([
    ['', 35],
    ['host:cloudflare', 7],
    ['host:=api.cloudflare.com', 7],
    ['host:=cloudflare', 0],
    ['provider:Cloudflare to:dns is:dns', 7],
    ['from:traefik', 35],
    ['is:acme OR is:dns', 35],
    ['-is:acme -is:dns', 0],
    ['op:dns', 7],
    ['op:createRecord', 3],
    ['op:dns.createRecord OR op:deleteRecord', 6],
    ['op:order', 2],
    ['status:2xx', 35],
    ['status:>=400', 0],
    ['status:>4xx', 0],
    ['status:<=2xx', 35],
    ['status:201', 2],
    ['status:200..201', 35],
    ['phase:validation', 14],
    ['section:7.4.2', 2],
    ['section:7.4', 6],
    ['section:"rfc 8555 7.4"', 6],
    ['method:head', 3],
    ['seq:1..10', 10],
    ['seq:>10', 25],
    ['has:csr', 1],
    ['has:certificate', 2],
    ['has:txt', 6],
    ['has:problem', 0],
    ['is:poll', 13],
    ['state:pending', 15],
    ['body:"status: pending"', 15],
    ['req.body:"status: pending"', 0],
    ['alg:rs256', 24],
    ['alg:rs', 0],
    ['nonce:"<nonce_2>"', 2],
    ['time:22:44', 20],
    ['time:>22:44', 15],
    ['time:>=22:44', 35],
    ['after:22:44:59 before:22:45', 2],
    ['time:2024-04-15', 35],
    ['time:2024-04-16', 0],
    ['duration:30ms', 35],
    ['duration:>30ms', 0],
    ['name:=nas.mycustomservice.local', 17],
    ['offset:>1h', 0],
    ['is:exchange', 35],
    ['is:connection', 0],
    ['has:note', 0],
  ])('%s: %i', (text, expected) => expect(count(text)).toBe(expected))

  test('a bare word is found wherever a field would find it', () => {
    for (const [word, field] of [
      ['nas.', 'name:nas.'],
      ['createRecord', 'op:createRecord'],
      ['nonce_2', 'nonce:nonce_2'],
      ['retry-after', 'header:retry-after'],
      ['order.example', 'url:order.example'],
    ] as const)
      expect(numbersOf(word, traefik)).toEqual(expect.arrayContaining([...numbersOf(field, traefik)]))
    expect(count('nas.')).toBeGreaterThan(0)
    expect(count('"no such words"')).toBe(0)
  })
})

describe('what went wrong', () => {
  test('problems, findings and what is to blame', () => {
    expect(count('is:failed', failed)).toBeGreaterThan(0)
    expect(count('has:finding severity:error', failed)).toBeGreaterThan(0)
    expect(count('type:badNonce', nonces)).toBeGreaterThan(0)
    expect(numbersOf('type:badNonce', nonces)).toEqual(numbersOf('problem:badNonce has:problem', nonces))
    expect(numbersOf('has:retry', nonces).length).toBe(count('type:badNonce', nonces))
    expect(numbersOf('finding:nonce.rejected', nonces)).toEqual(
      expect.arrayContaining([...numbersOf('type:badNonce', nonces)]),
    )
    expect(count('is:failed status:<400', nonces)).toBe(0)
  })

  test('a connection is found by what is known of it, and by nothing else', () => {
    const refused: Connection = {
      kind: 'connection',
      id: 'c1',
      sequence: 36,
      startedAt: '2024-04-15T22:46:00.000Z',
      client: { address: '127.0.0.1', port: 4444 },
      state: 'complete',
      outcome: 'client-refused-certificate',
      host: 'ca.example',
      port: 443,
      failure: { stage: 'client-tls', code: 'cert-rejected', message: 'it does not trust our authority' },
    }
    const known: Known = {
      analysis: { ...traefik.analysis, connections: [refused] },
      findings: new Map(),
      notes: new Map([['c1', ['ask the hoster']]]),
    }
    for (const text of [
      'is:connection',
      'host:ca.example:443',
      'has:failure',
      'is:failed',
      'failure:cert-rejected',
      'client:4444',
      'summary:refused',
      'refused',
      'has:note',
      'note:hoster',
      'time:22:46 -is:exchange',
      'offset:>1min seq:>35',
    ])
      expect(numbersOf(text, known)).toEqual([36])
    expect(numbersOf('-has:jws -has:nonce -op:dns -op:directory', known)).toEqual([36])
    expect(numbersOf('status:<600 is:connection', known)).toEqual([])
  })
})

describe('whatever is asked', () => {
  const terms = fc.constantFrom(
    ...FIELDS.map(({ example }) => example),
    'nas',
    '"to"',
    'status:4xx',
    'is:poll',
    'size:<1kB',
  )
  const { query: queries } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      terms,
      tie('query').map((inner) => `-(${inner})`),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) (${b})`),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) OR (${b})`),
    ),
  }))
  const fitting = (query: Query, known: Known) => {
    const { fits } = compile(query)
    return subjectsOf(known).map((subject) => fits(subject, known))
  }
  const read = (text: string): Query => parseQuery(text).query ?? { kind: 'all' }

  test('a minus turns it round, printing changes nothing, OR and brackets are what they say', () => {
    fc.assert(
      fc.property(queries, queries, (a, b) => {
        const [ofA, ofB] = [fitting(read(a), nonces), fitting(read(b), nonces)]
        expect(fitting(read(`-(${a})`), nonces)).toEqual(ofA.map((fits) => !fits))
        expect(fitting(read(printQuery(read(a))), nonces)).toEqual(ofA)
        expect(fitting(read(`(${a}) OR (${b})`), nonces)).toEqual(ofA.map((fits, at) => fits || ofB[at]))
        expect(fitting(read(`(${a}) (${b})`), nonces)).toEqual(ofA.map((fits, at) => fits && ofB[at]))
      }),
      { numRuns: 150 },
    )
  })

  test('what excludes everything is named', () => {
    const why = (text: string) => whatExcludes(read(text), subjectsOf(traefik), traefik)
    expect(why('host:cloudflare op:nothing')).toEqual({
      part: 'op:nothing',
      rest: 'host:cloudflare',
      without: 7,
      alone: true,
    })
    expect(why('host:cloudflare op:newOrder status:2xx')).toMatchObject({
      part: 'op:newOrder',
      without: 7,
      alone: false,
    })
    expect(why('nowhere')).toEqual({ part: 'nowhere', rest: '', without: 35, alone: true })
    expect(why('(op:x OR op:y) -host:cloudflare')).toMatchObject({ part: 'op:x OR op:y', rest: '-host:cloudflare' })
    expect(why('')).toBeNull()
  })
})

describe('the fields', () => {
  test('each has a name of its own, an example that can be read, and a line that explains it', () => {
    const names = FIELDS.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(names.length).toBe(new Set(names).size)
    for (const { name, example, meaning } of FIELDS) {
      expect(parseQuery(example).query).toMatchObject({ kind: 'term', field: name })
      expect(meaning).toMatch(/^[A-Z].*\.$/)
    }
    expect(CHAPTERS.flatMap(({ rows }) => rows)).toEqual(FIELDS)
  })

  test('each finds the values that it reads', async () => {
    const recordings = [traefik, failed, nonces, await knownOf('test/corpus/lego-blocked.har')]
    const silent = FIELDS.filter((row) => {
      if (row.kind !== 'text') return false
      return !recordings.some((known) => {
        const value = subjectsOf(known).flatMap((subject) => [...row.read(subject, known)])[0]
        return (
          value !== undefined &&
          count(printQuery({ kind: 'term', field: row.name, sign: '=', value, from: 0, to: 0 }), known) > 0
        )
      })
    })
    expect(silent.map(({ name }) => name)).toEqual(['failure', 'note'])
  })
})
