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

test('what OpenSSL alone understands is said in words', () => {
  const said = (code: string, message?: string) => upstreamFailure(code, message).message
  const alert =
    'C0:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../deps/x.c:1605:SSL alert'
  expect(said('ERR_SSL_WRONG_VERSION_NUMBER')).toBe('what it answered is no TLS (ERR_SSL_WRONG_VERSION_NUMBER)')
  expect(said('EPROTO', alert)).toMatch(
    /^it ended the handshake: .*certificate of the client \(sslv3 alert handshake failure\)$/,
  )
  expect(said('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')).toContain('mTLS')
})

test('a reset counts where it fell', () => {
  expect(upstreamFailure('ECONNRESET', 'connect ECONNRESET 127.0.0.1:443').stage).toBe('upstream-connect')
  expect(upstreamFailure('ECONNRESET', 'read ECONNRESET').stage).toBe('upstream-http')
})

test('only an unknown CA is mended by --upstream-ca', () => {
  expect(isUntrusted(upstreamFailure('SELF_SIGNED_CERT_IN_CHAIN'))).toBe(true)
  expect(isUntrusted(upstreamFailure('CERT_HAS_EXPIRED'))).toBe(false)
})

test("mockttp's tag tells its own words from the server's", () => {
  expect(upstreamCode(['x', 'passthrough-error:ENOTFOUND'])).toBe('ENOTFOUND')
  expect(upstreamCode([])).toBeNull()
})
