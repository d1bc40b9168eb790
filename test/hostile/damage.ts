/** A recording with things put where they do not belong. By numbers, so that a test can draw them and make them smaller. */
import fc from 'fast-check'
import type { Body, Exchange, Fact, Headers, Observation } from '../../shared/exchange.ts'
import { NAMES, nested, VALUES } from './poison.ts'

/** What to change: which exchange, where in it, how, and what to put there. Any numbers will do. */
export interface Damage {
  readonly exchange: number
  readonly part: number
  readonly place: number
  readonly way: number
  readonly value: number
}

/** Damages a recording; the order of the facts stays. */
export function damaged(facts: readonly Fact[], damages: readonly Damage[]): readonly Fact[] {
  const urls = urlsOf(facts)
  const all = [...facts]
  for (const damage of damages) {
    const index = damage.exchange % all.length
    const fact = all[index]
    if (fact) all[index] = damageOne(fact, damage, toValue(damage, urls))
  }
  return all
}

/** Every URL that occurs, so that links can be made to lead in circles. */
const urlsOf = (facts: readonly Fact[]): readonly string[] => [
  ...new Set(JSON.stringify(facts).match(/https?:\/\/[^"\\\s<>]+/g) ?? ['https://ca.test/']),
]

type Part = (exchange: Exchange, damage: Damage, value: unknown) => Exchange

const PARTS: readonly Part[] = [
  (exchange, damage, value) => answered(exchange, ({ body }) => ({ body: inJson(body, damage, value) })),
  (exchange, damage, value) => asked(exchange, ({ body }) => ({ body: inJws(body, 'payload', damage, value) })),
  (exchange, damage, value) => asked(exchange, ({ body }) => ({ body: inJws(body, 'protected', damage, value) })),
  (exchange, damage, value) => asked(exchange, ({ body }) => ({ body: inJson(body, damage, value) })),
  (exchange, damage, value) => answered(exchange, ({ headers }) => ({ headers: inHeaders(headers, damage, value) })),
  (exchange, damage, value) => asked(exchange, ({ headers }) => ({ headers: inHeaders(headers, damage, value) })),
  (exchange, damage, value) => answered(exchange, ({ body }) => ({ body: cut(body, damage, value) })),
  (exchange, damage, value) => asked(exchange, ({ body }) => ({ body: cut(body, damage, value) })),
  (exchange, _, value) => asked(exchange, () => ({ url: textOf(value) })),
  (exchange, { place }) =>
    asked(exchange, () => ({
      method: ['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'TRACE', '__proto__'][place % 7] ?? '',
    })),
  (exchange, { place }) =>
    answered(exchange, () => ({ status: [0, 100, 200, 201, 204, 301, 400, 403, 429, 503, 999, -1][place % 12] ?? 0 })),
  (exchange, { place }) => ({ ...exchange, timings: { total: [0, -5, 1e12, Number.NaN, 0.5][place % 5] ?? 0 } }),
  (exchange, { place }) => ({ ...exchange, startedAt: TIMES[place % TIMES.length] ?? '' }),
  ({ response: _, ...exchange }, { place }) => ({ ...exchange, state: place % 2 ? 'cut off' : 'in progress' }),
  (exchange, { place }, value) => ({
    ...exchange,
    failure: { stage: place % 2 ? 'upstream-tls' : 'aborted', code: textOf(value), message: textOf(value) },
  }),
  (exchange, _, value) => ({ ...exchange, client: { address: textOf(value), port: null } }),
]

const TIMES = [
  '',
  'never',
  '1970-01-01T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '2026-01-02T12:00:00.000Z',
]

function toValue({ value }: Damage, urls: readonly string[]): unknown {
  const at = value % (VALUES.length + urls.length + DEEP.length)
  return at < VALUES.length ? VALUES[at] : (urls[at - VALUES.length] ?? DEEP[at - VALUES.length - urls.length])
}

function damageOne(fact: Fact, damage: Damage, value: unknown): Fact {
  if (fact.kind === 'exchange') return (PARTS[damage.part % PARTS.length] ?? ((same) => same))(fact, damage, value)
  const text = textOf(value)
  if (fact.kind === 'observation')
    return { ...fact, detail: { ...fact.detail, [text]: value === DEEP[1] ? text : value } } as Observation
  const failure = { stage: 'client-tls', code: text, message: text } as const
  return {
    ...fact,
    host: text,
    failure,
    tls: { version: text, sni: text },
    client: { address: text, port: -1, process: text },
  }
}

const DEEP = [nested(200), nested(20_000)]

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (safeJson(value) ?? 'undefined'))

/** Written by hand where `JSON.stringify` would run out of stack. */
export function safeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return '['.repeat(20_000) + ']'.repeat(20_000)
  }
}

const asked = (
  exchange: Exchange,
  change: (request: Exchange['request']) => Partial<Exchange['request']>,
): Exchange => ({
  ...exchange,
  request: { ...exchange.request, ...change(exchange.request) },
})

type Response = NonNullable<Exchange['response']>

const answered = (exchange: Exchange, change: (response: Response) => Partial<Response>): Exchange =>
  exchange.response ? { ...exchange, response: { ...exchange.response, ...change(exchange.response) } } : exchange

// ───────────────────────────── texts

const toText = (text: string): Body => ({ kind: 'text', text })

/** The text cut off, or a piece of it replaced. */
function cut(body: Body, { place, way }: Damage, value: unknown): Body {
  if (body.kind !== 'text') return toText(textOf(value))
  const at = place % (body.text.length + 1)
  return toText(
    way % 2 ? body.text.slice(0, at) : body.text.slice(0, at) + textOf(value) + body.text.slice(at + (way % 40)),
  )
}

/** A header with another value, once more, or under another name. */
function inHeaders(headers: Headers, { place, way }: Damage, value: unknown): Headers {
  const names = [
    'Location',
    'Link',
    'Replay-Nonce',
    'Retry-After',
    'Content-Type',
    'Date',
    'User-Agent',
    'Authorization',
    'Cookie',
  ]
  const name =
    headers.length && way % 3 ? (headers[place % headers.length]?.[0] ?? '') : (names[place % names.length] ?? '')
  const text = name === 'Link' && way % 2 ? `<${textOf(value)}>;rel="up"` : textOf(value)
  return way % 2 ? [...headers, [name, text]] : [[name, text], ...headers.filter(([other]) => other !== name)]
}

// ───────────────────────────── JSON

function inJson(body: Body, damage: Damage, value: unknown): Body {
  const json = body.kind === 'text' ? parse(body.text) : undefined
  return json === undefined ? body : toText(write(inValue(json, damage, value)))
}

function inJws(body: Body, member: 'payload' | 'protected', damage: Damage, value: unknown): Body {
  const jws = body.kind === 'text' ? parse(body.text) : undefined
  const encoded = (jws as Record<string, unknown> | undefined)?.[member]
  if (typeof encoded !== 'string') return body
  const json = parse(Buffer.from(encoded, 'base64url').toString()) ?? {}
  const text = write(inValue(json, damage, value))
  return toText(JSON.stringify({ ...(jws as object), [member]: Buffer.from(text).toString('base64url') }))
}

function parse(text: string): unknown {
  // It was damaged before, and is deeper than any walk of ours.
  if (text.includes('['.repeat(1_000))) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const DEEP_MARK = '\u0001deep'
const write = (value: unknown): string =>
  (safeJson(value) ?? 'null').replaceAll(JSON.stringify(DEEP_MARK), '['.repeat(20_000) + ']'.repeat(20_000))

/** Where in a value: each node of it, in the order of the text. */
type Path = readonly (string | number)[]

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]))]
}

