/** Fixtures were made once by OpenSSL 3.0; the expected fingerprints and key hashes are OpenSSL's. */
import { describe, expect, it } from 'vitest'
import { readCertificate, readCertificateBase64url, readCertificates } from './certificate.ts'
import { readDetails } from './details.ts'
import type { Certificate } from './model.ts'

const LEAF = `-----BEGIN CERTIFICATE-----
MIIEFTCCAv2gAwIBAgIEA6GywzANBgkqhkiG9w0BAQwFADAzMQswCQYDVQQGEwJV
UzEQMA4GA1UECgwHRXhhbXBsZTESMBAGA1UEAwwJVGVzdCBSb290MB4XDTI2MTEy
NDAwMTI1OVoXDTI3MDIyMjAwMTI1OVowADBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABPDU983DsZZvbZ6ehJWJ34hknirCVD7ppzNDid0hIYYOFOl4CoI90OwcRTQb
J2VuB+i/5F0eEZ4VvDAsP2R1flijggItMIICKTAMBgNVHRMBAf8EAjAAMA4GA1Ud
DwEB/wQEAwIFoDAdBgNVHSUEFjAUBggrBgEFBQcDAQYIKwYBBQUHAwIwHQYDVR0O
BBYEFEVemFCI+MOtCainQ/oyEmtiVEUZMB8GA1UdIwQYMBaAFF+jhGw4zanCMUkG
M+DmihBle6WpMG4GA1UdEQRnMGWCEioubmFzLmV4YW1wbGUudGVzdIIQbmFzLmV4
YW1wbGUudGVzdIcEwAACB4cQIAENuAAAAAAAAAAAAAAAB4EOYUBleGFtcGxlLnRl
c3SGFWh0dHBzOi8vZXhhbXBsZS50ZXN0LzBfBggrBgEFBQcBAQRTMFEwJAYIKwYB
BQUHMAGGGGh0dHA6Ly9vY3NwLmV4YW1wbGUudGVzdDApBggrBgEFBQcwAoYdaHR0
cDovL2NhLmV4YW1wbGUudGVzdC9jYS5kZXIwLgYDVR0fBCcwJTAjoCGgH4YdaHR0
cDovL2NybC5leGFtcGxlLnRlc3QvMS5jcmwwIgYDVR0gBBswGTAIBgZngQwBAgEw
DQYLKwYBBAGC3xMBAQEwMQYIKwYBBQUHAR8BAf8EIgQgAAECAwQFBgcICQoLDA0O
DxAREhMUFRYXGBkaGxwdHh8wCQYDKgMEBAIFADBHBgorBgEEAdZ5AgQCBDkENwA1
ADMAAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AAAGO4+7RWAAABAMA
BGFiY2QwDQYJKoZIhvcNAQEMBQADggEBAAwKGQFKybFdJu+tDPm5N+Ua386kBsRS
1tiVvdsoh+B2HDcKjiKiWi2O8HAcn2LyagE5Xb3VwQ0UjR3bMtlZ3DiKG+WwXPAR
JWtl43eRiVAcb2Gsj4Ffd1c//WQY/IQ8nGj1zCSLxyODXPZFGvhPPb+omr4CyLLO
OzbE+fEdpynEnGbTkchI6uWuGIRdYZiIX9oerurkW0BKODovF0OhP/idiH6YXTG/
/eb6Snekg1kWEbxmW4tjNjk7Ra2lks2KUNuEBzWBnri4Dr613vcSf7X5KJ/WEl7Z
2LJdyTYT9PeFzMRzWIWeitmULj8FkePwxekPjSsEcBxhyZ2sGjO8JQ8=
-----END CERTIFICATE-----
`

