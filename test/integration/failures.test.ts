/** Every way in which a connection comes to nothing, done by real peers: what is recorded of it, and what is found. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import tls, { type TlsOptions } from 'node:tls'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Fact } from '../../shared/exchange.ts'
import { createLabAuthority } from '../lab/certificates.ts'
import { skipWithout } from '../lab/peers.ts'
import { findingsOf } from '../synthetic/judge.ts'
import { type Rig, startRig, startUpstream, toLocal, upstreamRoot } from './capture-rig.ts'

const SYSTEM_ROOTS = '/etc/ssl/certs/ca-certificates.crt'
/** A name of no network that stands for the CA. */
const HOST = 'acme-v02.api.letsencrypt.org'

interface Row {
  readonly what: string
  /** Where the name leads; nowhere unless told. */
  readonly server?: () => Promise<number>
  /** CAs; that of the usual servers unless told. */
  readonly trusted?: readonly string[]
  readonly act: (rig: Rig) => Promise<unknown>
  readonly fact: object
  /** The finding, by its id, and what it says of the cure. */
  readonly finding: readonly [id: string, severity: string, cure: RegExp]
}

// ───────────────────────────── clients

const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> =>
  new Promise((resolve) => {
    const child = execFile(program, args, { timeout: 20_000, env: { ...process.env, ...env } }, () => resolve())
    child.stdin?.end('\n')
  })

const curl =
  (...args: readonly string[]) =>
  (rig: Rig) =>
    rig.curl(...args, `https://${HOST}/directory`)

const openssl =
  (...args: readonly string[]) =>
  (rig: Rig) =>
    run('openssl', ['s_client', '-proxy', new URL(rig.capture.url).host, '-connect', `${HOST}:443`, ...args])

const python = (rig: Rig) =>
  run('python3', ['-c', `import urllib.request as u; u.urlopen("https://${HOST}/directory")`], {
    https_proxy: rig.capture.url,
    SSL_CERT_FILE: SYSTEM_ROOTS,
  })

const node = (rig: Rig) =>
  new Promise<void>((resolve) => {
    tunnel(rig, HOST, 443).then((socket) => {
      const secure = tls.connect({ socket, servername: HOST })
      secure.on('error', () => resolve())
    })
  })

