/** Did the connections themselves work: does the client trust us, do we reach and trust the server? */
import { providerAt } from '../../dns/providers.ts'
import { type Connection, endedAt, type Failure } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import { hostOf, roleOf } from '../fold/lanes.ts'
import { grouped } from '../grouped.ts'
import { isKnownCa } from '../known/cas.ts'
import { cureFor } from '../known/cures.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { severityAfter, subjects } from './outcome.ts'
import { capital, clockTime, named, quoted, sentences, short, span } from './words.ts'

export const checkTransport = (evidence: Evidence): readonly Finding[] => [
  ...[...grouped(evidence.analysis.connections.filter(isRefusal), whoAndWhere).values()].map((all) =>
    untrusted(evidence, all),
  ),
  ...[...grouped(evidence.analysis.steps.filter(isUnserved), whatAndWhere).values()].map((all) =>
    unserved(evidence, all),
  ),
]

type Several<T> = readonly [T, ...T[]]

const times = (count: number, first: string, last: string): string =>
  count === 1 ? `at ${clockTime(first)}` : `${count} times between ${clockTime(first)} and ${clockTime(last)}`

// ───────────────────────────── between the client and us

const isRefusal = ({ outcome }: Connection): boolean => outcome === 'client-refused-certificate'
const whoAndWhere = ({ client, host }: Connection): string =>
  `${client.process ?? ''}\n${client.address ?? ''}\n${host ?? ''}`

function untrusted(evidence: Evidence, connections: Several<Connection>): Finding {
  const [first] = connections
  const last = connections.at(-1) ?? first
  const row = evidence.clientBehind(first)
  const host = short(first.host ?? 'an unnamed host')
  return {
    id: 'trust.client-rejected-authority',
    severity: severityAfter(evidence.outcomes, last.sequence, ends(evidence, first.host)),
    title: `${row?.label ?? 'The client'} does not trust acmescope’s authority for ${host}`,
    explanation: sentences(
      `It ended the connection to ${host} ${times(connections.length, first.startedAt, last.startedAt)}, when it saw our certificate${saying(first.failure)}, so nothing of that could be recorded.`,
      legOf(evidence, first.host),
    ),
    fix: cureFor('trust', row),
    reference: reference('RFC 8555 §6.1'),
    exchanges: connections.map(({ id }) => id),
    object: null,
    consequenceOf: null,
  }
}

const saying = (failure: Failure | undefined): string => (failure ? ` (${quoted(failure.message)})` : '')

const isCa = ({ analysis }: Evidence, host: string): boolean => analysis.index.caHosts.has(host) || isKnownCa(host)

function legOf(evidence: Evidence, host: string | null): string {
  if (host === null) return ''
  const provider = providerAt(host)
  if (provider)
    return `This is the leg to the DNS provider’s API (${provider.label}), which often has trust settings of its own.`
  return isCa(evidence, host) ? 'This is the leg to the CA.' : ''
}

/**
 * What would show that it did no harm: the same host was reached later; or, for a host that is neither a CA nor a DNS
 * provider's, a certificate came all the same.
 */
function ends(evidence: Evidence, host: string | null): readonly (readonly string[])[] {
  if (host === null) return []
  const isNeeded = isCa(evidence, host) || providerAt(host) !== null
  const clients = evidence.analysis.lanes.filter(({ role }) => role === 'client').map(({ id }) => [subjects.client(id)])
  return [[subjects.host(host)], ...(isNeeded ? [] : clients)]
}

// ───────────────────────────── between us and the server

/** The server gave no answer, or half of one, or let the client wait until it had enough. */
export const isUnserved = (step: Step): boolean => {
  const stage = step.decoded.head.failure?.stage
  return stage === 'aborted' ? hadToWait(step) : stage !== undefined && stage !== 'client-tls'
}

/** ms. A client that goes away sooner was stopped, or had no more use for the answer; none gives up on a CA that soon. */
const PATIENCE = 8_000

const waitedFor = ({ time, decoded: { head } }: Step): number => endedAt(head) - Date.parse(time)

const hadToWait = (step: Step): boolean =>
  (roleOf(step.to) !== 'other' || isKnownCa(hostOf(step.url))) && waitedFor(step) >= PATIENCE

/** Certificates that do not hold, as Node, OpenSSL and Chrome name it; other trouble in TLS is no matter of trust. */
const UNTRUSTED = /UNABLE_TO_|SELF_SIGNED|CERT_|_CERT|CERTIFICATE|ALTNAME|UNTRUSTED/i

type Kind = 'trust.upstream-untrusted' | 'upstream.unreachable'

const kindOf = ({ decoded }: Step): Kind =>
  decoded.head.failure?.stage === 'upstream-tls' && UNTRUSTED.test(decoded.head.failure.code.slice(0, 200))
    ? 'trust.upstream-untrusted'
    : 'upstream.unreachable'

const whatAndWhere = (step: Step): string => `${kindOf(step)}\n${step.from}\n${hostOf(step.url)}`

function unserved(evidence: Evidence, steps: Several<Step>): Finding {
  const [first] = steps
  const last = steps.at(-1) ?? first
  const { code, message, stage } = first.decoded.head.failure ?? {
    code: '',
    message: '',
    stage: 'upstream-http' as const,
  }
  const [host, id] = [hostOf(first.url), kindOf(first)]
  const isTrust = id === 'trust.upstream-untrusted'
  return {
    id,
    severity: severityAfter(evidence.outcomes, last.sequence, [
      ...ends(evidence, host),
      ...(roleOf(first.to) === 'other' ? [[subjects.client(first.from)]] : []),
    ]),
    title: isTrust
      ? `acmescope does not trust the certificate of ${short(host)}`
      : `${short(host)} ${WORDS[stage] ?? WORDS['upstream-http']}`,
    explanation: sentences(
      `${capital(named(first))} failed ${times(steps.length, first.time, last.time)}: ${short(code)}, ${quoted(message)}.`,
      stage === 'aborted' && `${evidence.clientOf(first)} had waited ${span(waitedFor(first))} for it.`,
    ),
    fix: isTrust ? TRUST : REACH,
    reference: reference('RFC 8555 §6.1'),
    exchanges: steps.map(({ exchange }) => exchange),
    object: first.url,
    consequenceOf: null,
  }
}

const WORDS: Partial<Record<Failure['stage'], string>> = {
  'upstream-dns': 'could not be found: its name does not resolve here',
  'upstream-connect': 'could not be reached',
  'upstream-tls': 'could not be reached over TLS',
  'upstream-http': 'did not answer whole',
  aborted: 'did not answer before the client went away',
}

const TRUST =
  'If this is a CA of your own (Pebble, step-ca), give its root with --upstream-ca FILE. If the certificate has expired or is for another name, repair it there.'
const REACH =
  'Check the name, the network and any firewall between acmescope and this host; --connect-to leads a name to another address.'
