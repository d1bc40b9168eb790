/** A DNS provider that nobody described: whatever host is sent the value that a TXT record must have (RFC 8555 §8.4). */
import { refusal } from '../../dns/errors.ts'
import { txtValue } from '../../dns/match.ts'
import type { DnsReading } from '../../dns/provider.ts'
import { change, idField } from '../../dns/record.ts'
import { hostOf } from '../fold/lanes.ts'
import { objectsIn } from '../json.ts'
import type { Content, DecodedExchange } from '../model.ts'
import type { Known } from './dns.ts'
import { type DnsIndex, recordOf, standingAt } from './dns-index.ts'
import { purposeOf, wordsOf } from './request-purpose.ts'

/** Null when the host is a CA's, or was never sent a value that a challenge expects. */
export function readUnnamed(decoded: DecodedExchange, { index }: Known): DnsReading | null {
  const { url } = decoded.head.request
  const host = hostOf(url)
  if (index.caHosts.has(host)) return null
  const values = decoded.txtCandidates.filter((value) => index.proofs.byValue.has(value))
  if (!values.length && !index.dns.hosts.has(host)) return null
  const told = values.length ? written(decoded, index.dns, values) : unwritten(decoded, index.dns)
  const status = decoded.head.response?.status ?? null
  return {
    ...NOTHING_SAID,
    ...told,
    accepted: status !== null && status >= 200 && status <= 299,
    errors:
      status !== null && status >= 400
        ? [refusal(status, told.operation === 'dns.deleteRecord' ? 'record-not-found' : 'failed')]
        : [],
  }
}

type Told = Pick<DnsReading, 'operation' | 'changes'>

/** What is sent is written, for the first time or again, or taken away, or looked for. */
function written(decoded: DecodedExchange, dns: DnsIndex, values: readonly string[]): Told {
  const purpose = purposeOf(decoded)
  if (purpose === 'look') return { operation: 'dns.listRecords', changes: [] }
  const standing = standingAt(dns, hostOf(decoded.head.request.url), NAMELESS)
  const isThere = values.every((value) => standing.has(value))
  const action = purpose === 'delete' ? 'delete' : isThere ? 'update' : 'create'
  const id = values.length === 1 && action === 'create' ? idIn(decoded.response, values[0]) : null
  return {
    operation: OPERATIONS[action],
    changes: values.map((value) => change(action, { id, type: 'TXT', values: [value] })),
  }
}

/** Without a value only a deletion can be told, and what is deleted if the answer to its creation gave the id. */
function unwritten(decoded: DecodedExchange, dns: DnsIndex): Told {
  if (purposeOf(decoded) !== 'delete') return { operation: null, changes: [] }
  const { url } = decoded.head.request
  const id = wordsOf(url).find((word) => recordOf(dns, hostOf(url), word))
  return { operation: 'dns.deleteRecord', changes: id === undefined ? [] : [change('delete', { id })] }
}

const NAMELESS = { type: 'TXT', name: '' }

const NOTHING_SAID = { api: null, zone: null, zones: [], asked: null, listed: [], found: null, progress: null } as const

const OPERATIONS = {
  create: 'dns.createRecord',
  update: 'dns.updateRecord',
  delete: 'dns.deleteRecord',
} as const

// ───────────────────────────── the record's id

const ID_NAMES = ['id', 'record_id', 'recordId', 'RecordId', 'uuid'] as const
/** The id an answer gives beside the value, or else the first one it gives. */
function idIn(response: Content, value: string | undefined): string | null {
  if (response.kind !== 'json') return null
  const ids = objectsIn(response.value).flatMap((object) => {
    const id = ID_NAMES.map((name) => idField(object, name)).find((one) => one !== null)
    const isBeside = Object.values(object).some((member) => typeof member === 'string' && txtValue(member) === value)
    return id ? [{ id, isBeside }] : []
  })
  return (ids.find(({ isBeside }) => isBeside) ?? ids[0])?.id ?? null
}
