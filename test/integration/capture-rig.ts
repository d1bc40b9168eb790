/** A capture with a real server behind it and curl in front, for the tests of the capture side. */
import { execFile } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http2, { type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { createRoot } from '../../proxy/authority-root.ts'
import { type Capture, type CaptureOptions, startCapture } from '../../proxy/capture/capture.ts'
import type { Connection, Exchange, Fact } from '../../shared/exchange.ts'
import { createLabAuthority } from '../lab/certificates.ts'

const lab = createLabAuthority()
const ownRoot = createRoot(new Date())
/** The CA behind the servers of these tests. */
export const upstreamRoot = lab.certificate

export interface Upstream {
  readonly port: number
  /** What each connection asked for. */
  readonly hellos: { readonly sni: string | false | null; readonly alpn: string | false | null }[]
  readonly requests: { readonly httpVersion: string; readonly rawHeaders: readonly string[]; body: Buffer }[]
  close(): Promise<void>
}

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse, body: Buffer) => void

/** A TLS server speaking HTTP/1.1 and HTTP/2 as `ca.test`, on loopback. */
export async function startUpstream(
  answer: Answer,
  hosts: readonly string[] = ['ca.test'],
  address: '127.0.0.1' | '::1' = '127.0.0.1',
): Promise<Upstream> {
  const issued = lab.issue(hosts)
  const hellos: Upstream['hellos'] = []
  const requests: Upstream['requests'] = []
  const server = http2.createSecureServer({ allowHTTP1: true, key: issued.key, cert: issued.certificate })
  const sockets = new Set<TLSSocket>()
  server.on('secureConnection', (socket: TLSSocket & { servername?: string | false }) => {
    sockets.add(socket)
    hellos.push({ sni: socket.servername ?? null, alpn: socket.alpnProtocol })
  })
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    requests.push({ httpVersion: request.httpVersion, rawHeaders: request.rawHeaders, body })
    answer(request, response, body)
  })
  server.listen(0, address)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    hellos,
    requests,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

export interface Rig {
  readonly capture: Capture
  readonly facts: readonly Fact[]
  /** PEM file of the authority that its clients must trust. */
  readonly rootFile: string
  /** The first fact so far, or to come, that fits. */
  fact<T extends Fact>(fits: (fact: Fact) => fact is T): Promise<T>
  exchange(fits?: (exchange: Exchange) => boolean): Promise<Exchange>
  connection(): Promise<Connection>
  curl(...parameters: readonly string[]): Promise<CurlResult>
  close(): Promise<void>
}

export interface CurlResult {
  readonly code: number
  readonly out: Buffer
  readonly error: string
}

export async function startRig(options: Partial<CaptureOptions> = {}): Promise<Rig> {
  const root = await ownRoot
  const folder = await mkdtemp(join(tmpdir(), 'acmescope-rig-'))
  const rootFile = join(folder, 'ca.pem')
  await writeFile(rootFile, root.certificatePem)
  const facts: Fact[] = []
  const told = new EventEmitter()
  const capture = await startCapture(
    {
      host: '127.0.0.1',
      port: 0,
      authority: root,
      maxBody: 10_485_760,
      connectTo: [],
      trusted: [upstreamRoot],
      visit: () => ({ status: 200, headers: {}, body: Buffer.from('this is acmescope') }),
      ...options,
    },
    (fact) => {
      facts.push(fact)
      told.emit('fact')
    },
  )
  async function fact<T extends Fact>(fits: (fact: Fact) => fact is T): Promise<T> {
    for (;;) {
      const found = facts.find(fits)
      if (found) return found
      await once(told, 'fact')
    }
  }
  return {
    capture,
    facts,
    rootFile,
    fact,
    exchange: (fits = () => true) =>
      fact((each): each is Exchange => each.kind === 'exchange' && each.state === 'complete' && fits(each)),
    connection: () => fact((each): each is Connection => each.kind === 'connection'),
    curl: (...parameters) => curl(['--proxy', capture.url, '--cacert', rootFile, ...parameters]),
    async close() {
      await capture.stop()
      await rm(folder, { recursive: true })
    },
  }
}

export function curl(parameters: readonly string[]): Promise<CurlResult> {
  return new Promise((resolve) => {
    execFile('curl', ['-sS', ...parameters], { encoding: 'buffer', maxBuffer: 1 << 27 }, (error, out, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, out, error: stderr.toString() })
    })
  })
}

/** `--connect-to` that sends one name to a local port. */
export const toLocal = (host: string, port: number) => ({ host, port: null, toHost: '127.0.0.1', toPort: port })
