import { expect, test } from 'vitest'
import { isUntrusted, upstreamCode, upstreamFailure } from './failure.ts'

test.each([
  ['ENOTFOUND', 'upstream-dns'],
  ['EAI_AGAIN', 'upstream-dns'],
  ['ECONNREFUSED', 'upstream-connect'],
  ['ETIMEDOUT', 'upstream-connect'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'upstream-tls'],
  ['CERT_HAS_EXPIRED', 'upstream-tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'upstream-tls'],
  ['EPROTO', 'upstream-tls'],
  ['ECONNRESET', 'upstream-http'],
  ['HPE_INVALID_CONSTANT', 'upstream-http'],
])('%s happens at %s', (code, stage) => {
  expect(upstreamFailure(code).stage).toBe(stage)
})

test('a connection cut before its handshake is TLS trouble', () => {
  const message = 'Client network socket disconnected before secure TLS connection was established'
  expect(upstreamFailure('ECONNRESET', message).stage).toBe('upstream-tls')
})

test('only an unknown CA is mended by --upstream-ca', () => {
  expect(isUntrusted(upstreamFailure('SELF_SIGNED_CERT_IN_CHAIN'))).toBe(true)
  expect(isUntrusted(upstreamFailure('CERT_HAS_EXPIRED'))).toBe(false)
})

test("mockttp's tag tells its own words from the server's", () => {
  expect(upstreamCode(['x', 'passthrough-error:ENOTFOUND'])).toBe('ENOTFOUND')
  expect(upstreamCode([])).toBeNull()
})