function inValue(value: unknown, { place, way }: Damage, by: unknown): unknown {
  const paths = pathsOf(value)
  const path = paths[place % paths.length] ?? []
  const put = by === DEEP[1] ? DEEP_MARK : by
  return change(value, path, WAYS[way % WAYS.length] ?? REPLACE, put)
}

type Way = (object: object, key: string, value: unknown) => object

const REPLACE: Way = (object, key, value) => with_(object, key, value)

const WAYS: readonly Way[] = [
  REPLACE,
  REPLACE,
  REPLACE,
  (object, key) => without(object, key),
  (object, key) => with_(object, key, [valueAt(object, key), valueAt(object, key)]),
  (object, key) => with_(object, key, { [key]: valueAt(object, key) }),
  (object, key, value) =>
    with_(object, typeof value === 'string' ? value : (NAMES[key.length % NAMES.length] ?? ''), valueAt(object, key)),
  (object, key, value) => with_(object, '__proto__', { [key]: value, polluted: true }),
]

const valueAt = (object: object, key: string): unknown => (object as Record<string, unknown>)[key]

/** `__proto__` becomes a member like any other. */
function with_(object: object, key: string, value: unknown): object {
  if (Array.isArray(object))
    return /^\d+$/.test(key) ? object.map((one, index) => (String(index) === key ? value : one)) : [...object, value]
  return Object.fromEntries([...Object.entries(object).filter(([name]) => name !== key), [key, value]])
}

const without = (object: object, key: string): object =>
  Array.isArray(object)
    ? object.filter((_, index) => String(index) !== key)
    : Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))

function change(value: unknown, [key, ...rest]: Path, way: Way, by: unknown): unknown {
  if (key === undefined) return way === REPLACE ? by : value
  if (typeof value !== 'object' || value === null) return value
  if (rest.length) return with_(value, String(key), change(valueAt(value, String(key)), rest, way, by))
  return way(value, String(key), by)
}

/** Damages for fast-check, at most so many. */
export const anyDamages = (most: number): fc.Arbitrary<readonly Damage[]> => {
  const number = fc.nat(1_000_000)
  return fc.array(fc.record({ exchange: number, part: number, place: number, way: number, value: number }), {
    minLength: 1,
    maxLength: most,
  })
}
