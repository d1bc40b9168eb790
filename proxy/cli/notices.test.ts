import { expect, test } from 'vitest'
import type { Connection, Exchange, ValidationObservation } from '../../shared/exchange.ts'
import { createNotices } from './notices.ts'

const connection = (of: Partial<Connection>): Connection => ({
  kind: 'connection',
  state: 'complete',
  id: 'x',
  sequence: 1,
  startedAt: '2026-01-02T12:00:00.000Z',
  client: { address: '127.0.0.1', port: 1 },
  outcome: 'client-refused-certificate',
  host: 'ca.test',
  port: 443,
  ...of,
})

test('each kind of trouble has a line, said once', () => {
  const notice = createNotices('/ca.pem')
  const failure = { stage: 'client-tls', code: 'protocol-version', message: 'the client offers TLS 1.0 only' } as const
  const lines = [
    notice(connection({})),
    notice(connection({})),
    notice(connection({ outcome: 'tls-failed', failure })),
    notice(connection({ outcome: 'not-tls' })),
    notice(connection({ outcome: 'not-http', host: null })),
    notice(connection({ outcome: 'passed-through' })),
  ]
  expect(lines).toEqual([
    'the client refused our certificate for ca.test; let it trust /ca.pem',
    null,
    'TLS with the client failed for ca.test (the client offers TLS 1.0 only)',
    'a tunnel to ca.test carried neither TLS nor HTTP and was passed on unread',
    'what came for an unnamed host is no HTTP; the address of the proxy is http://HOST:PORT',
    'ca.test passes undecrypted for a client that refused our certificate; let it trust /ca.pem to record it again',
  ])
})

const failure = { stage: 'upstream-connect', code: 'ECONNREFUSED', message: 'nothing listens there' } as const

const validation = (of: Partial<Exchange>): Exchange => ({
  kind: 'exchange',
  state: 'complete',
  id: 'x',
  sequence: 1,
  startedAt: '2026-01-02T12:00:00.000Z',
  client: { address: '203.0.113.7', port: 1 },
  inbound: 'http-01',
  timings: {},
  request: {
    method: 'GET',
    url: 'http://www.example.test/.well-known/acme-challenge/x',
    httpVersion: 'HTTP/1.1',
    headers: [],
    body: { kind: 'empty' },
  },
  ...of,
})

test('a validation that came to nothing is called one, by either way', () => {
  const notice = createNotices('/ca.pem')
  const { kind: _, request, inbound, timings, ...shared } = validation({})
  const hello: ValidationObservation = {
    ...shared,
    kind: 'observation',
    state: 'complete',
    subject: 'validation',
    detail: { challenge: 'tls-alpn-01', sni: 'tls.example.test', alpn: [], bytes: { sent: 1, received: 0 }, failure },
  }
  expect([notice(validation({ failure })), notice(hello)]).toEqual([
    'a validation of www.example.test came to nothing: nothing listens there',
    'a validation of tls.example.test came to nothing: nothing listens there',
  ])
})

test('what is no trouble has none', () => {
  const notice = createNotices('/ca.pem')
  expect(notice(validation({ failure: { ...failure, stage: 'aborted' } }))).toBeNull()
  expect(notice(connection({ outcome: 'unused' }))).toBeNull()
})
