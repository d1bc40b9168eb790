import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { Exchange, Fact, ValidationObservation } from '../../../shared/exchange.ts'
import { Trouble } from '../../errors.ts'
import { parseValidation, type Way } from './rule.ts'
import { startValidation, type Validation } from './validation.ts'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A server behind the forwarder that does this with each connection. */
async function behind(act: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.on('error', () => undefined))
    act(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  undo.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

interface Rig {
  readonly port: number
  readonly validation: Validation
  /** As told last, in the order in which they began. */
  readonly facts: () => readonly Fact[]
  /** Resolves with the first that fits, now or later. */
  readonly fact: <F extends Fact>(fits: (fact: Fact) => fact is F) => Promise<F>
}

async function inFrontOf(to: number, way: Way = 'http-01', maxBody = 10_000): Promise<Rig> {
  const facts = new Map<string, Fact>()
  const looking = new Set<() => void>()
  const validation = await startValidation({
    rules: [{ way, address: '127.0.0.1', port: 0, to: { host: '127.0.0.1', port: to } }],
    maxBody,
    onFact(fact) {
      facts.set(fact.id, fact)
      for (const look of looking) look()
    },
  })
  undo.push(validation.stop)
  const [forwarding] = validation.forwardings()
  return {
    port: Number(forwarding?.listensOn.split(':').at(-1)),
    validation,
    facts: () => [...facts.values()],
    fact: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = [...facts.values()].find(fits)
          if (!found) return
          looking.delete(look)
          resolve(found)
        }
        looking.add(look)
        look()
      }),
  }
}

const isOver = (fact: Fact): fact is Exchange => fact.kind === 'exchange' && fact.state !== 'in progress'
const isHello = (fact: Fact): fact is ValidationObservation => fact.kind === 'observation'

/** All that comes back until the other end closes; `reset` instead of it where it does not close in peace. */
async function say(port: number, text: string | Buffer, { end = true } = {}): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  if (end) socket.end(text)
  else socket.write(text)
  return new Promise((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNRESET' ? 'reset' : String(error)),
    )
    socket.once('end', () => {
      socket.end()
      resolve(Buffer.concat(chunks).toString('latin1'))
    })
  })
}

const PROOF = '/.well-known/acme-challenge/tok-en_1'
const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: www.example.test\r\n${more}\r\n`
const answer = (body: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`

/** Answers what is asked for so many times, whatever it is, once the requests have come. */
const answering = (said: string) => (socket: Socket) => {
  socket.on('data', () => socket.write(said))
  socket.on('end', () => socket.end())
}

