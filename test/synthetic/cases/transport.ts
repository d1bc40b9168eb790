/** Connections that came to nothing: ours to the client, ours to the server. */
import type { Failure } from '../../../shared/exchange.ts'
import { issued } from '../scenarios.ts'
import type { Answer } from '../wire.ts'
import { startWorld, type World } from '../world.ts'
import { type Case, factsOf } from './case.ts'

const REFUSED: Failure = { stage: 'upstream-connect', code: 'ECONNREFUSED', message: 'nothing listens there' }
const SELF_SIGNED: Failure = {
  stage: 'upstream-tls',
  code: 'SELF_SIGNED_CERT_IN_CHAIN',
  message: 'self-signed certificate',
}
const HANDSHAKE: Failure = { stage: 'upstream-tls', code: 'EPROTO', message: 'wrong version number' }

/** A client that trusts us for the CA, and not for the API. */
async function distrusted(host: string, client = 'lego') {
  const { world, facts } = await issued({ client, until: 'fetchAuthorizations' })
  world.connection({ host })
  world.connection({ host })
  return facts
}

const unserved = async (failure: Failure, isLast = true) => {
  const world = await startWorld()
  world.directory({ failure })
  if (!isLast) world.directory()
  return world.facts
}

/** A client that leaves before the CA has answered. */
const left = (took: number) => {
  const failure: Failure = { stage: 'aborted', code: 'CLIENT_CLOSED', message: 'the client closed the connection' }
  return issued({ bend: { order: { failure, took } } })
}

const gaveUp = (took: number) => {
  const failure: Failure = { stage: 'upstream-connect', code: 'CLIENT_GAVE_UP', message: 'the client left' }
  return factsOf(issued({ bend: { order: { failure, took } } }))
}

/** A connection that carried nothing, and nothing else. */
const only = async (of: Parameters<World['connection']>[0], times = 1) => {
  const world = await startWorld()
  for (let i = 0; i < times; i++) world.connection(of)
  return world.facts
}

const brokenTls = (code: string, message: string): Failure => ({ stage: 'client-tls', code, message })

const OLD_TLS = {
  outcome: 'tls-failed',
  host: 'api.cloudflare.com',
  failure: brokenTls('protocol-version', 'the client offers TLS 1.1 only'),
  tls: { offered: { versions: ['TLS 1.1'], ciphers: ['TLS_RSA_WITH_AES_128_CBC_SHA'] } },
} as const

const NO_CREDENTIALS: Failure = {
  stage: 'client-http',
  code: 'CREDENTIALS_MISSING',
  message: 'the client gave no credentials, and --proxy-auth asks for them',
}

const UNUSED = {
  outcome: 'unused',
  failure: { stage: 'aborted', code: 'NOTHING_SENT', message: 'the client asked for a tunnel and sent nothing' },
} as const

/** Plain HTTP to a CA, answered as said. */
async function plain(port: number, reply: Answer | null, client = 'certbot') {
  const world = await startWorld({ client })
  const failure: Failure = { stage: 'upstream-http', code: 'ECONNRESET', message: 'socket hang up' }
  const url = `http://ca.example.test:${port}/dir`
  world.request({ method: 'GET', url, body: null }, reply, reply ? {} : { failure })
  return world.facts
}

