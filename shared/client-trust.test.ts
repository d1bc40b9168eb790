import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { environmentFor, exportLine, TRUST_ROWS } from './client-trust.ts'

const values = { proxy: 'http://127.0.0.1:8555', bundle: '/r/bundle.pem', pem: '/r/ca.pem' }

test('each variable stands in one row', () => {
  const names = TRUST_ROWS.map((row) => row.variable)
  expect(names).toEqual([...new Set(names)])
})

test('settings that replace get the bundle, settings that add get our certificate, exceptions are emptied', () => {
  expect(environmentFor(TRUST_ROWS, values)).toMatchObject({
    HTTPS_PROXY: values.proxy,
    https_proxy: values.proxy,
    NO_PROXY: '',
    no_proxy: '',
    SSL_CERT_FILE: values.bundle,
    REQUESTS_CA_BUNDLE: values.bundle,
    LEGO_CA_CERTIFICATES: values.bundle,
    NODE_EXTRA_CA_CERTS: values.pem,
  })
})

test('the line for a shell survives a folder with a space and a quote', () => {
  const bundle = "/home/o'neil/my recordings/bundle.pem"
  const script = `${exportLine({ ...values, bundle })}; printf %s "$SSL_CERT_FILE"`
  expect(execFileSync('sh', ['-c', script]).toString()).toBe(bundle)
})
