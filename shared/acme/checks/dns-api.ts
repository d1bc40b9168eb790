/** Did the DNS provider's API do what the client asked? Without it no proof by TXT record (RFC 8555 §8.4) can be published. */

import type { DnsErrorKind } from '../../dns/provider.ts'
import type { Finding } from '../../finding.ts'
import { roleOf } from '../fold/lanes.ts'
import { grouped } from '../grouped.ts'
import { cureFor, type Topic } from '../known/cures.ts'
import { MAX_NAME, MAX_NAMES } from '../limits.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { severityAfter, subjects } from './outcome.ts'
import { capital, clockTime, inWords, named, quoted, sentences, short } from './words.ts'

export const checkDnsApi = (evidence: Evidence): readonly Finding[] => [
  ...refusals(evidence),
  ...missingZones(evidence),
]

// ───────────────────────────── refusals

interface KindRow {
  readonly id: string
  readonly title: (provider: string) => string
  readonly topic?: Topic
}

const KINDS: Readonly<Record<DnsErrorKind, KindRow>> = {
  'credential-malformed': {
    id: 'dns-api.credential-malformed',
    title: (provider) => `The credentials sent to ${provider} do not have the form of credentials`,
    topic: 'credentials',
  },
  unauthorized: {
    id: 'dns-api.unauthorized',
    title: (provider) => `${provider} refuses the API credentials`,
    topic: 'credentials',
  },
  'zone-not-found': {
    id: 'dns-api.zone-not-found',
    title: (provider) => `${provider} does not know the zone it was asked about`,
    topic: 'credentials',
  },
  'record-exists': {
    id: 'dns-api.record-exists',
    title: (provider) => `A record is at ${provider} already, and none was written`,
  },
  'record-not-found': {
    id: 'dns-api.failed',
    title: (provider) => `${provider} has no such record`,
  },
  'rate-limited': {
    id: 'dns-api.failed',
    title: (provider) => `${provider} was asked too much in too short a time`,
  },
  failed: {
    id: 'dns-api.failed',
    title: (provider) => `${provider}’s API did not do what it was asked`,
  },
}

/** What an API knows its trouble by, the most telling first: one answer may hold several errors. */
const TELLING: readonly DnsErrorKind[] = [
  'credential-malformed',
  'unauthorized',
  'zone-not-found',
  'record-exists',
  'rate-limited',
  'record-not-found',
]

/** Null for what was done, or not answered at all: that is a matter of transport. */
function kindOf({ dns, status, decoded }: Step): DnsErrorKind | null {
  if (!dns || dns.accepted || status === null || decoded.head.failure) return null
  return TELLING.find((kind) => dns.errors.some((error) => error.kind === kind)) ?? 'failed'
}

function refusals(evidence: Evidence): readonly Finding[] {
  const refusedSteps = evidence.analysis.steps.filter((step) => roleOf(step.to) === 'dns' && kindOf(step) !== null)
  const groups = grouped(refusedSteps, (step) => [kindOf(step), step.from, step.to, subjectOf(step)].join('\n'))
  return [...groups.values()].map((steps) => refused(evidence, steps))
}

/** Bad credentials are one trouble whatever was asked for with them; other refusals are about a name. */
function subjectOf(step: Step): string {
  const kind = kindOf(step)
  if (kind === 'unauthorized' || kind === 'credential-malformed') return ''
  return kind === 'zone-not-found' || kind === 'record-exists' ? nameOf(step) : `${step.operation} ${nameOf(step)}`
}

const nameOf = ({ changes, dns }: Step): string => changes[0]?.name ?? dns?.zone?.name ?? dns?.zone?.id ?? ''

