import { expect, test } from 'vitest'
import { handshakeTrouble } from './handshake.ts'

const offered = { versions: ['TLS 1.0', 'TLS 1.1'], ciphers: ['A', 'B', 'C', 'D', 'E', 'F'] }

test.each([
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'client-refused-certificate', 'cert-rejected', 'alert unknown_ca'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'client-refused-certificate', 'cert-rejected', 'alert bad_certificate'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'client-refused-certificate', 'cert-rejected', 'pinned'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'client-refused-certificate', 'cert-expired', 'clock'],
  ['ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE', 'client-refused-certificate', 'cert-rejected', 'unsupported'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-failed', 'protocol-version', 'offers TLS 1.0, TLS 1.1 only'],
  ['ERR_SSL_NO_SHARED_CIPHER', 'tls-failed', 'no-shared-cipher', 'A, B, C, D, 2 more'],
  ['ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM', 'tls-failed', 'no-shared-parameters', 'RSA'],
  ['ERR_SSL_BAD_RECORD_TYPE', 'tls-failed', 'malformed', 'began like TLS'],
  ['ERR_SSL_SOMETHING_NEW', 'tls-failed', 'unknown', 'ERR_SSL_SOMETHING_NEW'],
])('%s is %s', (code, outcome, own, words) => {
  const trouble = handshakeTrouble('unknown', { code, offered })
  expect(trouble).toMatchObject({ outcome, code: own })
  expect(trouble.message).toContain(words)
})

test('what a client does without a word counts as it did it', () => {
  expect(handshakeTrouble('closed', undefined)).toMatchObject({ outcome: 'client-refused-certificate', code: 'closed' })
  expect(handshakeTrouble('reset', { code: 'ECONNRESET', offered })).toMatchObject({ code: 'reset' })
})

test('a hello that could not be read offers nothing that could be told', () => {
  const { message } = handshakeTrouble('unknown', { code: 'ERR_SSL_VERSION_TOO_LOW', offered: undefined })
  expect(message).toContain('too old')
})
