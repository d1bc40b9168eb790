/** The recorder's HTTP interface: `(Request) → Response`, as shared/api.ts words it, and the page beside it. */
import { setTimeout } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { keysElsewhere } from '../../shared/acme/jws/keys.ts'
import type {
  Health,
  RecorderInfo,
  RecordingBegun,
  RecordingDeleted,
  RecordingImported,
  RecordingsList,
  SearchAnswer,
} from '../../shared/api.ts'
import type { Fact } from '../../shared/exchange.ts'
import type { RecordingSummary } from '../../shared/recording.ts'
import { exportHar } from '../export-har.ts'
import { importHar } from '../import-har.ts'
import type { Library } from '../library.ts'
import type { RecordingWriter } from '../recording-writer.ts'
import type { Store, StoredFact } from '../store/store.ts'
import { type Bin, UNDO_MS } from './bin.ts'
import { type GuardOptions, guardOwnNames, guardToken } from './guard.ts'
import type { Live } from './live.ts'
import { createNotes } from './notes.ts'
import { builtPage, createPage, type PageEnv, pageHeaders } from './page.ts'
import { Refusal, toRefused } from './refusal.ts'
import { LEAST_WORDS, MOST_WORDS, searchAll } from './search.ts'
import { type StreamMessage, streamRecording } from './stream.ts'

export interface AppOptions extends GuardOptions {
  readonly store: Store
  /** The store's recordings and the examples. */
  readonly library: Library
  readonly live: Live
  readonly recorder: () => RecorderInfo
  readonly writer: Pick<RecordingWriter, 'current' | 'startNew' | 'rename'>
  /** What was deleted and may yet come back. */
  readonly bin: Bin
  readonly toolVersion: string
  /** The built page; found beside the program by default. */
  readonly page?: string
  /** An error that is nobody's fault but ours, for a log. */
  readonly onError?: (error: unknown) => void
}

type Ask = Context<PageEnv>

/** A file to import, in bytes. */
const MAX_IMPORT = 64 * 1024 * 1024
const MAX_CHANGE = 16 * 1024
const MAX_NAME = 200

export function createApp(options: AppOptions): Hono<PageEnv> {
  const app = new Hono<PageEnv>()
  app.use(pageHeaders())
  app.use(guardOwnNames(options))
  app.get('/health', (c) => health(c, options))
  app.use(guardToken(options))
  app.onError((error, c) => {
    const { status, body } = toRefused(error)
    if (status >= 500) options.onError?.(error)
    return c.json(body, status)
  })
  app.route('/api', createApi(options))
  app.route('/', createPage(options.page ?? builtPage()))
  return app
}

const tooLarge = () => {
  throw new Refusal('file-too-large')
}

function createApi(options: AppOptions): Hono<PageEnv> {
  const api = new Hono<PageEnv>()
  api.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  })
  api.get('/recorder', (c) => c.json(options.recorder()))
  api.get('/recordings', async (c) => c.json((await listAll(options)) satisfies RecordingsList))
  api.post('/recordings', bodyLimit({ maxSize: MAX_IMPORT, onError: tooLarge }), (c) => importUploaded(c, options))
  api.post('/recordings/new', bodyLimit({ maxSize: MAX_CHANGE, onError: tooLarge }), (c) => startNew(c, options))
  api.get('/search', (c) => search(c, options))
  api.get('/recordings/:id', async (c) => c.json(await known(c, options)))
  api.patch('/recordings/:id', bodyLimit({ maxSize: MAX_CHANGE, onError: tooLarge }), (c) => rename(c, options))
  api.delete('/recordings/:id', (c) => remove(c, options))
  api.post('/recordings/:id/restore', (c) => restore(c, options))
  api.get('/recordings/:id/peers', async (c) => c.json(await options.library.peers((await known(c, options)).id)))
  api.get('/recordings/:id/stream', (c) => stream(c, options))
  api.get('/recordings/:id/exchanges/:exchange', (c) => sendExchange(c, options))
  api.route('/', createNotes(options, { known: (c) => known(c, options), changeable: (c) => changeable(c, options) }))
  api.get('/recordings/:id/export', (c) => sendExport(c, options))
  api.all('*', () => {
    throw new Refusal('no-such-path')
  })
  return api
}

/** ms. A store that takes longer to say anything is stuck. */
const STUCK = 5_000

/** For who watches over the process, and needs no token: whether it answers, and its store with it. */
async function health(c: Ask, { store, writer, recorder }: AppOptions) {
  const [isWell, { version, lost }] = [await isAnswering(store, writer.current().id), recorder()]
  c.header('cache-control', 'no-store')
  const said: Health = { status: isWell ? 'ok' : 'stuck', version, lostFacts: lost?.facts ?? 0 }
  return c.json(said, isWell ? 200 : 503)
}

function isAnswering(store: Store, recording: string): Promise<boolean> {
  const answered = store.isBeingWritten(recording).then(
    () => true,
    () => false,
  )
  return Promise.race([answered, setTimeout(STUCK, false, { ref: false })])
}

/** The one being recorded is in the list from the start, though the store has it from its first fact on. */
async function listAll({ library, bin, writer, toolVersion }: AppOptions): Promise<RecordingsList> {
  const list = (await library.list()).filter(({ id }) => !bin.holds(id))
  const { id, name, since: startedAt } = writer.current()
  if (list.some((recording) => recording.id === id)) return list
  return [
    {
      id,
      name: name ?? 'nothing recorded yet',
      startedAt,
      source: 'live',
      toolVersion,
      exchanges: 0,
      bytes: 0,
      origin: 'stored',
    },
    ...list,
  ]
}