function refused(evidence: Evidence, steps: readonly [Step, ...Step[]]): Finding {
  const [first] = steps
  const last = steps.at(-1) ?? first
  const kind = kindOf(first) ?? 'failed'
  const row = KINDS[kind]
  const error = first.dns?.errors.find((one) => one.kind === kind)
  const provider = first.dns?.provider ?? 'The DNS provider'
  const about = subjectOf(first) === '' ? '' : nameOf(first)
  return {
    id: row.id,
    severity: severityAfter(evidence.outcomes, last.sequence, [[subjects.dns(last)], orderGroup(evidence, last)]),
    title: about === '' ? row.title(provider) : `${row.title(provider)} (${short(about)})`,
    explanation: sentences(
      `${capital(named(first))} at ${clockTime(first.time)} was answered ${saying(first)}.`,
      steps.length > 1 &&
        `So ${steps.length === 2 ? 'was' : 'were'} ${steps.length - 1} more, the last at ${clockTime(last.time)}.`,
      error?.meaning,
      first.identifier !== null && `It was for ${short(first.identifier)}.`,
    ),
    fix: sentences(
      error?.fix ?? 'Read what it answered; try again later when it is trouble of its own.',
      row.topic && cure(evidence, first, row.topic),
    ),
    reference: reference('RFC 8555 §8.4'),
    exchanges: steps.map(({ exchange }) => exchange),
    object: first.url,
    consequenceOf: null,
  }
}

/** The certificate that the client was after is the proof that it went well in the end. */
function orderGroup(evidence: Evidence, step: Step): readonly string[] {
  const order = evidence.orderOf(step)
  return order
    ? order.identifiers.slice(0, MAX_NAMES).map(({ value }) => subjects.certificate(evidence.caOf(order.url), value))
    : []
}

/** `403, 9109 “Invalid access token”`; an error without words says no more than the status. */
function saying({ status, dns }: Step): string {
  const told = (dns?.errors ?? []).filter(({ message }) => message !== '').slice(0, 3)
  return [String(status), ...told.map(({ code, message }) => `${short(code)} ${quoted(message)}`.trim())].join(', ')
}

/** What is known of one provider's credentials says more. */
const cure = (evidence: Evidence, step: Step, topic: Topic): string =>
  cureFor(
    topic === 'credentials' && step.dns?.provider === 'Cloudflare' ? 'cloudflare' : topic,
    evidence.clientRowOf(step),
  )

// ───────────────────────────── zones that are not there

/**
 * Many clients look for the zone by walking up the name, so an empty answer is normal as long as one of the walk is not.
 * It is not when no look-up of this client at this provider ever found a zone above the name.
 */
function missingZones(evidence: Evidence): readonly Finding[] {
  const lookUps = grouped(evidence.stepsDoing('dns.findZone'), ({ from, to }) => `${from}\n${to}`)
  return [...lookUps.values()].flatMap((steps) => {
    const zones = new Set(steps.filter(({ dns }) => (dns?.found ?? 0) > 0).map((step) => nameOf(step).toLowerCase()))
    const onTheWay = new Set([...zones].flatMap(upwards))
    const [first, ...others] = steps.filter((step) => {
      const names = upwards(nameOf(step))
      return step.dns?.found === 0 && !onTheWay.has(names[0] ?? '') && !names.some((name) => zones.has(name))
    })
    return first ? [noZone(evidence, [first, ...others])] : []
  })
}

/** Labels a name has at most, so that a hostile one is not walked for ever. */
const MAX_LABELS = 128

/** The name and all above it; a look-up of all zones at once is on the way to any. */
function upwards(name: string): readonly string[] {
  const labels = name.toLowerCase().slice(-MAX_NAME).split('.').slice(-MAX_LABELS)
  return [...labels.map((_, at) => labels.slice(at).join('.')), '']
}

function noZone(evidence: Evidence, steps: readonly [Step, ...Step[]]): Finding {
  const [first] = steps
  const last = steps.at(-1) ?? first
  const provider = first.dns?.provider ?? 'The DNS provider'
  const names = [...new Set(steps.map(({ dns }) => short(dns?.zone?.name ?? 'all zones')))]
  return {
    id: 'dns-api.zone-not-found',
    severity: severityAfter(evidence.outcomes, last.sequence, [orderGroup(evidence, last)]),
    title: `${provider} shows these credentials no zone for ${names[0]}`,
    explanation: `${evidence.clientOf(first)} looked for ${inWords(names)} from ${named(first)} at ${clockTime(first.time)} on, and each look-up came back empty.`,
    fix: sentences(
      `Check that the zone is at ${provider}, in the account of these credentials, and that they may read it; and that the name is spelt right.`,
      cure(evidence, first, 'credentials'),
    ),
    reference: reference('RFC 8555 §8.4'),
    exchanges: steps.map(({ exchange }) => exchange),
    object: first.url,
    consequenceOf: null,
  }
}
