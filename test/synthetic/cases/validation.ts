/** Proofs that the CA did not find good, in Boulder's and Pebble's words. */
import { problem } from '../world.ts'
import { type Case, factsOf, failedProof } from './case.ts'

const HTTP = { challenge: 'http-01' }
const ALPN = { challenge: 'tls-alpn-01' }
const URL = 'http://example.test/.well-known/acme-challenge/x'

/** As Boulder writes it into a challenge. */
const record = (used: string, resolved: readonly string[] = [used], more: object = {}) => ({
  validated: '2026-01-02T12:00:01Z',
  validationRecord: [
    { url: URL, hostname: 'example.test', port: '80', addressesResolved: resolved, addressUsed: used, ...more },
  ],
})

const firewall = problem(
  'connection',
  '192.0.2.7: Fetching http://example.test/x: Timeout during connect (likely firewall problem)',
)
const notFound = problem('unauthorized', `192.0.2.7: Invalid response from ${URL}: 404`)
const caa = problem('caa', 'While processing CAA for example.test: CAA record for example.test prevents issuance')

export const validationCases: readonly Case[] = [
  {
    id: 'validation.unreachable',
    of: 'a firewall, with the addresses of validationRecord',
    hit: async () => ({
      facts: await factsOf(failedProof(firewall, { ...HTTP, more: record('192.0.2.7', ['192.0.2.7', '192.0.2.8']) })),
      says: [
        'example.test at 192.0.2.7',
        'resolved example.test to 192.0.2.7 and 192.0.2.8',
        `asked 192.0.2.7 at port 80 for ${URL}`,
        'looked at 12:00:01',
        'Timeout during connect',
        'Port 80 must be open',
      ],
    }),
    miss: () => factsOf(failedProof(notFound, { ...HTTP, more: record('192.0.2.7') })),
  },
  {
    id: 'validation.unreachable',
    of: 'a refused connection as Pebble words it, without a record',
    hit: async () => {
      const refused = problem(
        'connection',
        'Get "http://example.test/x": dial tcp 192.0.2.7:5002: connect: connection refused',
      )
      return { facts: await factsOf(failedProof(refused, HTTP)), says: ['connection refused', 'example.test'] }
    },
    miss: () => factsOf(failedProof(problem('connection', `192.0.2.7: Fetching ${URL}: Redirect loop detected`), HTTP)),
  },
  {
    id: 'validation.wrong-content',
    of: '404 from the server itself',
    hit: async () => {
      const run = await failedProof(notFound, { ...HTTP, client: 'certbot', more: record('192.0.2.7') })
      const [authorization] = run.order.authorizations
      const { token } = run.world.challengeOf(authorization as never)
      return {
        facts: run.facts,
        says: [
          'status 404',
          `It expected ${token}.`,
          `http://example.test/.well-known/acme-challenge/${token}`,
          'certbot: --webroot-path',
        ],
      }
    },
    miss: () => factsOf(failedProof(firewall, { ...HTTP, more: record('192.0.2.7') })),
  },
  {
    id: 'validation.wrong-content',
    of: 'another file, as Pebble words it',
    hit: async () => {
      const other = problem(
        'unauthorized',
        'The key authorization file from the server did not match this challenge "a" != "b"',
      )
      return { facts: await factsOf(failedProof(other, HTTP)), says: ['another file than the proof'] }
    },
    miss: () => factsOf(failedProof(problem('incorrectResponse', 'not what was asked for'), HTTP)),
  },
  {
    id: 'validation.wrong-content',
    of: 'a redirect that goes round in circles',
    hit: async () => {
      const loop = problem('connection', `192.0.2.7: Fetching ${URL}: Redirect loop detected`)
      return {
        facts: await factsOf(failedProof(loop, HTTP)),
        says: ['a redirect it does not follow', 'Redirect loop detected'],
      }
    },
    miss: () => factsOf(failedProof(problem('connection', 'Fetching https://redirect.example.test/: Timeout'), HTTP)),
  },
  {
    id: 'validation.tls-alpn-not-served',
    of: 'a server that knows no acme-tls/1',
    hit: async () => {
      const detail = 'Cannot negotiate ALPN protocol "acme-tls/1" for tls-alpn-01 challenge'
      return {
        facts: await factsOf(failedProof(problem('unauthorized', detail), { ...ALPN, client: 'caddy' })),
        says: [
          'The server of example.test',
          'Cannot negotiate ALPN',
          'The certificate must hold the digest',
          'Caddy: port 443',
        ],
      }
    },
    miss: () => factsOf(failedProof(problem('tls', 'remote error: tls: handshake failure'), ALPN)),
  },
  {
    id: 'validation.tls-alpn-not-served',
    of: 'the certificate of the site itself, behind a CDN',
    hit: async () => {
      const detail =
        'Incorrect validation certificate for tls-alpn-01 challenge. Requested example.test from 104.16.1.2:443. Received certificate with unexpected identifiers ("cdn.test")'
      const run = failedProof(problem('unauthorized', detail), { ...ALPN, more: record('104.16.1.2') })
      return { facts: await factsOf(run), says: ['unexpected identifiers', '104.16.1.2 belongs to Cloudflare'] }
    },
    miss: () => factsOf(failedProof(notFound, { ...HTTP, more: record('104.16.1.2') })),
  },
  {
    id: 'validation.behind-cdn',
    of: 'an error page of the CDN',
    hit: async () => {
      const detail = `172.67.1.2: Invalid response from ${URL}: 522`
      const run = failedProof(problem('unauthorized', detail), { ...HTTP, more: record('172.67.1.2') })
      return {
        facts: await factsOf(run),
        says: ['Cloudflare answered for example.test, with status 522', '172.67.1.2'],
      }
    },
    miss: () => factsOf(failedProof(notFound, { ...HTTP, more: record('192.0.2.7') })),
  },
  {
    id: 'validation.ipv6-broken',
    of: 'an AAAA record that leads nowhere',
    hit: async () => {
      const resolved = ['192.0.2.7', '2001:db8::7']
      const timeout = problem('connection', '2001:db8::7: Fetching http://example.test/x: Timeout during connect')
      const run = failedProof(timeout, { ...HTTP, more: record('2001:db8::7', resolved) })
      return { facts: await factsOf(run), says: ['IPv6 address 2001:db8::7', '192.0.2.7 and 2001:db8::7', 'AAAA'] }
    },
    miss: () =>
      factsOf(
        failedProof(firewall, {
          ...HTTP,
          more: record('192.0.2.7', ['192.0.2.7', '2001:db8::7'], { addressesTried: ['2001:db8::7'] }),
        }),
      ),
  },
  {
    id: 'validation.secondary',
    of: 'a firewall that lets one place of the world in',
    hit: async () => {
      const detail = `During secondary validation: 192.0.2.7: Fetching ${URL}: Timeout during connect`
      const run = failedProof(problem('connection', detail), { ...HTTP, more: record('192.0.2.7') })
      return { facts: await factsOf(run), says: ['from one place, and not from others', 'example.test', '192.0.2.7'] }
    },
    miss: () => factsOf(failedProof(firewall, { ...HTTP, more: record('192.0.2.7') })),
  },
  {
    id: 'validation.caa',
    of: 'a CAA record for another CA, held against what this CA calls itself',
    hit: async () => ({
      facts: await factsOf(failedProof(caa, HTTP)),
      says: ['A CAA record of example.test', '“ca.example.test”', '0 issue "ca.example.test"', 'prevents issuance'],
    }),
    miss: () => factsOf(failedProof(problem('dns', 'DNS problem: SERVFAIL looking up A for example.test'), HTTP)),
  },
  {
    id: 'validation.caa',
    of: 'type dns, and CAA in the detail',
    hit: async () => {
      const detail = 'While processing CAA for example.test: DNS problem: SERVFAIL looking up CAA for example.test'
      return {
        facts: await factsOf(failedProof(problem('dns', detail), { challenge: 'dns-01' })),
        says: ['could not look up the CAA records of example.test', 'SERVFAIL'],
      }
    },
    miss: () => factsOf(failedProof(problem('dns', 'DNS problem: SERVFAIL looking up TXT'), { challenge: 'dns-01' })),
  },
  {
    id: 'validation.tls',
    of: 'a broken server behind a redirect to HTTPS',
    hit: async () => {
      const run = failedProof(problem('tls', '192.0.2.7: remote error: tls: handshake failure'), {
        ...HTTP,
        more: record('192.0.2.7'),
      })
      return { facts: await factsOf(run), says: ['agree on TLS with the server of example.test', 'handshake failure'] }
    },
    miss: () => factsOf(failedProof(firewall, HTTP)),
  },
  {
    id: 'validation.incorrect-response',
    of: 'a CA that says no more than that',
    hit: async () => ({
      facts: await factsOf(failedProof(problem('incorrectResponse', 'The response did not match'), ALPN)),
      says: ['example.test', 'tls-alpn-01', 'The response did not match'],
    }),
    miss: () => factsOf(failedProof(problem('unauthorized', 'Cannot negotiate ALPN protocol'), ALPN)),
  },
]
