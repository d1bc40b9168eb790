/** What an exchange wrote at a DNS provider, value by value, and which challenges each value is for. */
import type { DnsReading, DnsRecord, DnsRecordChange, DnsZone, Provider } from '../../dns/provider.ts'
import { absoluteName } from '../../dns/record.ts'
import { answeredAt } from '../fold/objects.ts'
import type { DecodedExchange, DnsChange } from '../model.ts'
import { matchTxt } from '../proof/proof-index.ts'
import type { Known } from './dns.ts'
import { recordOf, standingAt } from './dns-index.ts'

/** Where it was written. */
export interface Written extends Pick<Provider, 'names'> {
  /** Label. */
  readonly provider: string
  readonly zone: DnsZone | null
  readonly reading: DnsReading
}

/** More than a client writes at once; of an upload of a whole zone the beginning is told. */
const MOST_CHANGES = 200

/** One change for each value. */
export function changesOf(decoded: DecodedExchange, known: Known, written: Written): readonly DnsChange[] {
  const { provider, zone, reading } = written
  const shared = {
    exchange: decoded.head.id,
    at: answeredAt(decoded),
    provider,
    accepted: reading.accepted,
  }
  return reading.changes
    .slice(0, MOST_CHANGES)
    .flatMap((change) => expand(change, known, written))
    .slice(0, MOST_CHANGES)
    .map(({ action, id, before, ...told }) => ({
      ...shared,
      action,
      zone: zone?.name ?? before?.zone ?? zone?.id ?? null,
      recordId: id,
      ...told,
      matches: matchesOf(told, before, known),
    }))
}

/** What a value was written for when it was written, it is for when it is taken away. */
function matchesOf(told: Pick<DnsChange, 'type' | 'name' | 'value'>, before: Before, { challenges, index }: Known) {
  const known = before?.value === told.value ? (before.matches ?? []) : []
  return known.length ? known : matchTxt(index.proofs, challenges, told)
}

type Before = ReturnType<typeof recordOf>

interface Single extends Pick<DnsChange, 'action' | 'type' | 'name' | 'value'> {
  readonly id: string | null
  /** What was known of it. */
  readonly before: Before
}

/** A record is known by its id, or by its name and type; what the request does not say of it was said before. */
function expand(change: DnsRecordChange, { index }: Known, written: Written): readonly Single[] {
  const { record } = change
  const before = recordOf(index.dns, written.provider, record.id)
  const place = {
    id: record.id,
    type: record.type ?? before?.type ?? null,
    name: nameOf(record, written) ?? before?.name ?? null,
  }
  const standing = standingAt(index.dns, written.provider, place)
  return effectsOf(change, standing, before).map(([action, value]) => ({
    ...place,
    action,
    value,
    before: (value === null ? undefined : standing.get(value)) ?? before,
  }))
}

type Effect = readonly [action: DnsChange['action'], value: string | null]

function effectsOf({ action, record }: DnsRecordChange, standing: Standing, before: Before): readonly Effect[] {
  if (action === 'replace') return replaced(record.values, standing)
  if (record.values.length) return record.values.map((value) => [action, value])
  if (action === 'delete' && record.id === null) return allOf(standing).map((value) => [action, value])
  return [[action, before?.value ?? null]]
}

const nameOf = ({ name }: DnsRecord, { zone, names }: Written): string | null =>
  name === null ? null : absoluteName(name, zone?.name ?? null, names)

type Standing = ReturnType<typeof standingAt>

/** Everything there is, as far as it was seen; where nothing was, something unknown. */
function allOf(standing: Standing): readonly (string | null)[] {
  const values = [...first(standing)]
  return values.length ? values : [null]
}

/**
 * What setting all values of a name anew does: those that were not there are created, those that are left out deleted.
 * Those that stay are told only when nothing else happens.
 */
function replaced(values: readonly string[], standing: Standing): readonly Effect[] {
  const wanted = new Set(values)
  const changed = [
    ...[...first(standing)].filter((value) => !wanted.has(value)).map((value) => ['delete', value] as const),
    ...values.filter((value) => !standing.has(value)).map((value) => ['create', value] as const),
  ]
  return changed.length ? changed : values.map((value) => ['update', value] as const)
}

/** The first of many, so that it costs the same however many there are. */
function* first(standing: Standing): Generator<string> {
  let left = MOST_CHANGES
  for (const value of standing.keys()) {
    if (left-- === 0) return
    yield value
  }
}