const ROOT = `-----BEGIN CERTIFICATE-----
MIIDSTCCAjGgAwIBAgIDAPHiMA0GCSqGSIb3DQEBCwUAMDMxCzAJBgNVBAYTAlVT
MRAwDgYDVQQKDAdFeGFtcGxlMRIwEAYDVQQDDAlUZXN0IFJvb3QwHhcNMjYxMTI0
MDAxMjU5WhcNMzYxMTIxMDAxMjU5WjAzMQswCQYDVQQGEwJVUzEQMA4GA1UECgwH
RXhhbXBsZTESMBAGA1UEAwwJVGVzdCBSb290MIIBIjANBgkqhkiG9w0BAQEFAAOC
AQ8AMIIBCgKCAQEAudcWZuQEIN5ohSv+lMSGcb1MehuGxOp9gYnnLBOBGRnvpytA
Q8TJ667Mn6pfPZ/NyelhYQrDerIk7ngou4TINWjsHMgWyMHQUM2HKAXVm7XNa7FV
/8N5XOXgT/bV1nFjVeVyNoq/MvRGNTBa9zM90D6FNX34Fi711ZGUcukNHMQxms9x
EPploEWFpA3i9ocLAZPZXlePokGNgcwhkzggORqFLolA2GLcz58lQX4tR49WRc8C
RDoX+J5r29y4SL0PiuUg86l0mRR3DfELUAhulZU/5AUnPGoSdWSgHr9EQI/EmwQZ
tnfRsUnCBewxBpIs5gamePjtRErJIt31dahd9QIDAQABo2YwZDAdBgNVHQ4EFgQU
X6OEbDjNqcIxSQYz4OaKEGV7pakwHwYDVR0jBBgwFoAUX6OEbDjNqcIxSQYz4OaK
EGV7pakwEgYDVR0TAQH/BAgwBgEB/wIBATAOBgNVHQ8BAf8EBAMCAQYwDQYJKoZI
hvcNAQELBQADggEBAIqWTk34Rf9aicLemFNQZrMBWMw924ovhAeLt/xNGKovFs17
Goqbpo3d6tZo5QkZTj09SPWyAAFz3LtEoijItitbdEvmDzQWB3kULaqgqAwN1soA
Iq+i6/EiLZQctNMQIKdMejyqNCNZDEjZItR7mh7Su/3oXOQLzbJpOm+WeDOQOO7G
Ebzsq5sD2sAN/n/ug4jM+PTwnNT8l7eRAY+oJQ8oP2Z7ksXTGQMaV/WexEMgNQ6c
AxYeR/g2gQ9T1fsZGVJQUtRfTRJURg/oJ8GEpgRaZABwuTtSS5jnNUceOSzQKJjd
4eWZZsjEOcAlP3gHLja/7CBFSl1VKP12mPGprsU=
-----END CERTIFICATE-----
`

const ED25519 = `-----BEGIN CERTIFICATE-----
MIIBSDCB+6ADAgECAhRmQfE/p/Pr9Ccf9KEfxyssBlirCjAFBgMrZXAwGjEYMBYG
A1UEAwwPZWQuZXhhbXBsZS50ZXN0MB4XDTI2MTEyNDAwMTI1OVoXDTI3MDIyMjAw
MTI1OVowGjEYMBYGA1UEAwwPZWQuZXhhbXBsZS50ZXN0MCowBQYDK2VwAyEAhmo3
HMnxfzC8vG6YDBPPJvX2Cw3XS6GvrvzXXJtmWyGjUzBRMB0GA1UdDgQWBBRadLE8
kgSXvoxfqlHSKUUT9jI6tTAfBgNVHSMEGDAWgBRadLE8kgSXvoxfqlHSKUUT9jI6
tTAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAPgqDYssLk4vlFVfvmW9K3ejrpx6
EgXYc8dR92r7LCQLbOFD0YatykPqf+v4NzFg9bPifuwuR4jhEaP80ufZNgU=
-----END CERTIFICATE-----
`

// Its certificatePolicies extension holds a BOOLEAN.
const BROKEN_EXTENSION = `-----BEGIN CERTIFICATE-----
MIIBtTCCAVqgAwIBAgIUYmE4ebhtr27EV4sBb0zBvH7Yv/kwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQYmFkLmV4YW1wbGUudGVzdDAeFw0yNjExMjQwMDEyNTlaFw0y
NzAyMjIwMDEyNTlaMBsxGTAXBgNVBAMMEGJhZC5leGFtcGxlLnRlc3QwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAATw1PfNw7GWb22enoSVid+IZJ4qwlQ+6aczQ4nd
ISGGDhTpeAqCPdDsHEU0Gydlbgfov+RdHhGeFbwwLD9kdX5Yo3wwejAdBgNVHQ4E
FgQURV6YUIj4w60JqKdD+jISa2JURRkwHwYDVR0jBBgwFoAURV6YUIj4w60JqKdD
+jISa2JURRkwDwYDVR0TAQH/BAUwAwEB/zAbBgNVHREEFDASghBiYWQuZXhhbXBs
ZS50ZXN0MAoGA1UdIAQDAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCEkO5Sp0Mws6b0
8v0preAI0wfuDqYw86lwc4sGnkc+0QIhAKMbSMHESoLlQa5z9El1+w6BVnNf/fol
wGIZpqiCF2fi
-----END CERTIFICATE-----
`

