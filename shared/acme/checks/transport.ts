/** Between us and the server: do we reach it, does it speak what it is spoken to, do we trust it, does it answer whole? */
import { endedAt, type Failure } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import { hostOf, roleOf } from '../fold/lanes.ts'
import { grouped } from '../grouped.ts'
import { isKnownCa } from '../known/cas.ts'
import { cureFor } from '../known/cures.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { severityAfter, subjects } from './outcome.ts'
import { type Several, times, waysOut } from './reaching.ts'
import { capital, named, quoted, sentences, short, span } from './words.ts'

export function checkTransport(evidence: Evidence): readonly Finding[] {
  const steps = evidence.analysis.steps.filter(({ decoded }) => decoded.head.inbound === undefined)
  const https = httpsHosts(steps)
  const isPlain = (step: Step): boolean => isPlainAtTls(step, https)
  const left = steps.filter((step) => isUnserved(step) && !isPlain(step))
  return [
    ...[...grouped(steps.filter(isPlain), fromAndTo).values()].map((all) => plainAtTls(evidence, all)),
    ...[...grouped(left, whatAndWhere).values()].map((all) => unserved(evidence, all)),
  ]
}

const fromAndTo = ({ from, url }: Step): string => `${from}\n${hostOf(url)}`

// ───────────────────────────── http:// where TLS is spoken

/** What servers answer to HTTP on a port of HTTPS: Go, nginx, Apache, Tomcat, HAProxy's and Cloudflare's kind. */
const WANTS_TLS =
  /HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS|speaking plain HTTP to an SSL|combination of host and port requires TLS/i
const MOST_READ = 1_000

/** `host:port` of URLs that were asked for over HTTPS. */
function httpsHosts(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.flatMap(({ url }) => (url.startsWith('https:') ? authorityOf(url, '443') : [])))
}

const authorityOf = (url: string, usual: string): readonly string[] => {
  if (!URL.canParse(url)) return []
  const { hostname, port } = new URL(url)
  return [`${hostname}:${port || usual}`]
}

function isPlainAtTls({ url, status, decoded: { head, response } }: Step, https: ReadonlySet<string>): boolean {
  if (!url.startsWith('http:')) return false
  if (status !== null && status < 400) return false
  if (response.kind === 'text' && WANTS_TLS.test(response.text.slice(0, MOST_READ))) return true
  const [authority = ''] = authorityOf(url, '80')
  return head.failure?.stage === 'upstream-http' && (authority.endsWith(':443') || https.has(authority))
}

function plainAtTls(evidence: Evidence, steps: Several<Step>): Finding {
  const [first] = steps
  const last = steps.at(-1) ?? first
  const { failure } = last.decoded.head
  const answer = failure ? `The server broke off (${quoted(failure.message)})` : `The server answered ${last.status}`
  return {
    id: 'proxy.plain-http-to-tls-port',
    severity: severityAfter(evidence.outcomes, last.sequence, [
      ...waysOut(evidence, hostOf(first.url)),
      [subjects.client(first.from)],
    ]),
    title: `${evidence.clientOf(first)} speaks plain HTTP to a port of ${short(hostOf(first.url))} that wants TLS`,
    explanation: `${capital(named(first))} asked for ${short(first.url)} ${times(steps.length, first.time, last.time)}. ${answer}: on that port it speaks TLS only.`,
    fix: cureFor('address', evidence.clientRowOf(first)),
    reference: reference('RFC 8555 §6.1'),
    exchanges: steps.map(({ exchange }) => exchange),
    object: first.url,
    consequenceOf: null,
  }
}

// ───────────────────────────── no answer, or not the whole of one

/** The server gave no answer, or half of one, or let the client wait until it had enough. */
export const isUnserved = (step: Step): boolean => {
  const { stage, code } = step.decoded.head.failure ?? {}
  if (code === 'CLIENT_GAVE_UP') return waitedFor(step) >= PATIENCE_TO_CONNECT
  return stage === 'aborted' ? hadToWait(step) : stage !== undefined && !OURS.has(stage)
}

/** Where it ended on the client's side. */
const OURS: ReadonlySet<Failure['stage']> = new Set(['client-tls', 'client-http'])

/** ms. The shortest limit that clients have by themselves is 5 s; one that goes away sooner was stopped, or had no more use for it. */
const PATIENCE = 4_900
/** ms. A connection that takes this long is no connection. */
const PATIENCE_TO_CONNECT = 1_500

