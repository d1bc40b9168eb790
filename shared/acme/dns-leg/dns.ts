/** What an exchange did at a DNS provider: the provider's reading, completed by what earlier answers told. */
import type { DnsExchange, DnsReading, Provider } from '../../dns/provider.ts'
import { providerNamed, providerOf } from '../../dns/providers.ts'
import { readExchange } from '../../dns/read.ts'
import { absoluteName } from '../../dns/record.ts'
import { hostOf } from '../fold/lanes.ts'
import type { Analysis, Content, DecodedExchange, DnsChange, DnsOperation, DnsSeen } from '../model.ts'
import { changesOf } from './dns-changes.ts'
import { type DnsIndex, learnChange, learnReading, zoneNameOf } from './dns-index.ts'
import { readUnnamed } from './unnamed-dns.ts'

export type Known = Pick<Analysis, 'challenges' | 'index'>

export interface DnsStep {
  readonly operation: DnsOperation | null
  readonly reading: DnsReading
  readonly names: Provider['names']
  /** Nothing but this exchange says that its host is a provider's. */
  readonly isNews: boolean
  /** With names made whole, as far as the zone is known. */
  readonly seen: DnsSeen
  readonly changes: readonly DnsChange[]
}

/** Null when the exchange spoke to no DNS provider, as far as is known by now. */
export function readDns(decoded: DecodedExchange, known: Known): DnsStep | null {
  const { url } = decoded.head.request
  const exchange = toDnsExchange(decoded)
  const provider = providerAt(url, exchange, known.index.dns)
  if (provider) return toStep(decoded, known, provider, readExchange(provider, exchange))
  const reading = readUnnamed(decoded, known)
  return reading && toStep(decoded, known, { label: hostOf(url), names: 'absolute', recognises: () => true }, reading)
}

/** By its host, by the shape of the exchange, or because an earlier exchange at that host had the shape. */
function providerAt(url: string, exchange: DnsExchange, { hosts }: DnsIndex): Provider | null {
  const host = URL.canParse(url) ? new URL(url).hostname : null
  if (host === null) return null
  return providerOf(host, exchange) ?? providerNamed(hosts.get(hostOf(url)) ?? '')
}

const toDnsExchange = ({ head, request, response }: DecodedExchange): DnsExchange => ({
  method: head.request.method,
  url: head.request.url,
  request: toBody(request),
  response: toBody(response),
  status: head.response?.status ?? null,
})

const toBody = (content: Content): DnsExchange['request'] => ({
  json: content.kind === 'json' ? content.value : undefined,
  text: content.kind === 'text' || content.kind === 'malformed' ? content.text : '',
})

function toStep(
  decoded: DecodedExchange,
  known: Known,
  { label: provider, names, recognises }: Pick<Provider, 'label' | 'names' | 'recognises'>,
  reading: DnsReading,
): DnsStep {
  const { asked } = reading
  const name = zoneNameOf(known.index.dns, provider, reading.zone)
  const zone = reading.zone && { ...reading.zone, name }
  const changes = changesOf(decoded, known, { provider, names, zone, reading })
  return {
    operation: operationOf(reading, changes),
    reading,
    names,
    isNews: recognises !== undefined,
    seen: {
      provider,
      api: reading.api,
      zone,
      asked: asked && { ...asked, name: asked.name === null ? null : absoluteName(asked.name, name, names) },
      found: reading.found,
      accepted: reading.accepted,
      errors: reading.errors,
      progress: reading.progress,
    },
    changes,
  }
}

const WRITES = [
  ['create', 'dns.createRecord'],
  ['update', 'dns.updateRecord'],
  ['delete', 'dns.deleteRecord'],
] as const

/** A write is what it changes: setting all values of a name anew may be meant to add one or to take one away. */
function operationOf({ operation, changes: said }: DnsReading, changes: readonly DnsChange[]): DnsOperation | null {
  if (!said.length) return operation
  return WRITES.find(([action]) => changes.some((change) => change.action === action))?.[1] ?? operation
}

/** Takes note, in place, of what an exchange that is over taught. */
export function learnDns(
  { dns }: Known['index'],
  url: string,
  { isNews, names, reading, seen, changes }: DnsStep,
): void {
  if (isNews) dns.hosts.set(hostOf(url), seen.provider)
  learnReading(dns, seen.provider, names, reading)
  for (const change of changes) learnChange(dns, change)
}
