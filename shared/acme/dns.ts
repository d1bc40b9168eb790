/** What an exchange did at a DNS provider: the provider's reading, completed by what earlier answers told. */
import type { DnsReading } from '../dns/provider.ts'
import { providerOf } from '../dns/providers.ts'
import type { Analysis, DecodedExchange, DnsChange, DnsOperation } from './model.ts'
import { answeredAt } from './objects.ts'
import { matchTxt } from './proof-index.ts'

type Known = Pick<Analysis, 'challenges' | 'index'>

/** A provider's ids are its own. */
export const recordKey = (provider: string, id: string): string => `${provider} ${id}`

export interface DnsStep {
  readonly provider: string
  readonly operation: DnsOperation | null
  readonly reading: DnsReading
  /** For everything that names a record; only writes are kept as changes. */
  readonly change: DnsChange | null
}

const ACTIONS: Partial<Record<DnsOperation, DnsChange['action']>> = {
  'dns.createRecord': 'create',
  'dns.updateRecord': 'update',
  'dns.deleteRecord': 'delete',
}

/** Null when the exchange spoke to no DNS provider that is described in shared/dns. */
export function readDns(decoded: DecodedExchange, known: Known): DnsStep | null {
  const { method, url } = decoded.head.request
  const provider = URL.canParse(url) ? providerOf(new URL(url).hostname) : null
  if (!provider) return null
  const reading = provider.read({
    method,
    url,
    requestJson: decoded.request.kind === 'json' ? decoded.request.value : undefined,
    responseJson: decoded.response.kind === 'json' ? decoded.response.value : undefined,
    status: decoded.head.response?.status ?? null,
  })
  return {
    provider: provider.label,
    operation: reading.operation,
    reading,
    change: toChange(decoded, provider.label, reading, known),
  }
}

/** A deletion names an id only: what stood there was told when it was written. */
function toChange(
  decoded: DecodedExchange,
  provider: string,
  reading: DnsReading,
  { challenges, index }: Known,
): DnsChange | null {
  const action = reading.operation === null ? undefined : ACTIONS[reading.operation]
  if (!action) return null
  const { record, zone } = reading
  const written = record?.id ? index.records.get(recordKey(provider, record.id)) : undefined
  const told = {
    type: record?.type ?? written?.type ?? null,
    name: record?.name ?? written?.name ?? null,
    value: record?.value ?? written?.value ?? null,
  }
  return {
    exchange: decoded.head.id,
    at: answeredAt(decoded),
    provider,
    action,
    zone: zone?.name ?? written?.zone ?? zone?.id ?? null,
    recordId: record?.id ?? null,
    ...told,
    accepted: reading.accepted,
    matches: (action === 'delete' && written?.matches) || matchTxt(index.proofs, challenges, told),
  }
}
