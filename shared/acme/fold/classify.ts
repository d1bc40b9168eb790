/** URL → resource, learnt from the directory and from what each answer links to; never guessed from a path. */
import { isObject, jsonObject, listField } from '../json.ts'
import { MAX_URL } from '../limits.ts'
import type { DecodedExchange, JsonObject, Operation, Resource } from '../model.ts'
import { linkRows } from '../registry/registry.ts'
import type { LinkRow } from '../specs/row.ts'

export type Resources = ReadonlyMap<string, Resource>

const isDirectory = (answer: JsonObject | null): boolean =>
  answer !== null && ['newNonce', 'newAccount', 'newOrder'].every((name) => typeof answer[name] === 'string')

/** What asks for a resource without changing it: a GET, or a POST-as-GET (§6.3). */
const isRead = ({ head, jws }: DecodedExchange): boolean => head.request.method !== 'POST' || jws?.isPostAsGet === true

/** What the exchange's URL is, as far as it is known; null for anything but ACME. */
export function classify(resources: Resources, decoded: DecodedExchange): Resource | null {
  const { head, response } = decoded
  const { url } = head.request
  if (url.length <= MAX_URL && isRead(decoded) && isDirectory(jsonObject(response)))
    return { url, operation: 'directory', owner: null, directory: url }
  return resources.get(url) ?? renewalInfoUnder(resources, url)
}

/** The certificate's id is appended to the renewalInfo URL (RFC 9773 §4.1): the one URL a client composes. */
function renewalInfoUnder(resources: Resources, url: string): Resource | null {
  const base = url.slice(0, url.lastIndexOf('/'))
  const found = resources.get(base) ?? resources.get(`${base}/`)
  return found?.operation === 'renewalInfo' ? { ...found, url } : null
}

/** The URL of the object an exchange is about: what it created, or what it asked for. */
export function objectUrl(resource: Resource, { location }: DecodedExchange): string | null {
  switch (resource.operation) {
    case 'newAccount':
    case 'newOrder':
    case 'newAuthz':
      return isLong(location) ? null : location
    case 'finalize':
      return isLong(location) ? resource.owner : (location ?? resource.owner)
    default:
      return resource.url
  }
}

const isLong = (url: string | null): boolean => (url?.length ?? 0) > MAX_URL

/** What this answer teaches about other URLs. What is known already keeps its owner. */
export function learn(resource: Resource, decoded: DecodedExchange): readonly Resource[] {
  const status = decoded.head.response?.status ?? 0
  if (status < 200 || status > 299) return []
  const self = objectUrl(resource, decoded)
  return linkRows(resource.operation).flatMap((row) =>
    targets(row, decoded).flatMap((url) => {
      if (isLong(url)) return []
      // An alternate chain or a further page belongs to whom this one belongs: they link to each other.
      const owner = row.teaches === resource.operation ? resource.owner : ownerOf(row, self, url)
      const learnt = { url, operation: row.teaches, owner, directory: resource.directory }
      return row.reverse ? [learnt, { ...resource, owner: url }] : [learnt]
    }),
  )
}

/** A resource does not own itself, and what hangs from the directory belongs to nobody. */
function ownerOf(row: LinkRow, self: string | null, url: string): string | null {
  const ownable: readonly Operation[] = [
    'authorization',
    'challenge',
    'finalize',
    'certificate',
    'ordersList',
    'delegationsList',
  ]
  return row.reverse || self === url || !ownable.includes(row.teaches) ? null : self
}

function targets(row: LinkRow, { location, links, response }: DecodedExchange): readonly string[] {
  if (row.at === 'Location') return location === null ? [] : [location]
  const rel = /^Link rel="(.+)"$/.exec(row.at)?.[1]
  if (rel) return links.filter((link) => link.rel === rel).map((link) => link.url)
  return select(jsonObject(response), row.at.split('.'))
}

/** Follows `challenges[].url` into a JSON value; what is not there, or is not a string, teaches nothing. */
function select(value: unknown, path: readonly string[]): readonly string[] {
  const [first, ...rest] = path
  if (first === undefined) return typeof value === 'string' ? [value] : []
  if (!isObject(value)) return []
  if (!first.endsWith('[]')) return select(value[first], rest)
  return listField(value, first.slice(0, -2)).flatMap((one) => select(one, rest))
}