async function tunnel({ capture }: Rig, host: string, port: number): Promise<net.Socket> {
  const socket = net.connect({ host: '127.0.0.1', port: capture.port })
  socket.on('error', () => undefined)
  socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`)
  await once(socket, 'data')
  return socket
}

/** Sends this through a tunnel, or straight to the proxy, and leaves. */
const send =
  (bytes: string | Buffer, port: number | null = 443) =>
  async (rig: Rig) => {
    const socket =
      port === null ? net.connect({ host: '127.0.0.1', port: rig.capture.port }) : await tunnel(rig, HOST, port)
    socket.on('error', () => undefined)
    socket.end(bytes)
  }

// ───────────────────────────── servers

const closers: (() => void)[] = []

async function listening(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => void server.close())
  return (server.address() as AddressInfo).port
}

const tcp = (serve: (socket: net.Socket) => void) => () =>
  listening(net.createServer((socket) => serve(socket.on('error', () => undefined))))

/** Takes no connection: as many wait to be taken as may. */
async function full(): Promise<number> {
  const child = execFile('python3', ['-c', FULL])
  closers.push(() => void child.kill())
  const [port] = await once(child.stdout as NonNullable<typeof child.stdout>, 'data')
  return Number(port)
}

const FULL = `
import socket, sys
server = socket.socket(); server.bind(("127.0.0.1", 0)); server.listen(0)
waiting = []
for _ in range(4):
    client = socket.socket(); client.setblocking(False); client.connect_ex(server.getsockname()); waiting.append(client)
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`

const lab = createLabAuthority()
const ofStranger = lab.issue([HOST])
const secure = (options: TlsOptions, serve: (socket: tls.TLSSocket) => void) => () =>
  listening(tls.createServer({ key: ofStranger.key, cert: ofStranger.certificate, ...options }, serve))

const trusted =
  (serve: Parameters<typeof startUpstream>[0], hosts: readonly string[] = [HOST]) =>
  async () => {
    const server = await startUpstream(serve, hosts)
    closers.push(() => void server.close())
    return server.port
  }

const refused = { kind: 'connection', outcome: 'client-refused-certificate', host: HOST, port: 443 }
const failed = (outcome: string, code: string) => ({ kind: 'connection', outcome, host: HOST, failure: { code } })
const unserved = (stage: string, code: string | RegExp) => ({
  kind: 'exchange',
  state: 'complete',
  failure: { stage, code: typeof code === 'string' ? code : expect.stringMatching(code) },
})

const ROWS: readonly Row[] = [
  {
    what: 'OpenSSL that knows the system’s roots only',
    act: openssl('-verify_return_error', '-CAfile', SYSTEM_ROOTS, '-servername', HOST),
    fact: { ...refused, failure: { code: 'cert-rejected', message: expect.stringContaining('unknown_ca') } },
    finding: ['trust.client-rejected-authority', 'error', /acmescope run/],
  },
  {
    what: 'Python that knows the system’s roots only',
    act: python,
    fact: { ...refused, failure: { code: 'cert-rejected' } },
    finding: ['trust.client-rejected-authority', 'error', /both of its legs/],
  },
  {
    what: 'Node that knows its own roots only, and resets',
    act: node,
    fact: refused,
    finding: ['trust.client-rejected-authority', 'error', /both of its legs/],
  },
  {
    what: 'TLS 1.1, and no later one',
    act: openssl('-tls1_1', '-cipher', 'ALL@SECLEVEL=0', '-servername', HOST),
    fact: {
      ...failed('tls-failed', 'protocol-version'),
      tls: { sni: HOST, offered: { versions: ['TLS 1.1'], ciphers: expect.any(Array) } },
    },
    finding: ['trust.client-tls-unsupported', 'error', /TLS 1\.2 or 1\.3/],
  },
  {
    what: 'ciphers for certificates of elliptic curves only',
    act: openssl('-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256', '-servername', HOST),
    fact: {
      ...failed('tls-failed', 'no-shared-cipher'),
      tls: { offered: { ciphers: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'] } },
    },
    finding: ['trust.client-tls-unsupported', 'error', /RSA certificate/],
  },
  {
    what: 'signatures that no RSA certificate has',
    act: openssl('-tls1_3', '-sigalgs', 'ed25519', '-servername', HOST),
    fact: failed('tls-failed', 'no-shared-parameters'),
    finding: ['trust.client-tls-unsupported', 'error', /RSA certificate/],
  },
  {
    what: 'half a hello',
    act: send(Buffer.from('1603010200010001fc0303', 'hex')),
    fact: failed('tls-failed', 'INCOMPLETE_HELLO'),
    finding: ['proxy.handshake-broken', 'error', /in its log/],
  },
  {
    what: 'what begins like TLS and is none',
    act: send(Buffer.from('16030100050102030405', 'hex')),
    fact: { kind: 'connection', outcome: 'tls-failed', host: HOST },
    finding: ['proxy.handshake-broken', 'error', /in its log/],
  },
  {
    what: 'a tunnel that is left at once',
    act: send(''),
    fact: failed('unused', 'NOTHING_SENT'),
    finding: ['proxy.connect-unused', 'info', /seen elsewhere/],
  },
  {
    what: 'SSH at the port of the proxy',
    act: send('SSH-2.0-OpenSSH_9.2\r\n', null),
    fact: { kind: 'connection', outcome: 'not-http', host: null, failure: { stage: 'client-http' } },
    finding: ['proxy.not-http', 'warning', /http:\/\/HOST:PORT/],
  },
  {
    what: 'SSH through a tunnel',
    server: tcp((socket) => void socket.end('SSH-2.0-server\r\n')),
    act: send('SSH-2.0-OpenSSH_9.2\r\n', 22),
    fact: { kind: 'connection', outcome: 'not-tls', host: HOST, port: 22, bytes: { sent: 21 } },
    finding: ['proxy.not-tls', 'info', /where that protocol is meant/],
  },
  {
    what: 'plain HTTP through a tunnel to port 443',
    server: trusted((_, response) => response.end('ok')),
    act: async (rig) => {
      const socket = await tunnel(rig, HOST, 443)
      socket.write(`GET /directory HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
      await new Promise((resolve) => socket.once('close', resolve))
    },
    fact: unserved('upstream-http', 'ECONNRESET'),
    finding: ['proxy.plain-http-to-tls-port', 'error', /https:\/\//],
  },
  {
    what: 'a server that speaks no TLS',
    server: tcp((socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
    act: curl('--http1.1'),
    fact: unserved('upstream-tls', /WRONG_VERSION_NUMBER|EPROTO/),
    finding: ['upstream.unreachable', 'error', /Correct the port/],
  },
  {
    what: 'a server of a CA that nobody knows',
    server: secure({}, () => undefined),
    trusted: [],
    act: curl('--http1.1'),
    fact: unserved('upstream-tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    finding: ['trust.upstream-untrusted', 'error', /whole chain.*--upstream-ca/],
  },
  {
    what: 'a server of a CA of which only the name is known',
    server: secure({}, () => undefined),
    act: curl('--http2'),
    fact: unserved('upstream-tls', 'CERT_SIGNATURE_FAILURE'),
    finding: ['trust.upstream-untrusted', 'error', /another key/],
  },
  {
    what: 'a server with a certificate for another name',
    server: trusted((_, response) => response.end('ok'), ['other.test']),
    act: curl('--http2'),
    fact: unserved('upstream-tls', 'ERR_TLS_CERT_ALTNAME_INVALID'),
    finding: ['trust.upstream-untrusted', 'error', /by a name that stands in its certificate/],
  },
  {
    what: 'a server that resets at once',
    server: tcp((socket) => void socket.resetAndDestroy()),
    act: curl('--http1.1'),
    fact: unserved(expect.stringMatching(/^upstream-(connect|tls)$/) as unknown as string, 'ECONNRESET'),
    finding: ['upstream.unreachable', 'error', /firewall/],
  },
  {
    what: 'a server that resets in the handshake',
    server: tcp((socket) => void socket.once('data', () => socket.resetAndDestroy())),
    act: curl('--http2'),
    fact: unserved('upstream-tls', 'ECONNRESET'),
    finding: ['upstream.unreachable', 'error', /firewall/],
  },
  {
    what: 'a server that takes no connection, until its client has enough',
    server: full,
    act: curl('--http1.1', '--max-time', '2'),
    fact: unserved('upstream-connect', 'CLIENT_GAVE_UP'),
    finding: ['upstream.unreachable', 'error', /firewall/],
  },
  {
    what: 'a server that is silent in the handshake, until its client has enough',
    server: tcp((socket) => void socket.resume()),
    act: curl('--http1.1', '--max-time', '2'),
    fact: unserved('upstream-tls', 'CLIENT_GAVE_UP'),
    finding: ['upstream.unreachable', 'error', /firewall/],
  },
  {
    what: 'a server that ends the connection instead of answering',
    server: trusted((request) => void request.socket.destroy()),
    act: curl('--http1.1'),
    fact: unserved('upstream-http', 'ECONNRESET'),
    finding: ['upstream.unreachable', 'error', /log of the server/],
  },
  {
    what: 'a server that refuses the stream of HTTP/2',
    server: trusted((request) => void request.stream.close(7)),
    act: curl('--http2'),
    fact: unserved('upstream-http', /./),
    finding: ['upstream.unreachable', 'error', /log of the server/],
  },
  {
    what: 'nobody who listens',
    act: curl('--http2'),
    fact: unserved('upstream-connect', 'ECONNREFUSED'),
    finding: ['upstream.unreachable', 'error', /server runs/],
  },
]

describe.skipIf(skipWithout('curl', 'openssl'))('a connection that comes to nothing', () => {
  let nowhere = 0
  beforeAll(async () => {
    const server = net.createServer()
    nowhere = await listening(server)
    server.close()
  })
  afterAll(() => {
    for (const close of closers) close()
  })

  async function rigTo(port: number, trusted: readonly string[] = [upstreamRoot]): Promise<Rig> {
    const rig = await startRig({ connectTo: [toLocal(HOST, port)], trusted })
    onTestFinished(rig.close)
    return rig
  }

  test.each(ROWS)('$what', async ({ server, trusted: cas, act, fact, finding: [id, severity, cure] }) => {
    const rig = await rigTo((await server?.()) ?? nowhere, cas)
    await act(rig)
    expect(await rig.fact((each): each is Fact => each.state === 'complete')).toMatchObject(fact)
    const findings = await findingsOf(rig.facts.filter(({ state }) => state === 'complete'))
    expect(findings.map((one) => [one.id, one.severity])).toContainEqual([id, severity])
    expect(findings.find((one) => one.id === id)?.fix).toMatch(cure)
  })

  test('a client that wants HTTPS of a server that wants a certificate of the client', async () => {
    const port = await secure({ requestCert: true, rejectUnauthorized: true, ca: lab.certificate }, () => undefined)()
    const rig = await rigTo(port, [lab.certificate])
    await rig.curl('--http1.1', `https://${HOST}/directory`)
    const { failure } = await rig.exchange()
    expect(failure?.stage).toBe('upstream-tls')
    const [finding] = await findingsOf(rig.facts.filter(({ state }) => state === 'complete'))
    expect(finding).toMatchObject({ id: 'upstream.unreachable', title: `${HOST} wants a certificate of the client` })
  })

  test('a loop of refusals has few rows and loses no count', async () => {
    const rig = await rigTo(nowhere)
    const attempts = 25
    for (let i = 0; i < attempts; i++) await node(rig)
    await rig.fact((each): each is Fact => each.sequence === 10)
    await rig.capture.stop()
    const rows = rig.facts.filter((each) => each.kind === 'connection')
    expect(rows).toHaveLength(11)
    expect(rows.reduce((sum, { unwritten = 0 }) => sum + 1 + unwritten, 0)).toBe(attempts)
    expect((await findingsOf(rig.facts))[0]?.explanation).toContain(`${attempts} times`)
  })
})
