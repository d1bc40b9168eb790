/** One exchange with a provider's API → what it says, by the rows of the provider. */
import { explainError, refusal } from './errors.ts'
import type {
  Call,
  CallPath,
  DnsApi,
  DnsError,
  DnsErrorKind,
  DnsExchange,
  DnsOperationRow,
  DnsReading,
  DnsRecord,
  DnsZone,
  Provider,
  Told,
} from './provider.ts'
import { combine, NO_RECORD, sameName } from './record.ts'

/** Never throws. What no row describes is still an exchange with the provider, that succeeded or failed. */
export function readExchange(provider: Provider, exchange: DnsExchange): DnsReading {
  const matched = matchRow(provider.operations, exchange)
  const operation = matched?.row.operation ?? null
  const told: Told = matched?.row.tells?.(matched.call) ?? {}
  const said = readErrors(provider, exchange, matched)
  const isNone = operation === 'dns.listRecords' && exchange.status === 404 && said.every(isMissingRecord)
  const errors = isNone ? [] : said
  const accepted = isNone || (isSuccess(exchange.status) && errors.length === 0)
  const isLookUp = operation === 'dns.findZone' || operation === 'dns.listRecords'
  return {
    operation,
    api: matched && toApi(provider, matched.row),
    zone: matched && zoneOf(matched.call.path, told),
    zones: told.zones ?? [],
    asked: matched && operation === 'dns.listRecords' ? askedOf(matched.call.path, told) : null,
    listed: told.listed ?? [],
    changes: told.changes ?? [],
    accepted,
    errors,
    found: isLookUp && accepted ? (told.found ?? (told.zones ?? told.listed ?? []).length) : null,
    progress: told.progress ?? null,
  }
}

/** Where a set of records has an address of its own, none is there before the first is written: an answer, no refusal. */
const isMissingRecord = ({ kind }: DnsError): boolean => kind === 'record-not-found'

const isSuccess = (status: number | null): boolean => status !== null && status >= 200 && status <= 299

const toApi = ({ docs }: Provider, { title, page }: DnsOperationRow): DnsApi => ({
  title,
  url: page.startsWith('https://') ? page : docs + page,
})

function readErrors(provider: Provider, exchange: DnsExchange, matched: Matched | null): readonly DnsError[] {
  const { status } = exchange
  if (status === null) return []
  const missing = missingIn(matched)
  const told = provider.errorsIn(exchange)
  if (told.length) return told.map((error) => explainError(provider.errors, error, status, missing))
  return status < 400 ? [] : [refusal(status, missing)]
}

/** What is not there when the answer is 404: the last thing that the path names and that must be there. */
function missingIn(matched: Matched | null): DnsErrorKind {
  if (!matched || matched.row.operation === null) return 'failed'
  const { record, name } = matched.call.path
  const isAsked = matched.row.operation === 'dns.listRecords' || matched.row.operation === 'dns.deleteRecord'
  return record !== undefined || (name !== undefined && isAsked) ? 'record-not-found' : 'zone-not-found'
}

// ───────────────────────────── the row

interface Matched {
  readonly row: DnsOperationRow
  readonly call: Call
}

/** Whether a request is one that a provider's rows name. */
export const describes = ({ operations }: Provider, exchange: DnsExchange): boolean =>
  matchRow(operations, exchange) !== null

/** Which row a request is; null for a path or method nobody described. */
function matchRow(rows: readonly DnsOperationRow[], exchange: DnsExchange): Matched | null {
  const url = parseUrl(exchange.url)
  const path = url?.pathname.replace(/\/$/, '') ?? ''
  for (const row of rows) {
    const found = row.method === exchange.method ? row.path.exec(path) : null
    if (found) {
      const query = (name: string) => url?.searchParams.get(name) ?? null
      return { row, call: { ...exchange, path: decoded(found.groups), query } }
    }
  }
  return null
}

/** Null when the text is no absolute URL. */
const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

const decoded = (groups: Readonly<Record<string, string | undefined>> | undefined): CallPath =>
  Object.fromEntries(
    Object.entries(groups ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, unescaped(value)]])),
  )

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// ───────────────────────────── what it is about

/** A look-up is about the zone it sought, whatever else the answer holds; anything else about the one its path names. */
function zoneOf({ zone: id, zoneName }: CallPath, { zone, zones = [], sought }: Told): DnsZone | null {
  if (zone) return zone
  const name = sought ?? zoneName ?? null
  const [first, ...others] = zones.filter((one) =>
    name === null ? id === undefined || one.id === id : sameName(one.name, name),
  )
  if (first && others.every((other) => sameName(other.name, first.name))) return first
  return id === undefined && name === null ? null : { id: id ?? null, name }
}

/** What the answer is about when it holds one record, completed by what was asked for. */
function askedOf({ record, name, type }: CallPath, { asked, listed = [] }: Told): DnsRecord {
  const wanted = asked ?? { ...NO_RECORD, id: record ?? null, name: name ?? null, type: type ?? null }
  const [first, ...others] = listed
  return first && !others.length ? combine(first, wanted) : wanted
}
