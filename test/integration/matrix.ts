/** The rows of the matrix: a client, what it needs, how it issues, and how it refuses who it does not trust. */
import { acmeTiny } from '../lab/clients/acme-tiny.ts'
import { acmetoolWant } from '../lab/clients/acmetool.ts'
import { apacheHttp } from '../lab/clients/apache.ts'
import { caddyTls } from '../lab/clients/caddy.ts'
import { certbotCloudflare, certbotRegister, certbotStandalone, certbotWebroot } from '../lab/clients/certbot.ts'
import type { MakeClient } from '../lab/clients/client.ts'
import { dehydratedIssue, dehydratedRegister } from '../lab/clients/dehydrated.ts'
import { legoDns, legoHttp, legoWebroot } from '../lab/clients/lego.ts'
import { acmeClient, curlRequests, goProgram, nodeProgram, pythonProgram } from '../lab/clients/programs.ts'
import { uacmeElsewhere, uacmeIssue } from '../lab/clients/uacme.ts'
import { referenceNames } from '../lab/lab.ts'
import { COURSES } from './courses.ts'
import type { Issuance } from './expectations.ts'

export interface MatrixRow {
  readonly client: string
  readonly packages: readonly string[]
  readonly run: MakeClient
  /** What comes of it; null for a program that asks CA and DNS provider something and leaves it at that. */
  readonly issues: Issuance | null
  /** Has a server of its own, where only one can be. */
  readonly isAlone?: true
  /** What of it is run to be refused, and by which words the cure is known to be for it. */
  readonly refusal?: Refusal
}

export interface Refusal {
  readonly run: MakeClient
  readonly cure: RegExp
  readonly code: number
  /** What it says of it, among other things, in its own words; the page of docs/clients/ that has them. */
  readonly says: string
  readonly page: string
  /** The name it goes by, where that is not the first word of its command. */
  readonly program?: string
  /** The line after which a server that never gives up has refused. */
  readonly until?: RegExp
}

const at = (...names: readonly string[]) => names.map((name) => `${name}.example.test`)
/** An apex and its wildcard: two values at one name. */
const pair = (name: string) => [`*.${name}.example.test`, `${name}.example.test`]
const nonceEach = { isNonceEach: true }
const http = (names: readonly string[], operations: Issuance['operations'], more = {}): Issuance => ({
  names,
  challenge: 'http-01',
  operations,
  ...more,
})
const dns = (names: readonly string[], operations: Issuance['operations'], more = {}): Issuance => ({
  names,
  challenge: 'dns-01',
  operations,
  ...more,
})
const alpn = (names: readonly string[], operations: Issuance['operations']): Issuance => ({
  names,
  challenge: 'tls-alpn-01',
  operations,
})

const { certbot, lego, acmetool, dehydrated, uacme, acmeTiny: tiny, caddy, apache } = COURSES
const UNKNOWN_CA = 'x509: certificate signed by unknown authority'
const UNKNOWN_CHAIN = 'self-signed certificate in certificate chain'
const node = /NODE_EXTRA_CA_CERTS/
const python = /REQUESTS_CA_BUNDLE and SSL_CERT_FILE/

