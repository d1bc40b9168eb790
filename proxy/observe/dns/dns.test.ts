import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { Packet } from 'dns-packet'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DnsObservation } from '../../../shared/exchange.ts'
import { type DnsServer, startDnsServer } from '../../../test/lab/dns-server.ts'
import { ask, type Reply, readAnswer } from './ask.ts'
import { readReply } from './read-reply.ts'
import { findZone, type Network } from './servers.ts'
import { type RecordToWatch, watchRecord } from './watch-record.ts'

const ZONE = 'example.test'
const NAME = '_acme-challenge.www.example.test'
const VALUE = 'x'.repeat(43)

let first: DnsServer
let second: DnsServer
/** Of a zone below. */
let deep: DnsServer
let end: AbortController
beforeEach(async () => {
  ;[first, second, deep] = await Promise.all([
    startDnsServer([ZONE, 'other.test']),
    startDnsServer([ZONE]),
    startDnsServer(['deep.example.test']),
  ])
  end = new AbortController()
})
afterEach(async () => {
  end.abort()
  await Promise.all([first.stop(), second.stop(), deep.stop()])
})

const at = ({ port }: DnsServer) => ({ address: '127.0.0.1', port })
const leads = (name: string, { port }: DnsServer) => ({ host: name, port: 53, toHost: '127.0.0.1', toPort: port })

const network = (): Network => ({
  resolvers: [at(first)],
  connectTo: [
    leads('ns1.example.test', first),
    leads('ns2.example.test', second),
    leads('ns1.deep.example.test', deep),
    leads('ns1.other.test', second),
    leads('ns2.other.test', second),
  ],
  ask: (server, question, options) => ask(server, question, { ...options, limit: 200 }),
})

interface Watching {
  readonly told: readonly DnsObservation['detail'][]
  readonly done: Promise<void>
  /** Resolves when so many are told. */
  readonly until: (count: number) => Promise<void>
}

