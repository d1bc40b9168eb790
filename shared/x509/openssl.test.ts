// Held against OpenSSL itself: every line it prints of a certificate or a request must be in ours, and no line more.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { skipWithout } from '../../test/lab/peers.ts'
import { sequenceIn, TAG } from './der.ts'
import { toPem } from './octets.ts'
import { derOf } from './pem.ts'
import { toText } from './to-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'acmescope-x509-'))
afterAll(() => rmSync(folder, { recursive: true }))

const openssl = (args: readonly string[], input = ''): string =>
  execFileSync('openssl', [...args], {
    cwd: folder,
    input,
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 20_000,
  }).toString()

// ───────────────────────────── what is compared, and what is not

/**
 * How our lines may differ from OpenSSL's. Unknown extensions are dumped in hex, as it does when asked to (`ext_dump`).
 */
const LAYOUT: readonly (readonly [what: string, change: (text: string) => string])[] = [
  ['the octets of a character that is not ASCII are written as the character', unescaped],
  ['names are written with or without spaces around =, by version', (text) => text.replace(/ ?= ?/g, '=')],
  [
    'the reasons of a CRL distribution point begin on a line of their own',
    (text) => text.replace(/ +Reasons:/g, '\nReasons:'),
  ],
  [
    'a request that asks for no extensions has no heading for them',
    (text) => text.replace(/\(none\)\n *Requested Extensions:\n(?= {4}S)/, '(none)\n'),
  ],
  ['spaces only lay out', (text) => text.replace(/ +/g, ' ').replace(/ \n/g, '\n').replace(/\n /g, '\n')],
]

function unescaped(text: string): string {
  return text.replace(/(?:\\x?[89A-F][0-9A-F])+/g, (octets) => {
    const bytes = octets.match(/[0-9A-F]{2}/g)?.map((hex) => Number.parseInt(hex, 16)) ?? []
    return new TextDecoder().decode(Uint8Array.from(bytes))
  })
}

const linesOf = (text: string): readonly string[] =>
  LAYOUT.reduce((changed, [, change]) => change(changed), `${text}\n`)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

function compare(pem: string): void {
  const program = pem.includes('REQUEST') ? ['req', '-reqopt', 'ext_dump'] : ['x509', '-certopt', 'ext_dump']
  const theirs = linesOf(openssl([...program, '-noout', '-text'], pem))
  const ours = linesOf(toText({ pem }).join('\n'))
  expect(theirs.length).toBeGreaterThan(10)
  expect(ours).toEqual(theirs)
}

// ───────────────────────────── certificates

