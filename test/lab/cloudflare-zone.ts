/** One zone of the Cloudflare stand-in: its records, what may be written, and who is told of it. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type ApiFailure, errors } from './cloudflare-json.ts'

/** A record as the API shows it. */
export interface ZoneRecord extends RecordInput {
  readonly id: string
  readonly zone_id: string
  readonly zone_name: string
  readonly proxiable: boolean
  readonly proxied: boolean
  readonly settings: object
  readonly meta: object
  readonly comment: null
  readonly tags: readonly string[]
  /** RFC 3339, microseconds. */
  readonly created_on: string
  readonly modified_on: string
}

export interface RecordInput {
  readonly name: string
  readonly type: string
  readonly content: string
  /** Seconds; 1 is Cloudflare's "automatic". */
  readonly ttl: number
}

export interface Zone {
  readonly id: string
  readonly name: string
  /** All that equal every filter given. */
  list(filter: RecordFilter): readonly ZoneRecord[]
  read(id: string): ZoneRecord | undefined
  /** Undefined when an identical record is there already. */
  create(input: RecordInput): ZoneRecord | undefined
  update(id: string, input: RecordInput): ZoneRecord | undefined
  remove(id: string): boolean
}

type RecordFilter = { readonly [field in 'type' | 'name' | 'content']?: string | undefined }

/** Where TXT values go as they are written and withdrawn. */
export interface Publisher {
  publish(name: string, content: string): void
  withdraw(name: string, content: string): void
}

export function createZone(name: string, publisher: Publisher): Zone {
  const id = randomBytes(16).toString('hex')
  const records = new Map<string, ZoneRecord>()
  const put = (record: ZoneRecord) => {
    records.set(record.id, record)
    if (record.type === 'TXT') publisher.publish(record.name, record.content)
    return record
  }
  const take = (recordId: string) => {
    const record = records.get(recordId)
    if (record?.type === 'TXT') publisher.withdraw(record.name, record.content)
    return records.delete(recordId) ? record : undefined
  }
  const list = (filter: RecordFilter) => [...records.values()].filter((record) => fits(record, filter))
  return {
    id,
    name,
    list,
    read: (recordId) => records.get(recordId),
    create: (input) => {
      const { type, name: recordName, content } = input
      if (list({ type, name: recordName, content }).length > 0) return undefined
      return put({ ...blank(id, name), ...input })
    },
    update: (recordId, input) => {
      const before = take(recordId)
      return before && put({ ...before, ...input, modified_on: now() })
    },
    remove: (recordId) => take(recordId) !== undefined,
  }
}

const recordSchema = z.object({
  type: z.string(),
  name: z.string().min(1).max(253),
  content: z.string().min(1).max(2048),
  ttl: z.number().int().default(1),
})

const knownTypes = new Set(['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT'])

/** Judges what a client wants written, in the order Cloudflare does; a name outside the zone is taken as relative to it. */
export function readRecord(
  body: unknown,
  zone: string,
): { readonly record: RecordInput } | { readonly error: ApiFailure } {
  const parsed = recordSchema.safeParse(body)
  if (!parsed.success)
    return { error: errors.invalidRecord(9000, `${parsed.error.issues[0]?.path.join('.')} is invalid.`) }
  const { type, ttl, content } = parsed.data
  if (!knownTypes.has(type)) return { error: errors.invalidRecord(9020, 'Invalid DNS record type.') }
  if (ttl !== 1 && (ttl < 60 || ttl > 86_400)) {
    return {
      error: errors.invalidRecord(9021, 'Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.'),
    }
  }
  const given = parsed.data.name.toLowerCase().replace(/\.$/, '')
  const name = given === zone || given.endsWith(`.${zone}`) ? given : `${given}.${zone}`
  return { record: { name, type, content, ttl } }
}

const fits = (record: ZoneRecord, filter: RecordFilter) =>
  (['type', 'name', 'content'] as const).every((field) => {
    const wanted = filter[field]
    return wanted === undefined || (field === 'name' ? wanted.toLowerCase() : wanted) === record[field]
  })

const now = () => new Date().toISOString().replace('Z', '000Z')

function blank(zoneId: string, zoneName: string) {
  const time = now()
  return {
    id: randomBytes(16).toString('hex'),
    zone_id: zoneId,
    zone_name: zoneName,
    proxiable: false,
    proxied: false,
    settings: {},
    meta: { auto_added: false, managed_by_apps: false, managed_by_argo_tunnel: false, source: 'primary' },
    comment: null,
    tags: [],
    created_on: time,
    modified_on: time,
  }
}
