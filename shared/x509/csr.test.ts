/** Fixtures were made once by OpenSSL 3.0; the expected key hashes are OpenSSL's. */
import { describe, expect, it } from 'vitest'
import { readCsrBase64url } from './csr.ts'
import { readDetails } from './details.ts'
import type { Csr } from './model.ts'

const EC =
  'MIIBOjCB4QIBADAAMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8NT3zcOxlm9tnp6ElYnfiGSeKsJUPumnM0OJ3SEhhg4U6XgKgj3Q7BxFNBsnZW4H6L_kXR4RnhW8MCw_ZHV-WKB_MH0GCSqGSIb3DQEJDjFwMG4wWQYDVR0RBFIwUIISKi5uYXMuZXhhbXBsZS50ZXN0ghBuYXMuZXhhbXBsZS50ZXN0ghBOQVMuZXhhbXBsZS50ZXN0hwTAAAIHhxAgAQ24AAAAAAAAAAAAAAAHMBEGCCsGAQUFBwEYBAUwAwIBBTAKBggqhkjOPQQDAgNIADBFAiEA_nRcuQxv9xBTVqDsbc4PnfOLljNXUeXF3LWLMz7XnncCIF4X4FQfWC-cRZJUwTz_IBHXQM4iGYuAxUk7C2xkgkDC'
const RSA_CN_ONLY =
  'MIICYTCCAUkCAQAwHDEaMBgGA1UEAwwRb25seS5leGFtcGxlLnRlc3QwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC51xZm5AQg3miFK_6UxIZxvUx6G4bE6n2BiecsE4EZGe-nK0BDxMnrrsyfql89n83J6WFhCsN6siTueCi7hMg1aOwcyBbIwdBQzYcoBdWbtc1rsVX_w3lc5eBP9tXWcWNV5XI2ir8y9EY1MFr3Mz3QPoU1ffgWLvXVkZRy6Q0cxDGaz3EQ-mWgRYWkDeL2hwsBk9leV4-iQY2BzCGTOCA5GoUuiUDYYtzPnyVBfi1Hj1ZFzwJEOhf4nmvb3LhIvQ-K5SDzqXSZFHcN8QtQCG6VlT_kBSc8ahJ1ZKAev0RAj8SbBBm2d9GxScIF7DEGkizmBqZ4-O1ESski3fV1qF31AgMBAAGgADANBgkqhkiG9w0BAQsFAAOCAQEAIGmt25Hdxu1Nsv6sMxzxDsVZcopVL_wO3-AKGNuBTgx1tcKCNJtiv6MC-ndQ2q-Uwr7B4eLs23tpFMgp09GVn2WaXOps7iCkeCgLLfJVcZK9oJWzW2JG0zW-sxiuOhpscx3XZYf6z4Spnky6raK1duhkdWuCQAU1N-9U2F1Uq0qRQQ-LXp6x1O6SSjTQO_Om4rJD5DUPYN5Ivnu2R3YZccb5Lbqill-nVKpRcvBQXGeepG_DftbaK64lZdfujANGiyvbzk14gMABs1sI-HeG5P980MYk_KHIS0bev7U-BjaE48Ssw6qWJaFtIZIBDZYlxJxDKBxJxdODffAEHxNS_w'
const ED25519 =
  'MIH6MIGtAgEAMD4xCzAJBgNVBAYTAkRFMRYwFAYDVQQKDA1FeGFtcGxlLCBJbmMuMRcwFQYDVQQDDA5hLmV4YW1wbGUudGVzdDAqMAUGAytlcAMhAIZqNxzJ8X8wvLxumAwTzyb19gsN10uhr67811ybZlshoDwwOgYJKoZIhvcNAQkOMS0wKzApBgNVHREEIjAggg5iLmV4YW1wbGUudGVzdIIOYS5leGFtcGxlLnRlc3QwBQYDK2VwA0EAHzmiYlHpPhcoLj7vygJ6oF8-peyX9Kb7UIFwT79uHKNqg0UgKuRCs-9UUCD5SHwJ1CVoICWVCGYrHFIWCKyhBw'

function csrOf(base64url: string): Csr {
  const csr = readCsrBase64url(base64url)
  if ('error' in csr) throw new Error(csr.error)
  return csr
}

describe('a signing request', () => {
  it('without a subject names its alternative names, once each', () => {
    expect(readCsrBase64url(EC)).toMatchObject({
      subject: '',
      commonName: null,
      names: ['*.nas.example.test', 'nas.example.test', '192.0.2.7', '2001:db8::7'],
      key: { type: 'EC P-256', spkiSha256: 'vsqnv4LSr-qOaKBB1SLxccNOmhcF9clseX0My6_nAM8' },
      signatureAlgorithm: 'ECDSA with SHA-256',
    })
    expect(readDetails(csrOf(EC))?.extensions).toMatchObject([
      { name: 'subjectAltName' },
      { name: 'tlsFeature', value: 'OCSP must staple (5)' },
    ])
  })

  it('may have a common name only', () => {
    expect(readCsrBase64url(RSA_CN_ONLY)).toMatchObject({
      subject: 'CN=only.example.test',
      commonName: 'only.example.test',
      names: ['only.example.test'],
      key: { type: 'RSA 2048', spkiSha256: 'Tx65c38tImJmHvamt53KQraXI8hBQkTGi6uPgSKtFnA' },
    })
    expect(readDetails(csrOf(RSA_CN_ONLY))?.extensions).toEqual([])
  })

  it('puts its alternative names before its common name', () => {
    expect(readCsrBase64url(ED25519)).toMatchObject({
      subject: 'C=DE, O=Example\\, Inc., CN=a.example.test',
      names: ['b.example.test', 'a.example.test'],
      key: { type: 'Ed25519' },
      signatureAlgorithm: 'Ed25519',
    })
  })

  it.each([
    ['', 'empty'],
    ['MIIEsDCCApgCAQAwGDE...fmxnNbbWYA', '“...” is not base64url'],
    ['-----BEGIN CERTIFICATE REQUEST-----', 'PEM, where base64url of DER belongs'],
    [`${RSA_CN_ONLY}==`, '“==” is not base64url'],
    [RSA_CN_ONLY.slice(0, 401), 'its base64url is not whole'],
    [RSA_CN_ONLY.slice(0, 400), 'cut short, or not DER'],
    [`${RSA_CN_ONLY.slice(0, 8)}`, 'cut short, or not DER'],
  ])('that cannot be read gives an error in words: %j', (text, error) => {
    expect(readCsrBase64url(text)).toEqual({ error })
  })

  it('never throws, wherever one character is changed', () => {
    for (let at = 0; at < EC.length; at += 2) {
      const changed = `${EC.slice(0, at)}_${EC.slice(at + 1)}`
      expect(readCsrBase64url(changed)).toBeTypeOf('object')
    }
  })
})