// biome-ignore format: a line for a client
export const MATRIX: readonly MatrixRow[] = [
  { client: 'certbot, http-01', packages: ['certbot'], run: (lab) => certbotWebroot(lab, at('www', 'mail')), issues: http(at('www', 'mail'), certbot), refusal: { run: certbotRegister, cure: /^certbot: .*REQUESTS_CA_BUNDLE/, code: 1, says: 'SSLCertVerificationError', page: 'certbot' } },
  { client: 'certbot, its own server', packages: ['certbot'], run: (lab) => certbotStandalone(lab, at('own')), issues: http(at('own'), certbot), isAlone: true },
  { client: 'certbot with its Cloudflare plugin', packages: ['certbot', 'python3-certbot-dns-cloudflare'], run: (lab) => certbotCloudflare(lab, referenceNames), issues: dns(referenceNames, COURSES.certbotDns) },
  { client: 'lego, http-01', packages: ['lego'], run: (lab) => legoWebroot(lab, at('lego')), issues: http(at('lego'), lego), refusal: { run: (lab) => legoWebroot(lab, at('x')), cure: /^lego: .*SSL_CERT_FILE/, code: 1, says: UNKNOWN_CA, page: 'lego' } },
  { client: 'lego, its own server', packages: ['lego'], run: (lab) => legoHttp(lab, at('own')), issues: http(at('own'), lego), isAlone: true },
  { client: 'lego, dns-01', packages: ['lego', 'curl'], run: (lab) => legoDns(lab, pair('lego')), issues: dns(pair('lego'), COURSES.legoDns) },
  { client: 'uacme, http-01', packages: ['uacme'], run: (lab) => uacmeIssue(lab, at('uacme', 'www.uacme'), { challenge: 'http-01' }), issues: http(at('uacme', 'www.uacme'), uacme), refusal: { run: uacmeElsewhere, program: 'uacme', cure: /^uacme: UACME_CAINFO/, code: 2, says: 'SSL peer certificate or SSH remote key was not OK', page: 'uacme' } },
  { client: 'uacme, dns-01', packages: ['uacme', 'curl'], run: (lab) => uacmeIssue(lab, at('uacme'), { challenge: 'dns-01' }), issues: dns(at('uacme'), COURSES.uacmeDns) },
  { client: 'dehydrated, http-01', packages: ['dehydrated'], run: (lab) => dehydratedIssue(lab, at('dehydrated'), 'http-01'), issues: http(at('dehydrated'), dehydrated, nonceEach), refusal: { run: dehydratedRegister, cure: /^dehydrated: .*CURL_CA_BUNDLE/, code: 1, says: 'curl returned with 60', page: 'dehydrated' } },
  { client: 'dehydrated, dns-01', packages: ['dehydrated', 'curl'], run: (lab) => dehydratedIssue(lab, pair('dehydrated'), 'dns-01'), issues: dns(pair('dehydrated'), COURSES.dehydratedDns, nonceEach) },
  { client: 'acme-tiny', packages: ['acme-tiny'], run: (lab) => acmeTiny(lab, at('tiny'), { checksItself: true }), issues: http(at('tiny'), tiny, nonceEach), refusal: { run: (lab) => acmeTiny(lab, at('x')), cure: /^acme-tiny: SSL_CERT_FILE/, code: 1, says: 'CERTIFICATE_VERIFY_FAILED', page: 'acme-tiny' } },
  { client: 'acmetool', packages: ['acmetool'], run: (lab) => acmetoolWant(lab, 'acmetool.example.test'), issues: http(at('acmetool'), acmetool), refusal: { run: (lab) => acmetoolWant(lab, 'x.example.test'), cure: /^acmetool .*SSL_CERT_FILE/, code: 1, says: UNKNOWN_CA, page: 'acmetool' } },
  { client: 'Caddy', packages: ['caddy'], run: (lab) => caddyTls(lab, at('caddy')), issues: alpn(at('caddy'), caddy), isAlone: true, refusal: { run: (lab) => caddyTls(lab, at('x')), cure: /^Caddy: .*SSL_CERT_FILE/, code: 0, until: /unknown authority/, says: UNKNOWN_CA, page: 'caddy' } },
  { client: 'Apache with mod_md', packages: ['apache2-bin'], run: (lab) => apacheHttp(lab, 'apache.example.test'), issues: http(at('apache'), apache), isAlone: true, refusal: { run: (lab) => apacheHttp(lab, 'x.example.test'), program: 'apache2', cure: /^mod_md: MDCACertificateFile/, code: 0, until: /AH10056/, says: 'Unsuccessful in contacting ACME server at', page: 'apache-mod-md' } },
  { client: 'acme-client for Node', packages: [], run: (lab) => acmeClient(lab, 'node.example.test'), issues: http(at('node'), COURSES.acmeClient, nonceEach), refusal: { run: (lab) => acmeClient(lab, 'x.example.test'), cure: node, code: 1, says: "Cannot read properties of undefined (reading 'config')", page: 'node' } },
  { client: 'curl', packages: ['curl'], run: curlRequests, issues: null, refusal: { run: curlRequests, cure: /^curl: CURL_CA_BUNDLE/, code: 60, says: 'curl: (60) SSL certificate problem', page: 'curl' } },
  { client: "Node's fetch", packages: [], run: (lab) => nodeProgram(lab, 'fetch'), issues: null, refusal: { run: (lab) => nodeProgram(lab, 'fetch'), cure: node, code: 1, says: UNKNOWN_CHAIN, page: 'node' } },
  { client: "Node's https", packages: [], run: (lab) => nodeProgram(lab, 'https'), issues: null },
  { client: "Node's https with an agent of its own", packages: [], run: (lab) => nodeProgram(lab, 'agent'), issues: null, refusal: { run: (lab) => nodeProgram(lab, 'agent'), cure: node, code: 1, says: UNKNOWN_CHAIN, page: 'node' } },
  { client: 'undici', packages: [], run: (lab) => nodeProgram(lab, 'undici'), issues: null },
  { client: "Python's urllib", packages: ['python3-requests'], run: (lab) => pythonProgram(lab, 'urllib'), issues: null, refusal: { run: (lab) => pythonProgram(lab, 'urllib'), cure: python, code: 1, says: 'CERTIFICATE_VERIFY_FAILED', page: 'python' } },
  { client: 'requests', packages: ['python3-requests'], run: (lab) => pythonProgram(lab, 'requests'), issues: null, refusal: { run: (lab) => pythonProgram(lab, 'requests'), cure: python, code: 1, says: 'CERTIFICATE_VERIFY_FAILED', page: 'python' } },
  { client: 'httpx', packages: ['python3-httpx'], run: (lab) => pythonProgram(lab, 'httpx'), issues: null, refusal: { run: (lab) => pythonProgram(lab, 'httpx'), cure: python, code: 1, says: 'CERTIFICATE_VERIFY_FAILED', page: 'python' } },
  { client: 'a program in Go', packages: ['golang-go'], run: goProgram, issues: null, refusal: { run: goProgram, cure: /both of its legs/, code: 1, says: UNKNOWN_CA, page: 'go' } },
]
