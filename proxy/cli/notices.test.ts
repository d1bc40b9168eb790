import { expect, test } from 'vitest'
import type { Connection } from '../../shared/exchange.ts'
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

test('what is no trouble has none', () => {
  const notice = createNotices('/ca.pem')
  expect(notice(connection({ outcome: 'unused' }))).toBeNull()
})
