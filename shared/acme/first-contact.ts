/** Has a client that was just pointed at the recorder come through, on which of its two legs, and if not: what to do. */
import { providerAt } from '../dns/providers.ts'
import type { Connection, ConnectionOutcome } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import { hostOf, roleOf } from './fold/lanes.ts'
import { caLabel, isKnownCa } from './known/cas.ts'
import { type ClientId, KNOWN_CLIENTS } from './known/clients.ts'
import { cureFor, generalCure } from './known/cures.ts'
import type { Analysis, Step } from './model.ts'

/** `attention`: something came, but not what is to be recorded. */
export type Verdict = 'waiting' | 'works' | 'attention' | 'refused'

/** A client speaks to the CA and, for dns-01, to its DNS provider, often with settings of their own. */
export interface Leg {
  readonly role: 'ca' | 'dns'
  readonly state: 'unseen' | 'seen' | 'refused'
  /** Whom it leads to; empty while that is not known. */
  readonly name: string
  /** The exchange or connection that shows it. */
  readonly exchange: string | null
}

export interface Contact {
  readonly verdict: Verdict
  readonly title: string
  /** What was seen, in a sentence. */
  readonly detail: string
  /** What to do; empty where there is nothing. */
  readonly cure: string
  /** The exchange or connection that shows it. */
  readonly exchange: string | null
  readonly legs: readonly [ca: Leg, dns: Leg]
}

/**
 * @param findings of the same recording
 * @param expected the client that was to be set up: whoever refuses our certificate does not say who it is
 */
export function firstContact(analysis: Analysis, findings: readonly Finding[], expected: ClientId | null): Contact {
  const refusals = toRefusals(analysis, findings)
  const legs = [legOf('ca', analysis, refusals), legOf('dns', analysis, refusals)] as const
  const first = analysis.steps[0]
  // A host that is neither is in nobody's way once something came through.
  const refusal = refusals.find(({ role }) => role !== null) ?? (first ? undefined : refusals[0])
  const told = refusal
    ? refused(refusal, expected)
    : first
      ? received(analysis, findings, legs[0])
      : unread(analysis.connections.at(-1), findings, expected)
  return { ...told, legs }
}

type Told = Omit<Contact, 'legs'>

// ───────────────────────────── the client does not trust us

interface Refusal {
  readonly finding: Finding
  readonly connection: Connection
  readonly host: string
  readonly role: Leg['role'] | null
}

/** Those that still stand: a client that came to the host later trusts us now. The newest first. */
function toRefusals(analysis: Analysis, findings: readonly Finding[]): readonly Refusal[] {
  const standing = findings.filter(
    ({ id, severity }) => id === 'trust.client-rejected-authority' && severity === 'error',
  )
  if (standing.length === 0) return []
  const connections = new Map(analysis.connections.map((connection) => [connection.id, connection]))
  return standing
    .flatMap((finding) => {
      const connection = connections.get(finding.exchanges.at(-1) ?? '')
      if (!connection) return []
      const host = connection.host ?? ''
      return [{ finding, connection, host, role: roleAt(analysis, host) }]
    })
    .sort((a, b) => b.connection.sequence - a.connection.sequence)
}

function roleAt({ index }: Analysis, host: string): Leg['role'] | null {
  if (index.caHosts.has(host) || isKnownCa(host)) return 'ca'
  return providerAt(host) ? 'dns' : null
}

function refused({ finding, connection }: Refusal, expected: ClientId | null): Told {
  return {
    verdict: 'refused',
    title: finding.title,
    detail: `It ended the connection when it saw our certificate, ${often(finding.exchanges.length)}at ${connection.startedAt.slice(11, 19)} UTC.`,
    cure: cureOf(finding, expected),
    exchange: connection.id,
  }
}

const TOPICS = ['trust', 'tls'] as const

/** Who is not known is taken for the one that was to be set up. */
function cureOf({ fix }: Finding, expected: ClientId | null): string {
  const topic = TOPICS.find((one) => fix.endsWith(generalCure(one)))
  return topic === undefined ? fix : fix.slice(0, -generalCure(topic).length) + cureFor(topic, rowOf(expected))
}

const rowOf = (client: ClientId | null) => KNOWN_CLIENTS.find(({ id }) => id === client) ?? null

const often = (times: number): string => (times === 1 ? '' : `${times} times, the last time `)

// ───────────────────────────── it came through