async function known(c: Ask, options: AppOptions): Promise<RecordingSummary> {
  const id = c.req.param('id') ?? ''
  const recording = (await listAll(options)).find((one) => one.id === id)
  if (!recording) throw new Refusal('recording-not-found')
  return recording
}

async function changeable(c: Ask, options: AppOptions): Promise<RecordingSummary> {
  const recording = await known(c, options)
  if (recording.origin === 'example') throw new Refusal('example-unchangeable')
  return recording
}

const Name = z.string().trim().min(1).max(MAX_NAME)
const Change = z.strictObject({ name: Name })
const Beginning = z.strictObject({ name: Name.optional() })

const nameRefused = () => new Refusal('request-not-understood', 'A name has 1 to 200 characters.')

async function rename(c: Ask, options: AppOptions) {
  const { id } = await changeable(c, options)
  const change = Change.safeParse(await c.req.json().catch(() => null))
  if (!change.success) throw nameRefused()
  options.writer.rename(id, change.data.name)
  await options.store.updateRecording(id, change.data)
  const recording = await known(c, options)
  options.live.changed(recording)
  options.live.shelfChanged()
  return c.json(recording)
}

async function startNew(c: Ask, { writer, recorder }: AppOptions) {
  const text = await c.req.text()
  const beginning = Beginning.safeParse(text === '' ? {} : parse(text))
  if (!beginning.success) throw nameRefused()
  writer.startNew(beginning.data.name ?? null)
  return c.json(recorder() satisfies RecordingBegun, 201)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function remove(c: Ask, options: AppOptions) {
  const { id } = await changeable(c, options)
  const { store, live, bin, writer } = options
  if (id === writer.current().id || (await store.isBeingWritten(id))) throw new Refusal('recording-live')
  bin.put(id)
  live.removed(id)
  live.shelfChanged()
  return c.json({ undoMs: UNDO_MS } satisfies RecordingDeleted)
}

async function restore(c: Ask, options: AppOptions) {
  if (!options.bin.takeBack(c.req.param('id') ?? '')) throw new Refusal('recording-not-found')
  options.live.shelfChanged()
  return c.json(await known(c, options))
}

async function search(c: Ask, options: AppOptions) {
  const words = c.req.query('q')?.trim().slice(0, MOST_WORDS) ?? ''
  if (words.length < LEAST_WORDS)
    throw new Refusal('request-not-understood', `Look for ${LEAST_WORDS} characters or more.`)
  const { signal } = c.req.raw
  const answer = await searchAll(options.library, await listAll(options), words, () => signal.aborted)
  return c.json(answer satisfies SearchAnswer)
}

async function importUploaded(c: Ask, options: AppOptions) {
  const fileName = c.req.query('name')?.trim().slice(0, MAX_NAME) ?? ''
  const { toolVersion } = options
  const imported = await importHar(options.store, await c.req.text(), { fileName, toolVersion })
  options.live.shelfChanged()
  return c.json(imported satisfies RecordingImported, 201)
}

async function sendExchange(c: Ask, { library }: AppOptions) {
  const exchange = await library.exchange(c.req.param('id') ?? '', c.req.param('exchange') ?? '')
  if (!exchange) throw new Refusal('exchange-not-found')
  return c.json(exchange)
}

async function sendExport(c: Ask, options: AppOptions) {
  const recording = await known(c, options)
  if (c.req.query('format') !== 'har') throw new Refusal('format-unknown')
  const raw = c.req.query('raw') === '1'
  const facts = await collect(options.library.facts(recording.id, 0))
  const [keys, notes] = [await options.library.keys(recording.id), await options.library.notes(recording.id)]
  const text = exportHar({ recording, facts, keys, notes }, raw)
  c.header('content-type', 'application/json; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${toFileName(recording.name)}${raw ? '-raw' : ''}.har"`)
  return c.body(text)
}

async function collect(stored: AsyncIterable<StoredFact>): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  for await (const { fact } of stored) facts.push(fact)
  return facts
}

/** A name any file system and any header takes. */
const toFileName = (name: string): string => name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'recording'

const Revision = z.coerce.number().int().nonnegative().catch(0)

async function stream(c: Ask, options: AppOptions) {
  const { id } = await known(c, options)
  const after = Revision.parse(c.req.header('last-event-id') ?? c.req.query('after') ?? 0)
  const gone = new AbortController()
  return streamSSE(c, async (sse) => {
    sse.onAbort(() => gone.abort())
    const messages = streamRecording((from) => options.library.facts(id, from), options.live, id, {
      after,
      signal: gone.signal,
      keys: keysElsewhere(await options.library.keys(id)),
      notes: () => options.library.notes(id),
    })
    for await (const message of messages) await sse.write(toEvent(message))
  })
}

/** JSON has no line breaks, so one `data` line holds it. https://html.spec.whatwg.org/multipage/server-sent-events.html */
function toEvent(message: StreamMessage): string {
  if (message.event === 'heartbeat') return ':\n\n'
  const id = message.event === 'facts' ? `id: ${message.id}\n` : ''
  return `event: ${message.event}\n${id}data: ${message.data}\n\n`
}