const KEYS: Readonly<Record<string, readonly string[]>> = {
  'RSA 2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'RSA 1024 with exponent 3': [
    '-algorithm',
    'RSA',
    '-pkeyopt',
    'rsa_keygen_bits:1024',
    '-pkeyopt',
    'rsa_keygen_pubexp:3',
  ],
  'RSA-PSS, any': ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'RSA-PSS, restricted': [
    ...['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048', '-pkeyopt', 'rsa_pss_keygen_md:sha256'],
    ...['-pkeyopt', 'rsa_pss_keygen_mgf1_md:sha256', '-pkeyopt', 'rsa_pss_keygen_saltlen:32'],
  ],
  ...Object.fromEntries(
    ['P-256', 'P-384', 'P-521', 'secp256k1', 'brainpoolP256r1', 'secp224r1'].map((curve) => [
      `EC ${curve}`,
      ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`],
    ]),
  ),
  'EC, its numbers instead of a name': [
    ...['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit'],
  ],
  Ed25519: ['-algorithm', 'ED25519'],
  Ed448: ['-algorithm', 'ED448'],
}

const pathOf = (key: string): string => `${Object.keys(KEYS).indexOf(key)}.key`

const made = new Set<string>()

function keyFile(key: string): string {
  const path = pathOf(key)
  if (!made.has(path)) openssl(['genpkey', ...(KEYS[key] ?? []), '-out', path])
  made.add(path)
  return path
}

interface Wanted {
  readonly key?: string
  readonly subject?: string
  readonly extensions?: string
  readonly options?: readonly string[]
}

const CONFIG = `
[req]
distinguished_name = dn
string_mask = utf8only
[dn]
[dirname]
C = DE
O = "Quoted, Inc."
OU = Ünit
CN = Dir + Name
[policy]
policyIdentifier = 1.3.6.1.4.1.99999.5
CPS.1 = "https://cps.example.test/"
CPS.2 = "https://cps2.example.test/"
userNotice.1 = @notice
userNotice.2 = @short
[notice]
explicitText = "Explicit text here"
organization = "Organisation Name"
noticeNumbers = 1,2,3
[short]
explicitText = UTF8:only täxt
[point]
fullname = URI:http://crl.example.test/1.crl,URI:ldap://x/y
CRLissuer = dirName:dirname
reasons = keyCompromise,CACompromise
[relative]
CN = relative
[point2]
relativename = relative
[attributes]
challengePassword = not secret at all
unstructuredName = An unstructured name
`

function write(extensions: string): string {
  const path = join(folder, 'openssl.cnf')
  writeFileSync(path, `${CONFIG}\n[wanted]\n${extensions}\n`)
  return path
}

function certificate({ key = 'EC P-256', subject = '/CN=a.example.test', extensions, options = [] }: Wanted): string {
  const config = ['-config', write(extensions ?? ''), ...(extensions ? ['-extensions', 'wanted'] : [])]
  return openssl(['req', '-x509', '-new', '-utf8', '-key', keyFile(key), ...config, '-subj', subject, ...options])
}

function request({ key = 'EC P-256', subject = '/CN=a.example.test', extensions, options = [] }: Wanted): string {
  const config = ['-config', write(extensions ?? ''), ...(extensions ? ['-reqexts', 'wanted'] : [])]
  return openssl(['req', '-new', '-utf8', '-key', keyFile(key), ...config, '-subj', subject, ...options])
}

/** Two timestamps: one as logs make them, one with extensions and an RSA signature. */
function timestamps(): string {
  const sct = (fill: string, extensions: string, algorithm: string) =>
    `00${fill.repeat(32)}0000018ee3eed158${extensions}${algorithm}0004deadbeef`
  const list = [sct('a1', '0000', '0403'), sct('b2', '0003010203', '0401')]
    .map((one) => (one.length / 2).toString(16).padStart(4, '0') + one)
    .join('')
  const tls = (list.length / 2).toString(16).padStart(4, '0') + list
  return `0481${(tls.length / 2).toString(16).padStart(2, '0')}${tls}`.match(/../g)?.join(':') ?? ''
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'alternative names of all kinds': `
subjectAltName = DNS:*.example.test,DNS:example.test,IP:192.0.2.7,IP:2001:db8::7,IP:::,email:me@example.test,URI:https://example.test/path?x=1,RID:1.2.3.4.5,RID:2.5.4.3,dirName:dirname,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:user@example.test,otherName:1.2.3.4;UTF8:other text,otherName:1.2.3.5;OCTETSTRING:other,otherName:1.3.6.1.5.5.7.8.9;UTF8:rk@example.test,otherName:1.3.6.1.5.5.7.8.7;IA5:_xmpp.example.test
issuerAltName = URI:https://issuer.example.test/,DNS:issuer.example.test`,
  'keys and their use': `
authorityKeyIdentifier = keyid:always,issuer:always
subjectKeyIdentifier = hash
keyUsage = critical,digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment,keyAgreement,keyCertSign,cRLSign,encipherOnly,decipherOnly
extendedKeyUsage = serverAuth,clientAuth,codeSigning,emailProtection,timeStamping,OCSPSigning,1.3.6.1.4.1.99999.7,anyExtendedKeyUsage,msCodeInd,msSGC,nsSGC,ipsecIKE
privateKeyUsagePeriod = DER:30:22:80:0f:32:30:32:36:30:31:30:31:30:30:30:30:30:30:5a:81:0f:32:30:32:37:30:31:30:31:30:30:30:30:30:30:5a`,
  constraints: `
basicConstraints = critical,CA:TRUE,pathlen:3
nameConstraints = critical,permitted;DNS:.example.test,permitted;IP:192.0.2.0/255.255.255.0,permitted;IP:2001:db8::/ffff:ffff::,permitted;email:example.test,permitted;dirName:dirname,excluded;URI:.bad.test,excluded;DNS:x
policyConstraints = critical,requireExplicitPolicy:3,inhibitPolicyMapping:0
policyMappings = 1.2.3.4:1.2.3.5,2.23.140.1.2.1:1.2.3.6
inhibitAnyPolicy = 2`,
  policies: 'certificatePolicies = 2.23.140.1.2.1,@policy,1.3.6.1.4.1.44947.1.1.1,2.5.29.32.0',
  'where to find more': `
crlDistributionPoints = point,URI:http://crl.example.test/2.crl,point2
freshestCRL = URI:http://crl.example.test/delta.crl
authorityInfoAccess = OCSP;URI:http://ocsp.example.test,caIssuers;URI:http://ca.example.test/ca.der,1.2.3.4;DNS:foo.example.test
subjectInfoAccess = caRepository;URI:http://repo.example.test/,1.3.6.1.5.5.7.48.3;URI:http://tsa.example.test`,
  'transparency, TLS and ACME': `
1.3.6.1.4.1.11129.2.4.2 = DER:${timestamps()}
ct_precert_poison = critical,ASN1:NULL
tlsfeature = status_request,status_request_v2,42
noCheck = ignored
1.3.6.1.5.5.7.1.31 = critical,DER:04:20:00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13:14:15:16:17:18:19:1a:1b:1c:1d:1e:1f`,
  "Netscape's": `
nsComment = "a comment, with: things"
nsCertType = client,server,email,objsign,sslCA,emailCA,objCA
nsBaseUrl = https://base.example.test
nsSslServerName = ssl.example.test`,
  'nobody knows': `
1.3.6.1.4.1.99999.1 = ASN1:UTF8String:Unknown extension with a rather long text inside it
1.3.6.1.4.1.99999.2 = DER:05:00
1.3.6.1.4.1.99999.3 = DER:01:02:03:04:05:06:07:08
1.3.6.1.4.1.311.20.2 = ASN1:BMPString:WebServer`,
  'that are broken or empty': `
2.5.29.32 = DER:01:01:ff
2.5.29.17 = DER:30:00
1.3.6.1.5.5.7.1.11 = DER:05:00
2.5.29.19 = critical,DER:30:00`,
}

describe.skipIf(skipWithout('openssl'))('as OpenSSL shows it: a certificate', () => {
  it.each(Object.keys(KEYS))('with a key of kind %s', (key) => {
    compare(certificate({ key }))
    compare(request({ key, extensions: 'subjectAltName = DNS:a.example.test' }))
  })

  it.each(Object.entries(EXTENSIONS))('with extensions: %s', (_name, extensions) => {
    compare(certificate({ extensions }))
  })

  it('with a DSA key and signature', () => {
    openssl(['genpkey', '-genparam', '-algorithm', 'DSA', '-pkeyopt', 'dsa_paramgen_bits:1024', '-out', 'dsa.pem'])
    openssl(['genpkey', '-paramfile', 'dsa.pem', '-out', 'dsa.key'])
    compare(openssl(['req', '-x509', '-new', '-key', 'dsa.key', '-config', write(''), '-subj', '/CN=dsa']))
  })

  it.each([
    ['-sha1', '-sigopt', 'rsa_pss_saltlen:20'],
    ['-sha256', '-sigopt', 'rsa_pss_saltlen:32'],
    ['-sha384', '-sigopt', 'rsa_pss_saltlen:-2', '-sigopt', 'rsa_mgf1_md:sha1'],
    ['-sha512'],
  ])('signed with RSASSA-PSS %s %s %s', (...options) => {
    compare(certificate({ key: 'RSA 2048', options: ['-sigopt', 'rsa_padding_mode:pss', ...options] }))
  })

  it.each([['-sha1'], ['-sha224'], ['-sha384'], ['-sha512'], ['-md5']])('signed with RSA %s', (digest) => {
    compare(certificate({ key: 'RSA 2048', options: [digest] }))
  })

  it('with the string types of old', () => {
    const config = write('')
    writeFileSync(config, readFileSync(config, 'utf8').replace('utf8only', 'default'))
    const subject = ['-subj', '/O=Printable/L=Köln/CN=日本/emailAddress=a@b.test']
    compare(openssl(['req', '-new', '-utf8', '-key', keyFile('EC P-256'), '-config', config, ...subject]))
  })

  it.each([
    '/',
    '/C=DE/ST=Baden/L=Köln/O=Exämple, "Inc" <x>/OU= lead/OU=#hash/OU=a;b/CN=日本/emailAddress=a@b.test',
    '/DC=test/UID=u1/serialNumber=77/street=Str. 1/GN=Gi/SN=Sur/title=T/initials=I/postalCode=1',
    '/businessCategory=Private/jurisdictionC=US/jurisdictionST=CA/organizationIdentifier=X/OU=trail /CN=a\\\\b',
    '/CN=one+OU=two+O=three/C=DE',
  ])('of the subject %s', (subject) => {
    compare(certificate({ subject, extensions: EXTENSIONS['keys and their use'] ?? '' }))
    compare(request({ subject }))
  })

  it.each([
    '0',
    '1',
    '255',
    '-5',
    '0x7fffffffffffffff',
    '0x8000000000000000',
    '-0x123456789012345678',
    '0xfedcba9876543210fedcba9876543210fedcba98',
  ])('with the serial number %s', (serial) => compare(certificate({ options: ['-set_serial', serial] })))

  it('that ends beyond 2050', () => {
    compare(certificate({ options: ['-days', '20000'] }))
  })

  it('with unique identifiers of issuer and subject', () => {
    const pem = certificate({ extensions: 'basicConstraints = CA:FALSE' })
    compare(withUniqueIds(pem))
  })
})

/** Fields 1 and 2 of RFC 5280 §4.1.2.8, which nobody writes any more, put before the extensions. */
function withUniqueIds(pem: string): string {
  const [tbs, ...signature] = sequenceIn(derOf(pem))
  const fields = sequenceIn(tbs?.raw ?? new Uint8Array()).map(({ raw }) => raw)
  const ids = Buffer.from('81080001020304050607820300abcd', 'hex')
  const changed = wrap(Buffer.concat([...fields.slice(0, -1), ids, ...fields.slice(-1)]))
  return toPem('CERTIFICATE', wrap(Buffer.concat([changed, ...signature.map(({ raw }) => raw)])))
}

const wrap = (content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([TAG.sequence, 0x82, content.length >> 8, content.length & 255]), content])

describe.skipIf(skipWithout('openssl'))('as OpenSSL shows it: a signing request', () => {
  it('with attributes beside its extensions', () => {
    const config = write('subjectAltName = DNS:a.example.test,IP:192.0.2.1\ntlsfeature = status_request')
    writeFileSync(
      config,
      readFileSync(config, 'utf8')
        .replace('[dn]', '[dn]\nCN = a.example.test')
        .replace('[req]', '[req]\nprompt = no\nattributes = attributes\nreq_extensions = wanted'),
    )
    compare(openssl(['req', '-new', '-key', keyFile('EC P-256'), '-config', config]))
  })

  it('with nothing in it', () => {
    compare(request({ subject: '/' }))
  })
})

describe.skipIf(skipWithout('openssl'))('as OpenSSL shows it: what was recorded', () => {
  const corpus = new URL('../../test/corpus/', import.meta.url)

  it.each(readdirSync(corpus))('%s', (file) => {
    const { log } = JSON.parse(readFileSync(new URL(file, corpus), 'utf8'))
    const texts: readonly string[] = log.entries.map(
      ({ response }: { response: { content: { text?: string } } }) => response.content.text ?? '',
    )
    const csrs: readonly string[] = log.entries.flatMap(
      ({ request }: { request: { postData?: { text?: string } } }) => csrIn(request.postData?.text) ?? [],
    )
    const found = texts.flatMap(
      (text) => text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [],
    )
    for (const pem of new Set([...found, ...csrs])) compare(pem)
  })
})

function csrIn(body: string | undefined): string | null {
  try {
    const { csr } = JSON.parse(Buffer.from(JSON.parse(body ?? '').payload, 'base64url').toString())
    return typeof csr === 'string' ? toPem('CERTIFICATE REQUEST', Buffer.from(csr, 'base64url')) : null
  } catch {
    return null
  }
}