function only(pem: string): Certificate {
  const { chain, errors } = readCertificates(pem)
  expect(errors).toEqual([])
  expect(chain).toHaveLength(1)
  const [certificate] = chain
  if (!certificate) throw new Error('no certificate')
  return certificate
}

const extension = (certificate: Certificate, name: string) =>
  readDetails(certificate)?.extensions.find((candidate) => candidate.name === name)?.value

describe('a certificate', () => {
  it('is read as OpenSSL reads it', () => {
    expect(only(LEAF)).toMatchObject({
      subject: '',
      issuer: 'C=US, O=Example, CN=Test Root',
      serial: '03:A1:B2:C3',
      notBefore: '2026-11-24T00:12:59.000Z',
      notAfter: '2027-02-22T00:12:59.000Z',
      sans: ['*.nas.example.test', 'nas.example.test', '192.0.2.7', '2001:db8::7'],
      key: { type: 'EC P-256', spkiSha256: 'vsqnv4LSr-qOaKBB1SLxccNOmhcF9clseX0My6_nAM8' },
      signatureAlgorithm: 'RSA with SHA-384',
      fingerprintSha256:
        '34:5B:8A:3C:6A:1E:1D:FE:EE:E1:74:80:17:49:B7:D1:5D:E6:97:61:6F:5C:95:13:AD:1D:2B:DF:5E:7E:F9:90',
      isCa: false,
      authorityKeyId: '5F:A3:84:6C:38:CD:A9:C2:31:49:06:33:E0:E6:8A:10:65:7B:A5:A9',
      pem: LEAF,
    })
  })

  it('may be RSA and a CA', () => {
    expect(only(ROOT)).toMatchObject({
      serial: 'F1:E2',
      key: { type: 'RSA 2048', spkiSha256: 'Tx65c38tImJmHvamt53KQraXI8hBQkTGi6uPgSKtFnA' },
      signatureAlgorithm: 'RSA with SHA-256',
      isCa: true,
      sans: [],
    })
  })

  it('may be Ed25519', () => {
    expect(only(ED25519)).toMatchObject({
      key: { type: 'Ed25519', spkiSha256: 'o2Zsw5vof24HAPNgfb1ixsqa-0BwD9dzkDZGTDuT8zg' },
      signatureAlgorithm: 'Ed25519',
    })
  })

  it.each([
    [
      'subjectAltName',
      'DNS:*.nas.example.test, DNS:nas.example.test, IP:192.0.2.7, IP:2001:db8::7, email:a@example.test, URI:https://example.test/',
    ],
    ['keyUsage', 'digital signature, key encipherment'],
    ['extKeyUsage', 'TLS server authentication, TLS client authentication'],
    ['basicConstraints', 'not a CA'],
    ['subjectKeyIdentifier', '45:5E:98:50:88:F8:C3:AD:09:A8:A7:43:FA:32:12:6B:62:54:45:19'],
    ['authorityKeyIdentifier', '5F:A3:84:6C:38:CD:A9:C2:31:49:06:33:E0:E6:8A:10:65:7B:A5:A9'],
    ['authorityInfoAccess', "issuer's certificate http://ca.example.test/ca.der, OCSP http://ocsp.example.test"],
    ['cRLDistributionPoints', 'http://crl.example.test/1.crl'],
    ['certificatePolicies', 'domain validated (2.23.140.1.2.1), 1.3.6.1.4.1.44947.1.1.1'],
    [
      'signedCertificateTimestamps',
      '1 timestamp, log AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= at 2024-04-15T22:44:23.000Z',
    ],
    [
      'acmeIdentifier',
      'SHA-256 of the key authorization 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F',
    ],
    ['1.2.3.4', '05:00'],
  ])('says its %s in one line', (name, line) => {
    expect(extension(only(LEAF), name)).toBe(line)
  })

  it('says which extensions are critical, and how long a path a CA may sign', () => {
    const critical = readDetails(only(LEAF))?.extensions.filter((candidate) => candidate.critical)
    expect(critical?.map(({ name }) => name)).toEqual(['basicConstraints', 'keyUsage', 'acmeIdentifier'])
    expect(extension(only(ROOT), 'basicConstraints')).toBe('CA, path length 1')
  })

  it('survives an extension that cannot be read', () => {
    const certificate = only(BROKEN_EXTENSION)
    expect(extension(certificate, 'certificatePolicies')).toBe('cannot be read: 01:01:FF')
    expect(certificate.sans).toEqual(['bad.example.test'])
  })
})