function received(analysis: Analysis, findings: readonly Finding[], ca: Leg): Told {
  const step = analysis.steps.find(({ exchange }) => exchange === ca.exchange) ?? analysis.steps[0]
  const unserved = findings.find(({ id, severity }) => UNSERVED.has(id) && severity === 'error')
  const seen = { detail: step ? aboutStep(step) : '', exchange: step?.exchange ?? null }
  const client = analysis.lanes.find(({ id }) => id === step?.from)?.label ?? 'The client'
  if (unserved)
    return {
      verdict: 'attention',
      title: `${client} comes through, but ${lowered(unserved.title)}`,
      detail: unserved.explanation,
      cure: unserved.fix,
      exchange: unserved.exchanges[0] ?? null,
    }
  if (step?.url.startsWith('http:'))
    return {
      verdict: 'attention',
      title: `${client} comes through, but without TLS`,
      ...seen,
      cure: 'What it asks over HTTPS is not here yet. Set HTTPS_PROXY as well as HTTP_PROXY, and let it begin again.',
    }
  return { verdict: 'works', title: `${client} is being recorded`, ...seen, cure: '' }
}

const UNSERVED: ReadonlySet<string> = new Set([
  'trust.upstream-untrusted',
  'upstream.unreachable',
  'proxy.plain-http-to-tls-port',
])

const lowered = (title: string): string => title.replace(/^The /, 'the ')

function aboutStep({ method, url, time, decoded: { head } }: Step): string {
  const { version, alpn } = head.tls?.client ?? {}
  const over = version === undefined ? '' : ` over ${version}${alpn === undefined ? '' : ` (${alpn})`}`
  return `${method} ${hostOf(url)}${over}, at ${time.slice(11, 19)} UTC.`
}

// ───────────────────────────── something came, and was not read

function unread(connection: Connection | undefined, findings: readonly Finding[], expected: ClientId | null): Told {
  if (connection === undefined)
    return {
      verdict: 'waiting',
      title: 'Waiting for the first request …',
      detail: 'It is shown here the moment it comes.',
      cure: '',
      exchange: null,
    }
  const { title, cure } = UNREAD[connection.outcome]
  const finding = findings.find(({ severity, exchanges }) => severity === 'error' && exchanges.includes(connection.id))
  return {
    verdict: 'attention',
    title: title(connection.host ?? 'an unnamed host'),
    detail: `At ${connection.startedAt.slice(11, 19)} UTC${connection.failure ? `: ${connection.failure.message}` : ''}.`,
    cure: cure === '' ? (finding ? cureOf(finding, expected) : cureFor('trust', rowOf(expected))) : cure,
    exchange: connection.id,
  }
}

/** An empty cure: that of trust. */
const UNREAD: Readonly<Record<ConnectionOutcome, { readonly title: (host: string) => string; readonly cure: string }>> =
  {
    'client-refused-certificate': { title: (host) => `A client refused our certificate for ${host}`, cure: '' },
    'tls-failed': { title: (host) => `TLS with a client failed, for ${host}`, cure: '' },
    unused: {
      title: (host) => `A client asked for ${host} and then sent nothing`,
      cure: 'The proxy is set. Clients that do not trust us sometimes leave like this: look at the second step.',
    },
    'not-tls': {
      title: (host) => `Something that is no TLS came for ${host}`,
      cure: 'The proxy is set, but for a protocol that acmescope does not read: it reads HTTP and HTTPS.',
    },
    'not-http': {
      title: (host) => `Something that is no HTTP came for ${host}`,
      cure: 'The port is reached, but by a program that does not speak HTTP to it. The address of the proxy is http://HOST:PORT, also in HTTPS_PROXY.',
    },
    'turned-away': {
      title: (host) => `A client was turned away on its way to ${host}`,
      cure: 'The proxy is set, but without the credentials it asks for (--proxy-auth): HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT. A percent sign or @ in them is written as in a URL.',
    },
    'passed-through': {
      title: (host) => `A client that refused our certificate went on to ${host} unread`,
      cure: '',
    },
  }

// ───────────────────────────── the two legs

function legOf(role: Leg['role'], analysis: Analysis, refusals: readonly Refusal[]): Leg {
  const refusal = refusals.find((one) => one.role === role)
  if (refusal) return { role, state: 'refused', name: nameOf(role, refusal.host), exchange: refusal.connection.id }
  const lane = analysis.lanes.find((one) => one.role === role)
  // A lane is there because a step is, and the first of a leg comes early.
  const step = lane && analysis.steps.find(({ to }) => roleOf(to) === role)
  return step
    ? { role, state: 'seen', name: lane.label, exchange: step.exchange }
    : { role, state: 'unseen', name: '', exchange: null }
}

const nameOf = (role: Leg['role'], host: string): string =>
  role === 'ca' ? caLabel(host) : (providerAt(host)?.label ?? host)
