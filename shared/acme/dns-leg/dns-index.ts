/** What the fold remembers of the DNS providers: what an id or a host stands for, and what is written under a name. */
import type { DnsReading, DnsRecord, DnsZone } from '../../dns/provider.ts'
import { absoluteName, withoutDot } from '../../dns/record.ts'
import { MAX_NAME, MAX_TXT } from '../limits.ts'
import type { DnsChange } from '../model.ts'

export interface DnsIndex {
  /** Host that turned out to be a provider's → the label of that provider. */
  readonly hosts: Map<string, string>
  /** Id of a zone → its name. Ids, here and below, go with the label of their provider. */
  readonly zones: Map<string, string>
  /** Id of a record → what was written or listed under it last. */
  readonly records: Map<string, KnownRecord>
  /** Name and type → value → the change that wrote it, of all that was accepted and not taken away since. */
  readonly standing: Map<string, Map<string, DnsChange>>
}

export type KnownRecord = Pick<DnsChange, 'type' | 'name' | 'value' | 'zone'> & Partial<Pick<DnsChange, 'matches'>>

export const noDns = (): DnsIndex => ({
  hosts: new Map(),
  zones: new Map(),
  records: new Map(),
  standing: new Map(),
})

const keyOf = (provider: string, ...parts: readonly string[]): string => [provider, ...parts].join('\n')

/** The name of a zone, when it was told now or before. */
export const zoneNameOf = ({ zones }: DnsIndex, provider: string, zone: DnsZone | null): string | null =>
  zone?.name ?? (zone?.id ? (zones.get(keyOf(provider, zone.id)) ?? null) : null)

export const recordOf = ({ records }: DnsIndex, provider: string, id: string | null): KnownRecord | undefined =>
  id === null ? undefined : records.get(keyOf(provider, id))

const NOTHING: ReadonlyMap<string, DnsChange> = new Map()

/** What stands under a name. */
export const standingAt = (index: DnsIndex, provider: string, { type, name }: Pick<DnsChange, 'type' | 'name'>) =>
  index.standing.get(setKey(provider, { type, name })) ?? NOTHING

const setKey = (provider: string, { type, name }: Pick<DnsChange, 'type' | 'name'>): string =>
  keyOf(provider, type ?? 'TXT', withoutDot(name ?? '').toLowerCase())

/** What is longer than any of its kind is not said again of other exchanges. */
const isKept = ({ name, value = null }: { readonly name: string | null; readonly value?: string | null }): boolean =>
  (name?.length ?? 0) <= MAX_NAME && (value?.length ?? 0) <= MAX_TXT

// ───────────────────────────── learning, in place

/** The zones and records an answer names. */
export function learnReading(
  index: DnsIndex,
  provider: string,
  names: 'absolute' | 'relative',
  reading: DnsReading,
): void {
  for (const zone of [...reading.zones, ...(reading.zone ? [reading.zone] : [])]) {
    if (zone.id !== null && zone.name !== null && isKept(zone)) index.zones.set(keyOf(provider, zone.id), zone.name)
  }
  const zone = zoneNameOf(index, provider, reading.zone)
  for (const record of reading.listed.slice(0, MOST_LISTED)) learnRecord(index, provider, names, zone, record)
}

/** Of a page of records; what a client looks for is under one name. */
const MOST_LISTED = 500

function learnRecord(
  { records }: DnsIndex,
  provider: string,
  names: 'absolute' | 'relative',
  zone: string | null,
  { id, type, name, values: [value] }: DnsRecord,
): void {
  if (id === null || type !== 'TXT' || name === null || !isKept({ name, value: value ?? null })) return
  const known = records.get(keyOf(provider, id))
  if (known && (value === undefined || known.value === value)) return
  records.set(keyOf(provider, id), { type, name: absoluteName(name, zone, names), value: value ?? null, zone })
}

/** What an accepted change leaves standing. A refused one is remembered by nobody. */
export function learnChange(index: DnsIndex, change: DnsChange): void {
  const { provider, action, recordId, value } = change
  if (!change.accepted || !isKept(change)) return
  const before = recordOf(index, provider, recordId)
  if (before?.value != null && before.value !== value) dropValue(index, provider, before, before.value)
  if (recordId !== null) index.records.set(keyOf(provider, recordId), change)
  if (value === null) return
  if (action === 'delete') dropValue(index, provider, change, value)
  else {
    const key = setKey(provider, change)
    const values = index.standing.get(key) ?? new Map<string, DnsChange>()
    index.standing.set(key, values.set(value, change))
  }
}

function dropValue(
  { standing }: DnsIndex,
  provider: string,
  at: Pick<DnsChange, 'type' | 'name'>,
  value: string,
): void {
  const key = setKey(provider, at)
  const values = standing.get(key)
  values?.delete(value)
  if (values?.size === 0) standing.delete(key)
}