export const transportCases: readonly Case[] = [
  {
    id: 'trust.client-tls-unsupported',
    of: 'a client that is told what it offered, and what it is',
    hit: async () => {
      const { world, facts } = await issued({ client: 'certbot', until: 'fetchAuthorizations' })
      world.connection(OLD_TLS)
      return {
        facts,
        says: [
          'certbot offers no TLS',
          'It offered TLS 1.1 with TLS_RSA_WITH_AES_128_CBC_SHA',
          'openssl.cnf',
          'Cloudflare',
        ],
      }
    },
    miss: () => only({ outcome: 'tls-failed', failure: brokenTls('handshake-timeout', 'it did not finish') }),
  },
  {
    id: 'trust.client-tls-unsupported',
    severity: 'info',
    of: 'a host that nobody needed for the certificate',
    hit: async () => {
      const world = await startWorld()
      world.connection({ ...OLD_TLS, host: 'telemetry.example' })
      const { facts } = await issued({ world })
      return { facts, says: ['telemetry.example'] }
    },
    miss: () => factsOf(issued()),
  },
  {
    id: 'trust.passed-through',
    severity: 'warning',
    of: 'a client that would not have us read it',
    hit: async () => ({
      facts: await only({ outcome: 'passed-through', bytes: { sent: 1_200, received: 5_000 } }, 2),
      says: [
        'said to ca.example.test passed unread',
        '--on-refusal',
        '2 times',
        '1200 bytes',
        '5000 back',
        'steps are missing',
      ],
    }),
    miss: () => only({ outcome: 'not-tls', bytes: { sent: 1_200, received: 5_000 } }),
  },
  {
    id: 'proxy.no-server-name',
    severity: 'warning',
    of: 'TLS straight to the port, for nobody',
    hit: async () => ({
      facts: await only({ host: null, port: null, tls: {} }, 2),
      says: ['did not say which server it wants', '2 times', 'SNI', 'HTTPS_PROXY'],
    }),
    miss: () => only({ host: null, port: null, tls: { sni: 'ca.example.test' } }),
  },
  {
    id: 'proxy.turned-away',
    of: 'no credentials, and never any later',
    hit: async () => ({
      facts: await only({ outcome: 'turned-away', failure: NO_CREDENTIALS }, 2),
      says: ['turned away by the proxy on its way to ca.example.test', 'gave no credentials', 'USER:PASSWORD@', '%40'],
    }),
    miss: () => only({ outcome: 'unused' }),
  },
  {
    id: 'proxy.turned-away',
    severity: 'info',
    of: 'a client that gives them when it is told',
    hit: async () => {
      const world = await startWorld()
      world.connection({ outcome: 'turned-away', failure: NO_CREDENTIALS })
      const { facts } = await issued({ world })
      return { facts, says: ['come again with them'] }
    },
    miss: () => factsOf(issued()),
  },
  {
    id: 'proxy.turned-away',
    of: 'a client that came without a proxy',
    hit: async () => {
      const world = await startWorld()
      world.connection({ outcome: 'turned-away', failure: NO_CREDENTIALS })
      world.connection({
        outcome: 'turned-away',
        failure: { stage: 'client-http', code: 'CREDENTIALS_IMPOSSIBLE', message: 'it came straight to this port' },
      })
      return { facts: world.facts, says: ['It came straight to this port, at', 'without --proxy-auth'] }
    },
    miss: () => only({ outcome: 'unused' }),
  },
  ...(
    [
      ['UPSTREAM_PROXY_AUTH', 'did not let acmescope through', 'no NTLM'],
      ['UPSTREAM_PROXY_REFUSED', 'does not connect to ca.example.test', '443 only'],
      ['UPSTREAM_PROXY_UNREACHABLE', 'could not be used to reach ca.example.test', 'its scheme'],
      ['UPSTREAM_PROXY_TIMEOUT', 'could not be used to reach ca.example.test', 'its scheme'],
    ] as const
  ).map(
    ([code, title, fix]): Case => ({
      id: 'upstream.unreachable',
      of: code,
      hit: async () => ({
        facts: await unserved({ stage: 'upstream-connect', code, message: 'the upstream proxy said no' }),
        says: [title, fix, 'the upstream proxy said no'],
      }),
      miss: () => factsOf(issued()),
    }),
  ),
  {
    id: 'upstream.unreachable',
    of: 'a name that leads back to us',
    hit: async () => ({
      facts: await unserved({ stage: 'upstream-dns', code: 'LEADS_BACK', message: 'it leads back' }),
      says: ['leads back to acmescope itself', '--resolver', '--connect-to'],
    }),
    miss: () => factsOf(issued()),
  },
  {
    id: 'proxy.handshake-broken',
    of: 'half a hello, and then nothing for the CA',
    hit: async () => ({
      facts: await only({ outcome: 'tls-failed', failure: brokenTls('INCOMPLETE_HELLO', 'it began and left') }, 3),
      says: ['began TLS for ca.example.test', '3 times', 'it began and left'],
    }),
    miss: async () => {
      const world = await startWorld()
      world.connection(UNUSED)
      return world.facts
    },
  },
  {
    id: 'proxy.handshake-broken',
    severity: 'info',
    of: 'somebody who looks at the port',
    hit: async () => ({
      facts: await only({ outcome: 'tls-failed', host: null, port: null, failure: brokenTls('malformed', 'no TLS') }),
      says: ['an unnamed host'],
    }),
    miss: () => only({ host: null }),
  },
  {
    id: 'proxy.not-http',
    severity: 'warning',
    of: 'SSH at the port of the proxy',
    hit: async () => ({
      facts: await only({
        outcome: 'not-http',
        host: null,
        port: null,
        failure: { stage: 'client-http', code: 'UNKNOWN_PROTOCOL', message: 'it begins “SSH-2.0-OpenSSH”' },
      }),
      says: ['no HTTP', 'from 127.0.0.1', 'SSH-2.0-OpenSSH', 'http://HOST:PORT'],
    }),
    miss: () => only({ outcome: 'not-tls', bytes: { sent: 1, received: 1 } }),
  },
  {
    id: 'proxy.not-tls',
    severity: 'info',
    of: 'SSH through a tunnel',
    hit: async () => ({
      facts: await only({ outcome: 'not-tls', host: 'git.example', port: 22, bytes: { sent: 21, received: 40 } }),
      says: ['git.example, port 22', '21 bytes were sent, 40 came back'],
    }),
    miss: () => only({ outcome: 'unused' }),
  },
  {
    id: 'proxy.connect-unused',
    severity: 'info',
    of: 'a tunnel that nobody used, told with those that have no row',
    hit: async () => ({
      facts: await only({ ...UNUSED, unwritten: 4 }),
      says: ['opened a connection to ca.example.test and asked nothing', '5 times', 'may not trust us'],
    }),
    miss: () => only({ outcome: 'passed-through' }),
  },
  {
    id: 'proxy.connect-unused',
    severity: 'info',
    of: 'a protocol in which the server speaks first',
    hit: async () => ({ facts: await only({ ...UNUSED, port: 25 }), says: ['At port 25', 'speaks first'] }),
    miss: () => only({ outcome: 'not-tls', port: 25 }),
  },
  {
    id: 'proxy.plain-http-to-tls-port',
    of: 'Go, which says so',
    hit: async () => ({
      facts: await plain(14000, {
        status: 400,
        type: 'text/plain',
        body: 'Client sent an HTTP request to an HTTPS server.',
      }),
      says: ['certbot 2.11.0 speaks plain HTTP', 'ca.example.test', 'answered 400', '--server https://'],
    }),
    miss: () => plain(14000, { status: 400, type: 'text/plain', body: 'no such thing' }),
  },
  {
    id: 'proxy.plain-http-to-tls-port',
    of: 'port 443, where the server only breaks off',
    hit: async () => ({ facts: await plain(443, null), says: ['broke off', 'socket hang up'] }),
    miss: () => plain(80, null),
  },
  {
    id: 'trust.upstream-untrusted',
    of: 'a certificate for another name',
    hit: async () => ({
      facts: await unserved({
        stage: 'upstream-tls',
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
        message: 'not in the list',
      }),
      says: ['ca.example.test is for another name', '--connect-to'],
    }),
    miss: () => unserved({ stage: 'upstream-tls', code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', message: 'mTLS' }),
  },
  {
    id: 'upstream.unreachable',
    of: 'a server that wants a certificate of the client',
    hit: async () => ({
      facts: await unserved({
        stage: 'upstream-tls',
        code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
        message: 'mTLS',
      }),
      says: ['wants a certificate of the client', '--passthrough'],
    }),
    miss: () => unserved({ stage: 'upstream-tls', code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }),
  },
  {
    id: 'upstream.unreachable',
    of: 'no name server',
    hit: async () => ({
      facts: await unserved({ stage: 'upstream-dns', code: 'EAI_AGAIN', message: 'no name server answered' }),
      says: ['No name server answered for ca.example.test', 'resolv.conf'],
    }),
    miss: () => unserved({ stage: 'client-http', code: 'X', message: 'no HTTP' }),
  },
  {
    id: 'upstream.unreachable',
    of: 'a client that waited for a connection that did not come',
    hit: async () => ({ facts: await gaveUp(3_000), says: ['could not be reached', 'had waited 3 s'] }),
    miss: () => gaveUp(200),
  },
  {
    id: 'upstream.unreachable',
    of: 'a CA that lets its client wait for too long',
    hit: async () => ({
      facts: await factsOf(left(30_000)),
      says: ['ca.example.test did not answer before the client went away', 'lego 4.20.4 had waited 30 s for it'],
    }),
    miss: () => factsOf(left(500)),
  },
  {
    id: 'trust.client-rejected-authority',
    of: 'the API’s leg, which the option for the CA does not cover',
    hit: async () => ({
      facts: await distrusted('api.cloudflare.com'),
      says: [
        'lego does not trust',
        'api.cloudflare.com',
        '2 times between 12:00:00 and 12:00:00',
        'Cloudflare',
        'SSL_CERT_FILE',
        'LEGO_CA_CERTIFICATES covers the CA only',
      ],
    }),
    miss: () => factsOf(issued()),
  },
  {
    id: 'trust.client-rejected-authority',
    of: 'a command that trusts nobody, known by the name of its program',
    hit: async () => {
      const world = await startWorld()
      const made = world.connection({ host: 'acme-v02.api.letsencrypt.org' })
      const facts = [{ ...made, client: { ...made.client, process: 'certbot' } }]
      return { facts, says: ['certbot does not trust', 'This is the leg to the CA', 'REQUESTS_CA_BUNDLE'] }
    },
    miss: async () => {
      const world = await startWorld()
      world.connection({ outcome: 'unused' })
      return world.facts
    },
  },
  {
    id: 'trust.upstream-untrusted',
    of: 'a CA of somebody’s own',
    hit: async () => ({
      facts: await unserved(SELF_SIGNED),
      says: [
        'certificate of ca.example.test',
        'SELF_SIGNED_CERT_IN_CHAIN',
        'Step 1 failed at 12:00:00',
        '--upstream-ca',
      ],
    }),
    miss: () => unserved(HANDSHAKE),
  },
  {
    id: 'upstream.unreachable',
    of: 'a CA that is not there',
    hit: async () => ({
      facts: await unserved(REFUSED),
      says: ['ca.example.test could not be reached', 'ECONNREFUSED', 'nothing listens there', '12:00:00'],
    }),
    miss: () => unserved(SELF_SIGNED),
  },
  {
    id: 'upstream.unreachable',
    of: 'something that speaks no TLS',
    hit: async () => ({ facts: await unserved(HANDSHAKE), says: ['speaks no TLS on this port', 'EPROTO'] }),
    miss: () => unserved({ stage: 'aborted', code: 'CLIENT_CLOSED', message: 'the client left' }),
  },
  {
    id: 'upstream.unreachable',
    severity: 'info',
    of: 'a CA that answers the second time',
    hit: async () => ({ facts: await unserved(REFUSED, false), says: ['ca.example.test'] }),
    miss: () => factsOf(issued()),
  },
]