describe('a certificate to be revoked', () => {
  it('comes as base64url of DER', () => {
    const base64url = Buffer.from(ED25519.replace(/-----.*?-----|\s/g, ''), 'base64').toString('base64url')
    expect(readCertificateBase64url(base64url)).toMatchObject({ subject: 'CN=ed.example.test' })
  })

  it.each([
    ['', 'empty'],
    [ED25519, 'PEM, where base64url of DER belongs'],
    ['MIIB...', '“...” is not base64url'],
  ])('or cannot be read: %#', (text, error) => {
    expect(readCertificateBase64url(text)).toEqual({ error })
  })
})

describe('a chain', () => {
  it('keeps its order, whatever stands between the blocks', () => {
    const { chain, errors } = readCertificates(`\r\nthe leaf:\r\n${LEAF.replaceAll('\n', '\r\n')}\r\n\r\n${ROOT}`)
    expect(errors).toEqual([])
    expect(chain.map(({ serial }) => serial)).toEqual(['03:A1:B2:C3', 'F1:E2'])
  })

  const cut = (part: string) => `-----BEGIN CERTIFICATE-----\n${part}\n-----END CERTIFICATE-----\n`
  it.each([
    ['', 'no certificate in PEM form'],
    ['{"type":"urn:ietf:params:acme:error:malformed"}', 'no certificate in PEM form'],
    [cut('MIIGPjCC...gYPhj1xAP5jqa'), 'certificate 1: cut or edited: “...” is not base64'],
    [cut('MIIE...<shortened>'), 'certificate 1: cut or edited: “...<” is not base64'],
    [cut(''), 'certificate 1: nothing between its BEGIN and END lines'],
    [cut('MIIGP'), 'certificate 1: cut or edited: its base64 is not whole'],
    [cut('MIIGPjCC'), 'certificate 1: cut short, or not DER'],
    [LEAF.slice(0, -30), 'certificate 1: its END line is missing'],
  ])('cut in way %#, gives an error in words', (pem, error) => {
    expect(readCertificates(pem)).toEqual({ chain: [], errors: [error] })
  })

  it('keeps what can be read beside what cannot', () => {
    const { chain, errors } = readCertificates(cut('MIIE...<x>') + LEAF)
    expect(chain.map(({ serial }) => serial)).toEqual(['03:A1:B2:C3'])
    expect(errors).toHaveLength(1)
  })

  it('has an end', () => {
    const { chain, errors } = readCertificates(ROOT.repeat(40))
    expect(chain).toHaveLength(32)
    expect(errors).toEqual(['more than 32 of them: the rest was not read'])
  })
})

describe('hostile octets', () => {
  const der = Uint8Array.from(atob(LEAF.replace(/-----.*?-----|\s/g, '')), (character) => character.charCodeAt(0))

  it('never do more than fail with words, wherever one octet is changed or the rest cut off', () => {
    for (let at = 0; at < der.length; at += 7) {
      for (const octet of [0x00, 0x80, 0xff]) attempt(der.with(at, octet))
      attempt(der.slice(0, at))
    }
  })

  function attempt(bytes: Uint8Array): void {
    try {
      readCertificate(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(Error)
      expect(error).toHaveProperty('message', expect.stringMatching(/./))
    }
  }

  it('nested without end are refused', () => {
    const nested = new Uint8Array(200_000).fill(0x30).map((octet, at) => (at % 2 ? 0x80 : octet))
    expect(() => readCertificate(nested)).toThrow('cut short, or not DER')
  })
})