const waitedFor = ({ time, decoded: { head } }: Step): number => endedAt(head) - Date.parse(time)

const hadToWait = (step: Step): boolean =>
  (roleOf(step.to) !== 'other' || isKnownCa(hostOf(step.url))) && waitedFor(step) >= PATIENCE

/** Certificates that do not hold, as Node, OpenSSL and Chrome name it; other trouble in TLS is no matter of trust. */
const UNTRUSTED = /UNABLE_TO_|SELF_SIGNED|CERT_|_CERT|CERTIFICATE|ALTNAME|UNTRUSTED/i
/** Nor is what the server thinks of us. */
const ALERT = /ALERT/i

type KindOfTrouble = 'trust.upstream-untrusted' | 'upstream.unreachable'

function kindOf({ decoded: { head } }: Step): KindOfTrouble {
  const { stage, code = '' } = head.failure ?? {}
  const named = code.slice(0, 200)
  return stage === 'upstream-tls' && UNTRUSTED.test(named) && !ALERT.test(named)
    ? 'trust.upstream-untrusted'
    : 'upstream.unreachable'
}

const whatAndWhere = (step: Step): string => [kindOf(step), causeOf(step).title, step.from, hostOf(step.url)].join('\n')

function unserved(evidence: Evidence, steps: Several<Step>): Finding {
  const [first] = steps
  const last = steps.at(-1) ?? first
  const { code = '', message = '' } = last.decoded.head.failure ?? {}
  const host = hostOf(first.url)
  const { title, fix, isWait } = causeOf(last)
  return {
    id: kindOf(first),
    severity: severityAfter(evidence.outcomes, last.sequence, [
      ...waysOut(evidence, host),
      ...(roleOf(first.to) === 'other' ? [[subjects.client(first.from)]] : []),
    ]),
    title: title.replace('HOST', short(host)),
    explanation: sentences(
      `${capital(named(first))} failed ${times(steps.length, first.time, last.time)}: ${short(code)}, ${quoted(message)}.`,
      isWait && `${evidence.clientOf(last)} had waited ${span(waitedFor(last))} for it.`,
    ),
    fix,
    reference: reference('RFC 8555 §6.1'),
    exchanges: steps.map(({ exchange }) => exchange),
    object: first.url,
    consequenceOf: null,
  }
}

interface Cause {
  readonly stage: Failure['stage'] | null
  /** Of the code, or of the system's words. */
  readonly says?: RegExp
  readonly title: string
  readonly fix: string
  /** The client left while it waited. */
  readonly isWait?: boolean
}

const REACH =
  'Check the name, the network and any firewall between acmescope and this host; --connect-to leads a name to another address.'
const OWN_CA =
  'If this is a CA of your own (Pebble, step-ca), give its root with --upstream-ca FILE. If the certificate has expired or is for another name, repair it there.'
const UNTRUSTED_TITLE = 'acmescope does not trust the certificate of HOST'