describe('http-01', () => {
  test('bytes pass as they are, both ways, and the proof asked for is told with its answer', async () => {
    const heard: Buffer[] = []
    const odd = `GET ${PROOF} HTTP/1.1\r\nhOST:   www.example.test\r\nX-Odd: a\r\nX-Odd:b \r\nUser-Agent: a CA\r\n\r\n`
    const said = 'HTTP/1.1 200 fine\r\ncontent-TYPE:text/plain\r\nContent-Length: 5\r\n\r\nproof'
    const port = await behind((socket) => {
      socket.on('data', (chunk) => heard.push(chunk)).on('end', () => socket.end(said))
    })
    const rig = await inFrontOf(port)
    expect(await say(rig.port, odd)).toBe(said)
    expect(Buffer.concat(heard).toString('latin1')).toBe(odd)
    const told = await rig.fact(isOver)
    expect(told).toMatchObject({
      inbound: 'http-01',
      state: 'complete',
      client: { address: '127.0.0.1' },
      request: {
        method: 'GET',
        url: `http://www.example.test${PROOF}`,
        httpVersion: 'HTTP/1.1',
        body: { kind: 'empty' },
      },
      response: { status: 200, statusText: 'fine', body: { kind: 'text', text: 'proof' } },
    })
    expect(told.failure).toBeUndefined()
    expect(told.request.headers[1]).toEqual(['X-Odd', 'a'])
    expect(told.response?.headers[0]).toEqual(['content-TYPE', 'text/plain'])
    for (const ms of [told.timings.send, told.timings.wait, told.timings.total]) expect(ms).toBeGreaterThanOrEqual(0)
  })

  test('site traffic passes uncounted as validation and unrecorded, on one connection with proofs', async () => {
    const port = await behind(answering(answer('first') + answer('proof') + answer('third')))
    const rig = await inFrontOf(port)
    await say(rig.port, get('/shop?next=/.well-known/acme-challenge/x') + get(PROOF) + get('/favicon.ico'))
    expect(await rig.fact(isOver)).toMatchObject({ response: { body: { text: 'proof' } } })
    expect(rig.facts()).toHaveLength(1)
    expect(rig.validation.forwardings()).toMatchObject([{ validations: 1, others: 2 }])
  })

  test('what is no HTTP/1 passes and is counted once', async () => {
    const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
    const rig = await inFrontOf(await behind((socket) => socket.pipe(socket)))
    expect(await say(rig.port, preface)).toBe(preface)
    await rig.validation.stop()
    expect(rig.validation.forwardings()).toMatchObject([{ validations: 0, others: 1 }])
    expect(rig.facts()).toEqual([])
  })

  test('a stranger who asks for proofs without end is told of six hundred times a minute', async () => {
    const rig = await inFrontOf(await behind(answering('HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n')))
    for (let round = 0; round < 62; round++) await say(rig.port, get(PROOF).repeat(10))
    await rig.validation.stop()
    expect(rig.validation.forwardings()).toMatchObject([{ validations: 600, others: 20 }])
    expect(rig.facts()).toHaveLength(600)
  })

  test('HEAD has no body, an interim answer is no answer, chunks are joined, a close ends what has no length', async () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\npr\r\n3\r\noof\r\n0\r\n\r\n'
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 87\r\n\r\n'
    const open = 'HTTP/1.1 404 Not Found\r\n\r\nuntil I close'
    const rig = await inFrontOf(await behind(answering(head + interim + chunked + open)))
    await say(rig.port, get(PROOF).replace('GET', 'HEAD') + get(`${PROOF}2`) + get(`${PROOF}3`))
    await rig.fact((fact): fact is Exchange => isOver(fact) && fact.request.url.endsWith('3'))
    const told = rig
      .facts()
      .map((fact) => isOver(fact) && [fact.request.method, fact.response?.status, fact.response?.body])
    expect(told).toEqual([
      ['HEAD', 200, { kind: 'empty' }],
      ['GET', 200, { kind: 'text', text: 'proof' }],
      ['GET', 404, { kind: 'text', text: 'until I close' }],
    ])
  })

  test('where nothing listens the CA is reset, and what it asked for is told with the cause', async () => {
    const port = await behind(() => undefined)
    for (const step of undo.splice(0)) await step()
    const rig = await inFrontOf(port)
    expect(await say(rig.port, get(PROOF), { end: false })).toBe('reset')
    const told = await rig.fact(isOver)
    expect(told).toMatchObject({
      request: { url: `http://www.example.test${PROOF}` },
      failure: { stage: 'upstream-connect', code: 'ECONNREFUSED' },
    })
    expect(told.failure?.message).toContain(`127.0.0.1:${port}`)
    expect(told.response).toBeUndefined()
  })

  test('a reset of the client passes on to the CA; a close in the middle of an answer is no whole answer', async () => {
    const reset = await inFrontOf(await behind((socket) => socket.once('data', () => socket.resetAndDestroy())))
    expect(await say(reset.port, get(PROOF), { end: false })).toBe('reset')
    expect(await reset.fact(isOver)).toMatchObject({ failure: { stage: 'upstream-http', code: 'ECONNRESET' } })
    const cut = await inFrontOf(
      await behind((socket) => socket.once('data', () => socket.end(answer('proof').slice(0, -2)))),
    )
    expect(await say(cut.port, get(PROOF), { end: false })).toBe(answer('proof').slice(0, -2))
    expect(await cut.fact(isOver)).toMatchObject({ failure: { code: 'INCOMPLETE_ANSWER' }, response: { status: 200 } })
  })

  test('a CA that leaves before the answer, and a recorder that stops', async () => {
    const rig = await inFrontOf(await behind(() => undefined))
    const socket = connect(rig.port, '127.0.0.1')
    socket.write(get(PROOF))
    await rig.fact((fact): fact is Exchange => fact.state === 'in progress')
    socket.resetAndDestroy()
    expect(await rig.fact(isOver)).toMatchObject({
      failure: { stage: 'aborted', message: expect.stringMatching(/^who validates/) },
    })
    const other = connect(rig.port, '127.0.0.1').on('error', () => undefined)
    other.write(get(`${PROOF}2`))
    await rig.fact((fact): fact is Exchange => fact.state === 'in progress')
    await rig.validation.stop()
    expect(rig.facts().map(({ state }) => state)).toEqual(['complete', 'cut off'])
  })

  test('a larger body passes whole and is told as omitted', async () => {
    const large = answer('x'.repeat(50_000))
    const rig = await inFrontOf(await behind(answering(large)), 'http-01', 1_000)
    expect(await say(rig.port, get(PROOF))).toBe(large)
    expect(await rig.fact(isOver)).toMatchObject({ response: { body: { kind: 'omitted', bytes: 50_000 } } })
  })

  test('whatever is sent passes, and nothing throws', async () => {
    const rig = await inFrontOf(
      await behind((socket) => {
        socket.pipe(socket)
      }),
    )
    const piece = fc.oneof(
      fc.constantFrom(
        get(PROOF),
        answer('x'),
        'HTTP/1.1 100 Continue\r\n\r\n',
        'Transfer-Encoding: chunked\r\n\r\n',
        'fffffffff\r\n',
        '\r\n\r\n',
        '\0',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 200 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
        expect(await say(rig.port, Buffer.from(pieces.join(''), 'latin1'))).toBe(pieces.join(''))
      }),
      { numRuns: 60 },
    )
  })
})

