/**
 * What was seen beside the proxied path, as steps of the diagram: the TLS with which a CA came to the client's challenge port
 * (RFC 8737), and what the name servers said of a record that was written: one step for each server and each writing, at the
 * first answer with the value, or at the last without.
 */
import { txtValue } from '../../dns/match.ts'
import type { DnsObservation, ValidationObservation } from '../../exchange.ts'
import { ownerOfPort, validatorOf } from '../fold/inbound.ts'
import { grouped } from '../grouped.ts'
import type { Analysis, Challenge, DnsChange, Lane, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { InferredStep } from './infer.ts'

/** A lane for name servers that no API stands for: asked by ourselves, or about a record that nobody saw being written. */
export const NAME_SERVERS: Lane = { id: 'dns:', role: 'dns', label: 'Name servers', hosts: [] }

/** One server's word on one record. */
interface Propagation {
  readonly change: DnsChange
  readonly step: Step
  /** Of this server, in the order in which it was asked; grows in place. */
  readonly answers: [DnsObservation, ...DnsObservation[]]
}

/** In the order in which they were seen. One pass over the observations, and one over what was written. */
export function observedSteps(analysis: Analysis): readonly InferredStep[] {
  if (analysis.observations.length === 0) return []
  const place = placesOf(analysis.steps)
  const seen = [
    ...hellosOf(analysis).map(([hello, challenge]) => helloStep(analysis, hello, challenge, place)),
    ...propagationsOf(analysis).map((propagation) => propagationStep(propagation, place)),
  ]
  return seen.toSorted((a, b) => a.time.localeCompare(b.time))
}

/** ISO 8601 → the exchange that began last before it. */
type Place = (time: string) => string

function placesOf(steps: readonly Step[]): Place {
  const begun = steps.map(({ time, exchange }) => [time, exchange] as const).toSorted(([a], [b]) => a.localeCompare(b))
  return (time) => {
    let [low, high] = [0, begun.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((begun[middle]?.[0] ?? '') <= time) low = middle + 1
      else high = middle
    }
    return begun[Math.max(0, low - 1)]?.[1] ?? ''
  }
}

// ───────────────────────────── TLS at the challenge port

function hellosOf({ observations, challenges }: Analysis): readonly (readonly [ValidationObservation, Challenge])[] {
  const byName = new Map<string, Challenge>()
  for (const challenge of challenges.values())
    if (challenge.proof?.kind === 'tls-alpn') byName.set(challenge.proof.name.toLowerCase(), challenge)
  return observations.flatMap((fact) => {
    if (fact.subject !== 'validation') return []
    const challenge = byName.get(fact.detail.sni?.toLowerCase() ?? '')
    return challenge ? [[fact, challenge] as const] : []
  })
}

function helloStep(
  analysis: Analysis,
  { id, startedAt, client, detail }: ValidationObservation,
  challenge: Challenge,
  place: Place,
): InferredStep {
  const proof = { challenge: challenge.url }
  const said = `${client.address ?? 'Somebody'} connects to ${detail.sni} and offers ${detail.alpn.join(', ')}`
  return {
    id: `seen ${id}`,
    seen: id,
    operation: 'validation.tls-alpn-01',
    phase: 'validation',
    after: place(startedAt),
    time: startedAt,
    from: validatorOf(analysis, proof),
    to: ownerOfPort(analysis, proof),
    ...belonging(analysis, challenge),
    outcome: detail.failure ? 'invalid' : null,
    summary: detail.failure ? `${said}: ${detail.failure.message}` : said,
    evidence: `It came to the forwarder before the client’s port: ${detail.bytes.sent} bytes from there, ${detail.bytes.received} back, which only the two of them can read.`,
    references: [reference('RFC 8737 §3')],
  }
}

function belonging({ authorizations }: Analysis, { url, authorization }: Challenge) {
  const known = authorizations.get(authorization ?? '')
  return {
    challenge: url,
    authorization,
    order: known?.orders.at(-1) ?? null,
    identifier: known?.identifier?.value ?? null,
  }
}

// ───────────────────────────── the name servers

function propagationsOf({ observations, dnsChanges, steps }: Analysis): readonly Propagation[] {
  const watched = new Set(observations.flatMap((fact) => (fact.subject === 'dns' ? [fact.detail.writtenBy] : [])))
  if (watched.size === 0) return []
  const changes = grouped(
    dnsChanges.filter(({ exchange, action }) => action !== 'delete' && watched.has(exchange)),
    ({ exchange }) => exchange,
  )
  const writers = new Map(steps.flatMap((step) => (watched.has(step.exchange) ? [[step.exchange, step] as const] : [])))
  const all = new Map<string, Propagation>()
  for (const fact of observations) {
    if (fact.subject !== 'dns') continue
    const step = writers.get(fact.detail.writtenBy)
    const written = changes.get(fact.detail.writtenBy)
    // One request may write several records; an alias may lead to another name.
    const change = written?.find(({ name }) => name === fact.detail.name) ?? written?.[0]
    const key = `${fact.detail.writtenBy}\n${change?.name ?? ''}\n${serverOf(fact)}`
    const known = all.get(key)
    if (known) known.answers.push(fact)
    else if (change && step) all.set(key, { change, step, answers: [fact] })
  }
  return [...all.values()]
}

const serverOf = ({ detail: { server } }: DnsObservation): string => `${server?.name ?? ''} ${server?.address ?? ''}`

const serves = ({ change }: Propagation, { detail }: DnsObservation): boolean =>
  detail.values.includes(txtValue(change.value ?? ''))

/** What counts of one server's answers: the first with the value, or the last without. */
function decisive(propagation: Propagation): { readonly answer: DnsObservation; readonly isServed: boolean } {
  const served = propagation.answers.find((answer) => serves(propagation, answer))
  return { answer: served ?? propagation.answers.at(-1) ?? propagation.answers[0], isServed: served !== undefined }
}

function propagationStep(propagation: Propagation, place: Place): InferredStep {
  const { change, step, answers } = propagation
  const { answer } = decisive(propagation)
  const { id, startedAt, detail } = answer
  return {
    id: `seen ${id}`,
    seen: id,
    operation: 'dns.propagation',
    phase: 'provisioning',
    after: place(startedAt),
    time: startedAt,
    from: step.to,
    to: NAME_SERVERS.id,
    challenge: change.matches[0]?.challenge ?? '',
    authorization: step.authorization,
    order: step.order,
    identifier: step.identifier,
    outcome: null,
    summary: saidOf(propagation),
    evidence: `acmescope asked ${detail.server === null ? 'for the servers of the zone' : `${nameOf(answer)} itself`}; it said something new ${answers.length === 1 ? 'once' : `${answers.length} times`} since step ${step.sequence} wrote the record.`,
    references: [reference('RFC 8555 §8.4')],
  }
}

/** `ns1.example.test serves the value of _acme-challenge.example.test 3.1 s after it was written` */
function saidOf(propagation: Propagation): string {
  const { answer, isServed } = decisive(propagation)
  const { detail, startedAt } = answer
  if (detail.server === null)
    return `No server of ${detail.zone ?? 'its zone'} could be asked for ${detail.name}: ${detail.code}`
  if (isServed)
    return `${nameOf(answer)} serves the value of ${detail.name}${afterWriting(Date.parse(startedAt) - Date.parse(propagation.change.at))}`
  const instead = detail.code !== 'NOERROR' ? detail.code : detail.values.length > 0 ? 'other values' : 'no TXT record'
  return `${nameOf(answer)} does not serve the value of ${detail.name}: ${instead}, and no other answer came while it was asked`
}

const nameOf = ({ detail: { server } }: DnsObservation): string => server?.name ?? server?.address ?? 'A name server'

/** Empty where the times are none. */
const afterWriting = (ms: number): string =>
  Number.isNaN(ms) ? '' : ` ${(Math.max(0, ms) / 1000).toFixed(ms < 1000 ? 2 : 1)} s after it was written`

/** Challenge → what each name server said of what was written for it, in words, in the order in which it was seen. */
export function propagationWords(analysis: Analysis): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>()
  for (const propagation of propagationsOf(analysis))
    for (const challenge of new Set(propagation.change.matches.map((match) => match.challenge))) {
      const known = words.get(challenge)
      if (known) known.push(saidOf(propagation))
      else words.set(challenge, [saidOf(propagation)])
    }
  return words
}