/** What it was, from the most particular to the least: the first that fits counts. */
const CAUSES: readonly Cause[] = [
  {
    stage: 'upstream-tls',
    says: /^CERT_HAS_EXPIRED|^CERT_NOT_YET_VALID/,
    title: 'The certificate of HOST is not valid at this time',
    fix: 'Renew it there; if it is valid by its dates, set the clock of this machine right. acmescope has no way to accept it, as no client should.',
  },
  {
    stage: 'upstream-tls',
    says: /ALTNAME|HOSTNAME_MISMATCH/,
    title: 'The certificate of HOST is for another name',
    fix: 'Ask for the server by a name that stands in its certificate, with --connect-to where that name leads elsewhere; or have the certificate made for this name.',
  },
  {
    stage: 'upstream-tls',
    says: /^(SELF_SIGNED|DEPTH_ZERO_)/,
    title: UNTRUSTED_TITLE,
    fix: 'It comes from a CA that is in no list of trusted ones. If it is your own (Pebble, step-ca), give its root with --upstream-ca FILE.',
  },
  {
    stage: 'upstream-tls',
    says: /^CERT_SIGNATURE_FAILURE/,
    title: UNTRUSTED_TITLE,
    fix: 'A CA of that name is trusted here, with another key: test CAs make a new one at each start. Give the root that is in use now with --upstream-ca FILE.',
  },
  {
    stage: 'upstream-tls',
    says: /^UNABLE_TO_/,
    title: UNTRUSTED_TITLE,
    fix: 'Its CA is not known here, or the server leaves out the intermediate certificate: let it send the whole chain. A CA of your own (Pebble, step-ca) is given with --upstream-ca FILE.',
  },
  {
    stage: 'upstream-tls',
    says: /CERTIFICATE_REQUIRED|certificate of the client/i,
    title: 'HOST wants a certificate of the client',
    fix: 'A client’s own certificate cannot pass through a proxy that reads: leave this host out with --passthrough HOST.',
  },
  {
    stage: 'upstream-tls',
    says: /WRONG_VERSION_NUMBER|is no TLS|wrong version number|HTTP_REQUEST/i,
    title: 'HOST speaks no TLS on this port',
    fix: 'The client asks for https://, and something else answers there, most often plain HTTP. Correct the port, or write http:// where that is meant (a test CA).',
  },
  {
    stage: 'upstream-tls',
    says: /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|no version of TLS/i,
    title: 'HOST speaks no version of TLS that acmescope speaks',
    fix: 'TLS 1.2 and 1.3 are spoken here. Update the server, or leave it out with --passthrough HOST.',
  },
  {
    stage: 'upstream-dns',
    says: /^LEADS_BACK/,
    title: 'HOST leads back to acmescope itself',
    fix: 'Its name is led here for a client that knows no proxy, and acmescope needs the real address: name a DNS server that has it (--resolver 9.9.9.9), or the address itself (--connect-to HOST:443:ADDRESS:443).',
  },
  {
    stage: 'upstream-dns',
    says: /EAI_AGAIN|ETIMEOUT|ESERVFAIL|EREFUSED/,
    title: 'No name server answered for HOST',
    fix: 'The resolver of this machine (/etc/resolv.conf) gave no answer: check it, and whether DNS leaves this network. In a container look at its own resolver. --connect-to leads a name to an address without asking.',
  },
  {
    stage: 'upstream-dns',
    title: 'HOST could not be found: its name does not resolve here',
    fix: 'Check the spelling, and that the resolver of this machine knows the name: one that is known inside another network only (Docker, Kubernetes) is not. --connect-to leads a name to an address.',
  },
  {
    stage: 'upstream-connect',
    says: /^UPSTREAM_PROXY_AUTH/,
    title: 'The upstream proxy did not let acmescope through to HOST',
    fix: 'Give its credentials in --upstream-proxy http://USER:PASSWORD@HOST:PORT (or ACMESCOPE_UPSTREAM_PROXY), with @, :, / and % in them written as in a URL. Basic authentication is spoken, no NTLM or Kerberos.',
  },
  {
    stage: 'upstream-connect',
    says: /^UPSTREAM_PROXY_REFUSED/,
    title: 'The upstream proxy does not connect to HOST',
    fix: 'It decides whom it connects to, and by which ports: many allow 443 only. Let it allow this host, or start acmescope without --upstream-proxy if the host is inside your network.',
  },
  {
    stage: 'upstream-connect',
    says: /^UPSTREAM_PROXY_/,
    title: 'The upstream proxy could not be used to reach HOST',
    fix: 'Check the address in --upstream-proxy, its scheme (http://, https:// or socks5://), and that the proxy runs and takes connections from this machine.',
  },
  {
    stage: 'upstream-connect',
    says: /ECONNREFUSED/,
    title: 'HOST could not be reached: nothing listens there',
    fix: `Check that the server runs, and on this port. ${REACH}`,
  },
  { stage: 'upstream-connect', title: 'HOST could not be reached', fix: REACH },
  { stage: 'upstream-tls', says: UNTRUSTED, title: UNTRUSTED_TITLE, fix: OWN_CA },
  { stage: 'upstream-tls', title: 'HOST could not be reached over TLS', fix: REACH },
  {
    stage: 'aborted',
    title: 'HOST did not answer before the client went away',
    fix: REACH,
    isWait: true,
  },
  {
    stage: null,
    title: 'HOST did not answer whole',
    fix: 'Try again. Where it happens each time, the log of the server says more, or that of what stands before it (a load balancer, a firewall that ends connections).',
  },
]

const OTHER = CAUSES.at(-1) as Cause

function causeOf({ decoded: { head } }: Step): Cause {
  const { stage, code, message } = head.failure ?? { stage: null, code: '', message: '' }
  const said = [code, message].map((text) => text.slice(0, 300))
  const found = CAUSES.find((row) => row.stage === stage && (!row.says || said.some((text) => row.says?.test(text))))
  return code === 'CLIENT_GAVE_UP' ? { ...(found ?? OTHER), isWait: true } : (found ?? OTHER)
}