describe('tls-alpn-01', () => {
  const knock = async (port: number, ALPNProtocols: string[]): Promise<void> => {
    const socket = connectTls({
      port,
      host: '127.0.0.1',
      servername: 'www.example.test',
      ALPNProtocols,
      rejectUnauthorized: false,
    })
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('close', resolve))
  }
  const ALERT = Buffer.from([21, 3, 3, 0, 2, 2, 120])

  test('a hello that asks for a proof is told, with what the server said to it in the clear', async () => {
    const rig = await inFrontOf(await behind((socket) => socket.once('data', () => socket.end(ALERT))), 'tls-alpn-01')
    await knock(rig.port, ['acme-tls/1'])
    const told = await rig.fact(isHello)
    expect(told).toMatchObject({
      client: { address: '127.0.0.1' },
      detail: {
        sni: 'www.example.test',
        alpn: ['acme-tls/1'],
        bytes: { received: 7 },
        failure: { stage: 'upstream-tls', code: 'NO_APPLICATION_PROTOCOL' },
      },
    })
    expect(told.detail.bytes.sent).toBeGreaterThan(200)
  })

  test('other handshakes, and what is none, are counted only', async () => {
    const rig = await inFrontOf(await behind((socket) => socket.once('data', () => socket.end(ALERT))), 'tls-alpn-01')
    await knock(rig.port, ['h2', 'http/1.1'])
    await say(rig.port, 'GET / HTTP/1.1\r\n\r\n')
    await rig.validation.stop()
    expect(rig.facts()).toEqual([])
    expect(rig.validation.forwardings()).toMatchObject([{ validations: 0, others: 2 }])
  })

  test('where nothing listens the hello is told with the cause', async () => {
    const port = await behind(() => undefined)
    for (const step of undo.splice(0)) await step()
    const rig = await inFrontOf(port, 'tls-alpn-01')
    await knock(rig.port, ['acme-tls/1'])
    expect(await rig.fact(isHello)).toMatchObject({
      detail: { failure: { stage: 'upstream-connect', code: 'ECONNREFUSED' } },
    })
  })

  test('hellos of any bytes pass, and nothing throws', async () => {
    const rig = await inFrontOf(
      await behind((socket) => {
        socket.pipe(socket)
      }),
      'tls-alpn-01',
    )
    const hello = fc
      .tuple(fc.uint8Array({ maxLength: 300 }), fc.nat(400))
      .map(([bytes, length]) => Buffer.concat([Buffer.from([22, 3, 1, length >> 8, length & 255]), bytes]))
    await fc.assert(
      fc.asyncProperty(hello, async (bytes) => {
        expect(await say(rig.port, bytes)).toBe(bytes.toString('latin1'))
      }),
      { numRuns: 60 },
    )
  })
})

describe('the rule', () => {
  test.each([
    ['http-01=80:client:8080', { way: 'http-01', address: null, port: 80, to: { host: 'client', port: 8080 } }],
    [
      'tls-alpn-01=443:[fd00::2]:8443',
      { way: 'tls-alpn-01', address: null, port: 443, to: { host: 'fd00::2', port: 8443 } },
    ],
    [
      'http-01=127.0.0.1:80:10.0.0.2:80',
      { way: 'http-01', address: '127.0.0.1', port: 80, to: { host: '10.0.0.2', port: 80 } },
    ],
    [
      'http-01=[::1]:0:localhost:5002',
      { way: 'http-01', address: '::1', port: 0, to: { host: 'localhost', port: 5002 } },
    ],
  ])('%s', (text, rule) => {
    expect(parseValidation(text)).toEqual(rule)
  })
  test.each([
    '80:client:8080',
    'http-01',
    'http-01=80',
    'http-01=80:client',
    'http-01=99999:client:80',
    'http-01=80:client:0',
    'dns-01=53:client:53',
    'http-01=80:fd00::2:80',
    'http-01=80:http://client:80',
  ])('%s is none', (text) => {
    expect(parseValidation(text)).toBeNull()
  })
  test('one that would forward to itself is trouble', async () => {
    const rules = [parseValidation('http-01=5002:localhost:5002')].filter((rule) => rule !== null)
    await expect(startValidation({ rules, maxBody: 1, onFact: () => undefined })).rejects.toMatchObject({
      code: 'usage',
    })
  })
  test('a port in use is trouble that names the flag', async () => {
    const port = await behind(() => undefined)
    const start = startValidation({
      rules: [{ way: 'http-01', address: '127.0.0.1', port, to: { host: '127.0.0.1', port: 1 } }],
      maxBody: 1,
      onFact: () => undefined,
    })
    await expect(start).rejects.toBeInstanceOf(Trouble)
    await expect(start).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining('--validation http-01'),
    })
  })
})