function watch(change: Partial<RecordToWatch> = {}, interval = 20): Watching {
  const told: DnsObservation['detail'][] = []
  let wake: () => void = () => undefined
  const record = { name: NAME, value: VALUE, writtenBy: 'w1', zone: null, ...change }
  const done = watchRecord(record, {
    network: network(),
    interval,
    signal: end.signal,
    onObservation({ detail }) {
      told.push(detail)
      wake()
    },
  })
  return {
    told,
    done,
    async until(count) {
      while (told.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    },
  }
}

const serverOf = ({ server }: DnsObservation['detail']) => server?.name
const wordsOf = ({ code, values, server }: DnsObservation['detail']) =>
  `${server?.name ?? '-'} ${code} ${values.map((value) => value.slice(0, 3)).join()}`

describe('a record that is written', () => {
  test('is watched at every server until each serves it; only what is news is told', async () => {
    first.addTxt(NAME, VALUE)
    const watching = watch()
    await watching.until(2)
    expect(watching.told.map(wordsOf).toSorted()).toEqual(['ns1.example.test NOERROR xxx', 'ns2.example.test NOERROR '])
    expect(watching.told[0]).toMatchObject({ name: NAME, writtenBy: 'w1', zone: ZONE, took: expect.any(Number) })
    // Asked again and again, and the same each time.
    while (second.asked(NAME) < 5) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(watching.told).toHaveLength(2)
    second.addTxt(NAME, 'another')
    await watching.until(3)
    second.addTxt(NAME, VALUE)
    await watching.done
    expect(watching.told.slice(2).map(wordsOf)).toEqual([
      'ns2.example.test NOERROR ano',
      'ns2.example.test NOERROR ano,xxx',
    ])
    expect(first.asked(NAME)).toBe(1)
    expect(watching.told.find((one) => serverOf(one) === 'ns2.example.test')?.server?.address).toBe(
      `127.0.0.1:${second.port}`,
    )
  })

  test('what servers say instead is told in their words', async () => {
    first.behave(NAME, 'SERVFAIL')
    second.behave(NAME, 'NXDOMAIN')
    const watching = watch()
    await watching.until(2)
    first.behave(NAME, 'silent')
    second.behave(NAME, 'garbage')
    await watching.until(4)
    first.behave(NAME, 'REFUSED')
    second.behave(NAME, 'truncated')
    first.addTxt(NAME, VALUE)
    second.addTxt(NAME, VALUE)
    await watching.until(6)
    first.behave(NAME, null)
    await watching.done
    const of = (name: string) => watching.told.filter((one) => serverOf(one) === name).map(({ code }) => code)
    expect(of('ns1.example.test')).toEqual(['SERVFAIL', 'TIMEOUT', 'REFUSED', 'NOERROR'])
    expect(of('ns2.example.test')).toEqual(['NXDOMAIN', 'MALFORMED', 'NOERROR'])
    // Cut over UDP, whole over TCP.
    expect(watching.told.findLast((one) => serverOf(one) === 'ns2.example.test')).toMatchObject({ values: [VALUE] })
    expect(watching.told.at(-1)).toMatchObject({ server: { name: 'ns1.example.test' }, values: [VALUE] })
  })

  test('a CNAME is followed to the zone it leads to, as the CA follows it', async () => {
    for (const server of [first, second]) server.behave(NAME, { cname: 'abc.other.test' })
    second.addTxt('abc.other.test', VALUE)
    const watching = watch()
    await watching.done
    expect(watching.told).toMatchObject([{ name: 'abc.other.test', zone: 'other.test', values: [VALUE] }])
  })

  test('a referral is followed to the servers of the zone below', async () => {
    const below = '_acme-challenge.deep.example.test'
    for (const server of [first, second]) server.behave(below, { zone: 'deep.example.test' })
    deep.addTxt(below, VALUE)
    const watching = watch({ name: below })
    await watching.done
    expect(watching.told.map((one) => [one.zone, wordsOf(one)])).toEqual([
      ['deep.example.test', 'ns1.deep.example.test NOERROR xxx'],
    ])
  })

  test('who refers to a zone that the name is not in is not believed', async () => {
    first.behave(NAME, { zone: 'deep.example.test' })
    deep.addTxt(NAME, VALUE)
    second.addTxt(NAME, VALUE)
    const watching = watch()
    await watching.until(2)
    expect(watching.told.map(wordsOf).toSorted()).toEqual(['ns1.example.test NOERROR ', 'ns2.example.test NOERROR xxx'])
    expect(deep.asked(NAME)).toBe(0)
  })

  test('a zone that nobody knows, and a resolver that is silent', async () => {
    const unknown = watch({ name: '_acme-challenge.unknown.invalid' })
    await unknown.until(1)
    expect(unknown.told).toMatchObject([{ zone: null, server: null, code: 'NXDOMAIN', values: [], took: null }])
    end.abort()
    await unknown.done
    end = new AbortController()
    first.behave('example.test', 'silent')
    const silent = watch()
    await silent.until(1)
    expect(silent.told).toMatchObject([{ zone: null, server: null, code: 'TIMEOUT' }])
  })

  test('the resolver is never asked for the name itself', async () => {
    const asked: string[] = []
    const spying: Network = {
      ...network(),
      ask: (server, question, options) => {
        if (options.isRecursive) asked.push(question.name)
        return ask(server, question, options)
      },
    }
    expect(await findZone(spying, '_acme-challenge.a.b.example.test', null, end.signal)).toMatchObject({ name: ZONE })
    expect(asked).toEqual([ZONE])
  })

  test('ends at once when it is told to', async () => {
    for (const server of [first, second]) server.behave(NAME, 'silent')
    const watching = watch({}, 60_000)
    while (second.asked(NAME) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    end.abort()
    await watching.done
    expect(watching.told).toEqual([])
  })

  test.each(['', 'a', '..', 'a b.test', `${'x'.repeat(64)}.test`, `${'abc.'.repeat(80)}test`])(
    'nothing is asked for what is no name: %#',
    async (name) => {
      const watching = watch({ name })
      await watching.done
      expect(watching.told).toEqual([])
    },
  )
})

describe('hostile answers', () => {
  const query: Packet = { type: 'query', id: 4_711, questions: [{ name: NAME, type: 'TXT' }] }
  const head = (flags: number, counts: readonly number[]) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16BE(4_711, 0)
    bytes.writeUInt16BE(flags, 2)
    for (const [index, count] of counts.entries()) bytes.writeUInt16BE(count, 4 + index * 2)
    return bytes
  }
  const flags = fc.nat(0xffff).map((value) => value | 0x8000)
  const counts = fc.array(fc.nat(0xffff), { minLength: 4, maxLength: 4 })

  test('of any bytes are read, or called malformed, and nothing throws', () => {
    fc.assert(
      fc.property(flags, counts, fc.uint8Array({ maxLength: 300 }), (said, many, bytes) => {
        const heard = readAnswer(Buffer.concat([head(said, many), bytes]), query)
        if (!heard || 'code' in heard) return
        const { answers = [], authorities = [], additionals = [] } = heard
        const reply: Reply = {
          code: 'NOERROR',
          isAuthoritative: heard.flag_aa,
          answers,
          authorities,
          additionals,
          took: 1,
        }
        readReply(reply, NAME)
      }),
      { numRuns: 2_000 },
    )
  })

  test('that are long, all pointers to pointers, take no time', () => {
    const chain = Buffer.alloc(60_000)
    for (let at = 2; at < chain.length; at += 2) chain.writeUInt16BE(0xc000 | Math.min(0x3fff, 12 + at - 2), at)
    const began = performance.now()
    for (let length = 2_000; length <= 60_000; length += 2_000)
      readAnswer(Buffer.concat([head(0x8400, [0, 5_000, 0, 0]), chain.subarray(0, length)]), query)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(readAnswer(Buffer.concat([head(0x8400, [0, 0, 0, 0]), chain]), query)).toEqual({ code: 'MALFORMED' })
  })

  test('another id, another question: passed over until the right one comes', async () => {
    const liar = createSocket('udp4').bind(0, '127.0.0.1')
    await once(liar, 'listening')
    liar.on('message', (bytes, { port, address }) => {
      const id = bytes.readUInt16BE(0)
      const send = (answer: Buffer) => liar.send(answer, port, address)
      send(Buffer.from('x'))
      send(Buffer.concat([Buffer.from([(id >> 8) ^ 1, id & 255, 0x84, 3]), bytes.subarray(4)]))
      const renamed = Buffer.from(bytes)
      renamed.writeUInt16BE(0x8403, 2)
      renamed.write('X', 14)
      send(renamed)
      const right = Buffer.from(bytes)
      right.writeUInt16BE(0x8405, 2)
      send(right)
    })
    const reply = await ask(
      { address: '127.0.0.1', port: liar.address().port },
      { name: NAME, type: 'TXT' },
      { signal: end.signal, isRecursive: false },
    )
    liar.close()
    expect(reply).toMatchObject({ code: 'REFUSED', isAuthoritative: true, answers: [] })
  })

  test('aliases in a circle, and values without end', () => {
    const base = { code: 'NOERROR', isAuthoritative: true, authorities: [], additionals: [], took: 1 }
    const circle = [
      { name: NAME, type: 'CNAME' as const, data: 'b.test' },
      { name: 'b.test', type: 'CNAME' as const, data: NAME },
    ]
    expect(readReply({ ...base, answers: circle }, NAME)).toEqual({ kind: 'values', values: [] })
    const many = Array.from({ length: 500 }, () => ({ name: NAME, type: 'TXT' as const, data: ['y'.repeat(60_000)] }))
    const said = readReply({ ...base, answers: many }, NAME)
    expect(JSON.stringify(said).length).toBeLessThan(250_000)
  })
})
