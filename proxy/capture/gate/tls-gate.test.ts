import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { parseHostGlob } from '../../../shared/host-glob.ts'
import {
  curl,
  type Rig,
  startRig,
  startUpstream,
  toLocal,
  upstreamRoot,
} from '../../../test/integration/capture-rig.ts'
import { createLabAuthority } from '../../../test/lab/certificates.ts'
import { type GateRules, OPEN_GATE } from './gate.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const glob = (text: string) => {
  const parsed = parseHostGlob(text)
  if (!parsed) throw new Error(text)
  return parsed
}

/** A recorder before a server for `ca.test` and `backend.test`, and a file with that server's own root. */
async function startBoth(
  rules: Partial<GateRules>,
): Promise<Rig & { readonly serverRoot: string; readonly hellos: unknown[]; readonly port: number }> {
  const server = await startUpstream((_, response) => response.end('from the server'), ['ca.test', 'backend.test'])
  closers.push(server.close)
  const folder = await mkdtemp(join(tmpdir(), 'acmescope-gate-'))
  closers.push(() => rm(folder, { recursive: true }))
  const serverRoot = join(folder, 'root.pem')
  await writeFile(serverRoot, upstreamRoot)
  const connectTo = ['ca.test', 'backend.test'].map((host) => toLocal(host, server.port))
  const rig = await startRig({ connectTo, gate: { ...OPEN_GATE, ...rules } })
  closers.push(rig.close)
  return { ...rig, serverRoot, hellos: server.hellos, port: server.port }
}

const ways = [
  ['an HTTP proxy', (url: string) => ['--proxy', url]],
  ['SOCKS', (url: string) => ['--proxy', url.replace('http:', 'socks5h:')]],
] as const

describe.each(ways)('by way of %s', (_, by) => {
  test.each(['--http1.1', '--http2'])(
    '%s: what is not to be decrypted has the server’s own certificate',
    async (flag) => {
      const { capture, serverRoot, rootFile, facts, exchange, hellos } = await startBoth({
        intercept: [glob('ca.test')],
      })
      const passed = await curl([...by(capture.url), '--cacert', serverRoot, flag, 'https://backend.test/'])
      expect([passed.code, passed.out.toString()]).toEqual([0, 'from the server'])
      // curl's own hello: Firefox's, which mockttp sends, would offer other protocols.
      expect(hellos).toEqual([{ sni: 'backend.test', alpn: flag === '--http2' ? 'h2' : 'http/1.1' }])
      const read = await curl([...by(capture.url), '--cacert', rootFile, flag, 'https://ca.test/'])
      expect(read.code).toBe(0)
      expect(await exchange()).toMatchObject({ request: { url: 'https://ca.test/' } })
      expect(facts.every((fact) => fact.kind === 'exchange')).toBe(true)
      await expect.poll(capture.unread).toMatchObject({ connections: 1, hosts: 1, busiest: ['backend.test'] })
      expect(capture.unread()?.bytes).toBeGreaterThan(1_000)
    },
  )
})

test('a host that is meant by its address is known by the name in the hello, and is asked at that address', async () => {
  const { capture, serverRoot, facts, port } = await startBoth({ passthrough: [glob('backend.test')] })
  // curl finds the address itself, and tells a SOCKS5 proxy nothing else.
  const asked = ['--socks5', `127.0.0.1:${capture.port}`, '--resolve', `backend.test:${port}:127.0.0.1`]
  expect((await curl([...asked, '--cacert', serverRoot, `https://backend.test:${port}/`])).code).toBe(0)
  await expect.poll(capture.unread).toMatchObject({ busiest: ['backend.test'] })
  expect(facts).toEqual([])
})

test('bytes pass both ways as they come, and each end hears that the other has gone', async () => {
  const { key, certificate } = createLabAuthority().issue(['echo.test'])
  const server = tls.createServer(
    { key, cert: certificate },
    (socket) => void socket.on('error', () => {}).pipe(socket),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => server.close())
  const { port } = server.address() as AddressInfo
  const { capture } = await startBoth({ intercept: [glob('ca.test')] })
  const tunnel = net.connect(capture.port, '127.0.0.1')
  tunnel.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await once(tunnel, 'data')
  const client = tls.connect({ socket: tunnel, servername: 'echo.test', rejectUnauthorized: false })
  await once(client, 'secureConnect')
  for (const word of ['one', 'two']) {
    client.write(word)
    expect(String((await once(client, 'data'))[0])).toBe(word)
  }
  const gone = once(client, 'close')
  client.end()
  await gone
  await expect.poll(capture.unread).toMatchObject({ connections: 1, busiest: ['echo.test'] })
})

test('a server that cannot be reached ends the connection, and nothing else', async () => {
  const gate = { ...OPEN_GATE, intercept: [glob('ca.test')] }
  const { capture, facts, close } = await startRig({ connectTo: [toLocal('backend.test', 1)], gate })
  closers.push(close)
  expect((await curl(['--proxy', capture.url, 'https://backend.test/'])).code).not.toBe(0)
  await expect.poll(capture.unread).toMatchObject({ connections: 1 })
  expect(facts).toEqual([])
})

test('plain requests to other hosts pass, counted and not recorded', async () => {
  const server = http.createServer((_, response) => response.end('plain'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(async () => server.close())
  const { capture, curl, facts } = await startBoth({ intercept: [glob('ca.test')] })
  const { port } = server.address() as AddressInfo
  for (const path of ['a', 'b']) expect((await curl(`http://127.0.0.1:${port}/${path}`)).out.toString()).toBe('plain')
  expect(capture.unread()).toMatchObject({ connections: 0, requests: 2, busiest: ['127.0.0.1'] })
  expect(facts).toEqual([])
})

describe('after a refusal', () => {
  test('that client goes on to that host undecrypted, and everyone sees it; others are recorded as before', async () => {
    const { capture, serverRoot, rootFile, fact, exchange } = await startBoth({ onRefusal: 'passthrough' })
    const asking = ['--proxy', capture.url, 'https://ca.test/']
    expect((await curl(['--cacert', serverRoot, ...asking])).code).toBe(60)
    await fact((one): one is typeof one => one.kind === 'connection' && one.outcome === 'client-refused-certificate')
    expect((await curl(['--cacert', serverRoot, ...asking])).out.toString()).toBe('from the server')
    const passed = await fact((one): one is typeof one => one.kind === 'connection' && one.outcome === 'passed-through')
    expect(passed).toMatchObject({
      host: 'ca.test',
      port: 443,
      tls: { sni: 'ca.test' },
      client: { address: /127\.0\.0\.1/ },
    })
    expect(passed).not.toHaveProperty('failure')
    expect('bytes' in passed && passed.bytes?.received).toBeGreaterThan(1_000)
    expect((await curl(['--interface', '127.0.0.2', '--cacert', rootFile, ...asking])).code).toBe(0)
    expect(await exchange()).toMatchObject({ request: { url: 'https://ca.test/' }, response: { status: 200 } })
    expect(capture.unread()).toBeNull()
  })

  test('nothing passes where nobody said so', async () => {
    const { capture, serverRoot, fact } = await startBoth({})
    const asking = ['--cacert', serverRoot, '--proxy', capture.url, 'https://ca.test/']
    expect((await curl(asking)).code).toBe(60)
    await fact((one): one is typeof one => one.kind === 'connection')
    expect((await curl(asking)).code).toBe(60)
  })
})
