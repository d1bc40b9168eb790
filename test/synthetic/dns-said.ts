/** Exchanges with a DNS provider's API in few words, for tests of what is read out of them. */
import type { DnsBody, DnsReading, Provider } from '../../shared/dns/provider.ts'
import { readExchange } from '../../shared/dns/read.ts'

export interface Said {
  /** Default GET. */
  readonly method?: string
  readonly url: string
  /** A text is XML, a form, or what is no JSON; anything else is JSON. */
  readonly sent?: unknown
  readonly answered?: unknown
  /** Default 200; null when nothing was answered. */
  readonly status?: number | null
}

const toBody = (said: unknown): DnsBody =>
  typeof said === 'string' ? { json: undefined, text: said } : { json: said, text: '' }

/** Reads exchanges with one provider. */
export const readerOf =
  (provider: Provider) =>
  ({ method = 'GET', url, sent, answered, status = 200 }: Said): DnsReading =>
    readExchange(provider, { method, url, status, request: toBody(sent), response: toBody(answered) })

/** Bodies of every wrong shape: none may make a reader throw. */
export const HOSTILE: readonly unknown[] = [
  undefined,
  null,
  '',
  'text',
  '<',
  '<Change><Change><Action>UPSERT',
  7,
  true,
  [],
  [null, 7, 'text', [], {}],
  {},
  { error: null, errors: 'no', result: 7, zones: {}, records: 'x' },
  { error: [], errors: [null, 7, {}], result: [null, 7], zones: [null, 7, {}], records: [null, 7, { value: {} }] },
  { error: { errors: [7], code: {} }, action: { error: [] }, rrset_values: [7], items: [7], value: [{ name: 7 }] },
  { additions: [7, { rrdatas: [7] }], deletions: 7, properties: { TXTRecords: [7, { value: [7] }] } },
  { posts: [7], deletes: [null], patches: {}, puts: 'x', domain_record: 7, meta: { pagination: 7, total: '9' } },
  JSON.parse('{"__proto__": {"zones": [{"id": 1}]}, "constructor": 1, "hasOwnProperty": 2}'),
]

/** Every row of a provider, with each of these bodies on both sides and several statuses. @param url for a row's path */
export function everyHostile(provider: Provider, urls: readonly string[]): readonly Said[] {
  const methods = new Set(provider.operations.map(({ method }) => method))
  return [...methods].flatMap((method) =>
    urls.flatMap((url) =>
      HOSTILE.flatMap((body) =>
        [200, 404, 500, null].map((status) => ({ method, url, sent: body, answered: body, status })),
      ),
    ),
  )
}
