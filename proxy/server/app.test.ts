import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ApiError, RecorderInfo, SearchAnswer } from '../../shared/api.ts'
import type { Exchange } from '../../shared/exchange.ts'
import { openExamples } from '../examples.ts'
import { joinLibraries } from '../library.ts'
import { openStore, type Store } from '../store/store.ts'
import { type AppOptions, createApp } from './app.ts'
import { createBin, UNDO_MS } from './bin.ts'
import { createLive, type Live } from './live.ts'
import { serveUi } from './serve-ui.ts'

let folder = ''
let store: Store
let live: Live

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-server-'))
  store = await openStore(folder)
  live = createLive((id, after) => store.facts(id, after))
  await store.createRecording({ id: 'r', name: 'first', startedAt: START, source: 'live', toolVersion: '0' })
  store.write('r', exchange('e1', 1))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await mkdir(join(folder, 'examples'))
  await writeFile(join(folder, 'page', 'index.html'), '<script nonce="__CSP_NONCE__" src="./assets/a-1.js"></script>')
  await writeFile(join(folder, 'page', 'assets', 'a-1.js'), 'export {}')
  await writeFile(join(folder, 'examples', 'good flow.har'), HAR)
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const START = '2024-04-15T22:44:23.000Z'
const SECRET = 'Bearer a-token-that-is-secret-0123456789'

const RECORDER: RecorderInfo = {
  version: '0',
  proxy: 'http://127.0.0.1:8555',
  ui: 'http://127.0.0.1:8556',
  authority: { name: 'a', pem: '/a.pem', bundle: '/b.pem', fingerprintSha256: 'AA', notAfter: START },
  recording: 'r',
  recordingsFolder: '/recordings',
}

const exchange = (id: string, sequence: number): Exchange => ({
  kind: 'exchange',
  id,
  sequence,
  startedAt: START,
  state: 'complete',
  client: { address: '127.0.0.1', port: 1 },
  timings: { total: 5 },
  request: {
    method: 'POST',
    url: 'https://api.cloudflare.com/client/v4/zones',
    httpVersion: 'HTTP/1.1',
    headers: [['Authorization', SECRET]],
    body: { kind: 'text', text: 'hello' },
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    headers: [['Content-Type', 'application/json']],
    body: { kind: 'text', text: '{"ok":true}' },
  },
})

const entry = (url: string) => ({
  startedDateTime: START,
  time: 3,
  request: {
    method: 'GET',
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [],
    queryString: [],
    headersSize: -1,
    bodySize: 0,
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    content: { size: 2, mimeType: 'application/json', text: '{}' },
    redirectURL: '',
    headersSize: -1,
    bodySize: 2,
  },
  cache: {},
  timings: { send: 1, wait: 1, receive: 1 },
})

const HAR = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: [entry('https://ca.example/directory'), entry('https://ca.example/nonce')],
  },
})

/** A recorder that writes this recording, which need not be in the store yet. */
const writing = (recording: string) => ({
  recorder: () => ({ ...RECORDER, recording }),
  writer: { current: () => ({ id: recording, name: null, since: START }), startNew: () => {}, rename: () => {} },
})

function app(change: Partial<AppOptions> = {}) {
  const library = joinLibraries(store, openExamples(join(folder, 'examples')))
  return createApp({
    store,
    library,
    live,
    ...writing('r'),
    bin: createBin(store.deleteRecording, () => {}),
    toolVersion: '0.1.0',
    host: '127.0.0.1',
    page: join(folder, 'page'),
    ...change,
  })
}

const errorOf = async (response: Response) => ((await response.json()) as ApiError).error

describe('health', () => {
  test('is told without the token, and says when the store is stuck', async () => {
    const guarded = app({ token: 'secret' })
    const well = await guarded.request('/health')
    expect([well.status, await well.json()]).toEqual([200, { status: 'ok', version: RECORDER.version, lostFacts: 0 }])
    expect((await guarded.request('/api/recorder')).status).toBe(401)
    await store.close()
    const stuck = await guarded.request('/health')
    expect([stuck.status, await stuck.json()]).toMatchObject([503, { status: 'stuck' }])
    store = await openStore(folder)
  })

  test('counts what was lost', async () => {
    const recorder = () => ({ ...RECORDER, lost: { facts: 3, why: 'full', fix: 'make room' } })
    expect(await (await app({ recorder }).request('/health')).json()).toMatchObject({ status: 'ok', lostFacts: 3 })
  })
})

describe('recordings', () => {
  test('the recorder says where it is', async () => {
    const response = await app().request('/api/recorder')
    expect(await response.json()).toEqual(RECORDER)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('stored ones and examples are in one list, and are opened through the same routes', async () => {
    const list = (await (await app().request('/api/recordings')).json()) as { id: string; origin: string }[]
    expect(list.map(({ id, origin }) => [id, origin])).toEqual([
      ['r', 'stored'],
      ['example-good flow', 'example'],
    ])
    const example = await app().request(`/api/recordings/${encodeURIComponent('example-good flow')}`)
    expect(await example.json()).toMatchObject({ name: 'good flow', exchanges: 2, source: 'import' })
  })

  test('who speaks in a recording is told without its bodies', async () => {
    const peers = async (id: string) => (await app().request(`/api/recordings/${encodeURIComponent(id)}/peers`)).json()
    expect(await peers('r')).toEqual({ agents: [], hosts: ['api.cloudflare.com'] })
    expect(await peers('example-good flow')).toEqual({ agents: [], hosts: ['ca.example'] })
    expect((await app().request('/api/recordings/none/peers')).status).toBe(404)
  })

  test('an exchange comes whole, with its bodies', async () => {
    const response = await app().request('/api/recordings/r/exchanges/e1')
    expect(await response.json()).toEqual(exchange('e1', 1))
    expect(await errorOf(await app().request('/api/recordings/r/exchanges/none'))).toMatchObject({
      code: 'exchange-not-found',
    })
  })

  test('a recording is renamed, and those who watch hear of it', async () => {
    const heard: string[] = []
    live.subscribe('r', {
      fact: () => {},
      recording: ({ name }) => heard.push(name),
      notes: () => {},
      removed: () => {},
      shelf: () => {},
    })
    const body = JSON.stringify({ name: ' second ' })
    const response = await app().request('/api/recordings/r', { method: 'PATCH', body })
    expect(await response.json()).toMatchObject({ id: 'r', name: 'second' })
    expect(heard).toEqual(['second'])
  })

  test.each(['', '{}', '{"name":""}', '{"name":7}', '{"name":"a","id":"b"}'])(
    'a change of %j is refused',
    async (body) => {
      const response = await app().request('/api/recordings/r', { method: 'PATCH', body })
      expect(response.status).toBe(400)
      expect(await errorOf(response)).toMatchObject({ code: 'request-not-understood' })
    },
  )

  test('one that is being written is not deleted; one that has ended is', async () => {
    const refused = await app().request('/api/recordings/r', { method: 'DELETE' })
    expect(refused.status).toBe(409)
    await store.updateRecording('r', { endedAt: START })
    const going = app(writing('another'))
    const deleted = await going.request('/api/recordings/r', { method: 'DELETE' })
    expect(await deleted.json()).toEqual({ undoMs: UNDO_MS })
    const gone = await going.request('/api/recordings/r')
    expect(gone.status).toBe(404)
    expect(Object.keys(await errorOf(gone)).sort()).toEqual(['code', 'fix', 'message'])
  })

  test('one that another recorder writes is not deleted either', async () => {
    expect((await app(writing('another')).request('/api/recordings/r', { method: 'DELETE' })).status).toBe(409)
  })

  test('what was deleted is in the store until nobody can want it back', async () => {
    await store.updateRecording('r', { endedAt: START })
    const bin = createBin(store.deleteRecording, () => {})
    const going = app({ ...writing('another'), bin })
    const ask = async (method: string, path: string) =>
      (await going.request(`/api/recordings${path}`, { method })).status
    expect(await ask('DELETE', '/r')).toBe(200)
    expect([await ask('GET', '/r/stream'), await ask('DELETE', '/r')]).toEqual([404, 404])
    expect(await store.listRecordings()).toHaveLength(1)
    expect(await ask('POST', '/r/restore')).toBe(200)
    expect(await ask('POST', '/r/restore')).toBe(404)
    expect(await ask('GET', '/r')).toBe(200)
    await bin.empty()
    expect(await store.listRecordings()).toHaveLength(1)
    expect(await ask('DELETE', '/r')).toBe(200)
    await bin.empty()
    expect(await store.listRecordings()).toHaveLength(0)
    expect(await ask('POST', '/r/restore')).toBe(404)
  })

  test('a new recording is begun, with a name or without; its list is told as changed', async () => {
    const names: (string | null)[] = []
    const { recorder, writer } = writing('new')
    const startNew = (name: string | null) => names.push(name)
    const begin = (body?: string) =>
      app({ recorder, writer: { ...writer, startNew } }).request('/api/recordings/new', {
        method: 'POST',
        ...(body !== undefined && { body }),
      })
    const first = await begin()
    expect([first.status, ((await first.json()) as RecorderInfo).recording]).toEqual([201, 'new'])
    await begin('{"name":" nightly "}')
    expect(names).toEqual([null, 'nightly'])
    for (const body of ['{', '{"name":7}', '{"name":""}']) expect((await begin(body)).status).toBe(400)
  })

  test('the one that waits for its first exchange has the name a person gave it', async () => {
    const { recorder, writer } = writing('new')
    const current = () => ({ ...writer.current(), name: 'nightly' })
    const list = await app({ recorder, writer: { ...writer, current } }).request('/api/recordings')
    expect(((await list.json()) as { name: string }[])[0]).toMatchObject({ name: 'nightly' })
  })

  test('the one being recorded is there to be watched before its first exchange', async () => {
    const waiting = app(writing('new'))
    const list = (await (await waiting.request('/api/recordings')).json()) as { id: string; exchanges: number }[]
    expect(list[0]).toMatchObject({ id: 'new', exchanges: 0 })
    const stream = await waiting.request('/api/recordings/new/stream')
    expect(stream.status).toBe(200)
    await stream.body?.cancel()
    expect((await waiting.request('/api/recordings/new', { method: 'DELETE' })).status).toBe(409)
  })

  test('examples cannot be changed', async () => {
    const path = `/api/recordings/${encodeURIComponent('example-good flow')}`
    expect((await app().request(path, { method: 'DELETE' })).status).toBe(409)
    expect((await app().request(path, { method: 'PATCH', body: '{"name":"x"}' })).status).toBe(409)
  })
})

describe('files', () => {
  test('an uploaded HAR becomes a recording of its own, twice over', async () => {
    for (let times = 0; times < 2; times++) {
      const response = await app().request('/api/recordings?name=mine', { method: 'POST', body: HAR })
      expect(response.status).toBe(201)
      const { recording } = (await response.json()) as { recording: { id: string } }
      const opened = await app().request(`/api/recordings/${recording.id}`)
      expect(await opened.json()).toMatchObject({ name: 'mine', exchanges: 2, source: 'import', origin: 'stored' })
    }
  })

  test.each(['', 'hello', '{}', '[]', '{"log":{"entries":7}}'])(
    'a file of %j is refused and leaves nothing',
    async (body) => {
      const response = await app().request('/api/recordings', { method: 'POST', body })
      expect(response.status).toBe(422)
      expect(await store.listRecordings()).toHaveLength(1)
    },
  )

  test('an export is redacted unless raw is asked for', async () => {
    const redacted = await app().request('/api/recordings/r/export?format=har')
    expect(redacted.headers.get('content-disposition')).toBe('attachment; filename="first.har"')
    const text = await redacted.text()
    expect(JSON.parse(text)).toMatchObject({ log: { version: '1.2' } })
    expect(text).not.toContain(SECRET)
    const raw = await app().request('/api/recordings/r/export?format=har&raw=1')
    expect(await raw.text()).toContain(SECRET)
    expect((await app().request('/api/recordings/r/export?format=pdf')).status).toBe(400)
  })
})

describe('search', () => {
  const search = async (words: string, change: Partial<AppOptions> = {}) => {
    const response = await app(change).request(`/api/search?q=${encodeURIComponent(words)}`)
    return [response.status, (await response.json()) as SearchAnswer] as const
  }
  const told = ({ recordings }: SearchAnswer) =>
    recordings.map(({ recording, isNamed, hits }) => [recording.id, isNamed, hits.map(({ place }) => place)])

  test('goes through stored ones and examples, whatever the case', async () => {
    const [, api] = await search('API.CLOUDFLARE')
    expect(told(api)).toEqual([['r', false, ['address']]])
    const [, ca] = await search('ca.example/')
    expect(told(ca)).toEqual([['example-good flow', false, ['address', 'address']]])
    expect(ca).toMatchObject({ cut: null, searched: 2, all: 2 })
  })

  test('finds names, and says where in an exchange the words stand', async () => {
    expect(told((await search('first'))[1])).toEqual([['r', true, []]])
    const [, { recordings }] = await search('ello')
    expect(recordings[0]?.hits).toEqual([
      {
        exchange: 'e1',
        sequence: 1,
        method: 'POST',
        url: 'https://api.cloudflare.com/client/v4/zones',
        status: 200,
        place: 'request body',
        context: { before: 'h', match: 'ello', after: '' },
      },
    ])
  })

  test('who looks for a secret learns where it is, and nobody else sees it', async () => {
    const [, secret] = await search('secret-0123')
    expect(secret.recordings[0]?.hits[0]).toMatchObject({ place: 'request header', context: null })
    const [, header] = await search('authorization: bearer')
    expect(JSON.stringify(header)).toContain('<bearer_token_1>')
    expect(JSON.stringify(header)).not.toContain('0123456789')
  })

  test('tells so many hits and says that there are more', async () => {
    for (let at = 2; at < 40; at++) store.write('r', exchange(`e${at}`, at))
    const [, answer] = await search('hello')
    expect(answer.recordings[0]?.hits).toHaveLength(20)
    expect(answer).toMatchObject({ cut: 'hits', recordings: [{ isCut: true }] })
  })

  test('what was just deleted is not searched; a single letter is too little', async () => {
    const bin = createBin(
      async () => {},
      () => {},
    )
    bin.put('r')
    expect(told((await search('hello', { bin, ...writing('another') }))[1])).toEqual([])
    expect((await search(' a '))[0]).toBe(400)
    expect(bin.takeBack('r')).toBe(true)
  })
})

describe('the live stream', () => {
  /** Reads events until one of this name has come, and lets go. */
  async function readUntil(response: Response, event: string): Promise<string> {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes(`event: ${event}\n`) || !text.endsWith('\n\n')) {
      const chunk = await reader?.read()
      if (!chunk || chunk.done) break
      text += chunk.value
    }
    await reader?.cancel()
    return text
  }

  test('sends the notes, what is stored under its revision, then ready', async () => {
    const response = await app().request('/api/recordings/r/stream')
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const text = await readUntil(response, 'ready')
    expect(text).toMatch(
      /^event: notes\ndata: \[\]\n\nevent: facts\nid: 1\ndata: \[\{.*"e1".*\}\]\n\nevent: ready\ndata: \{"revision":1\}\n\n$/,
    )
    expect(text).not.toContain('hello'.repeat(2))
  })

  test('resumes by header or by query, and shrugs at nonsense', async () => {
    const byHeader = await app().request('/api/recordings/r/stream', { headers: { 'last-event-id': '1' } })
    expect(await readUntil(byHeader, 'ready')).not.toContain('event: facts')
    const byQuery = await app().request('/api/recordings/r/stream?after=1')
    expect(await readUntil(byQuery, 'ready')).not.toContain('event: facts')
    const nonsense = await app().request('/api/recordings/r/stream?after=-x')
    expect(await readUntil(nonsense, 'ready')).toContain('event: facts')
  })

  test('an example streams as well; an unknown recording does not', async () => {
    const example = await app().request(`/api/recordings/${encodeURIComponent('example-good flow')}/stream`)
    expect((await readUntil(example, 'ready')).match(/"replayNonce":/g)).toHaveLength(2)
    expect((await app().request('/api/recordings/none/stream')).status).toBe(404)
  })
})

describe('who may ask', () => {
  test.each(['http://evil.example/', 'http://127.0.0.1.evil.example:8556/', 'http://192.0.2.1/'])(
    'another name for us is refused: %s',
    async (url) => {
      const response = await app().request(`${url}api/recordings`)
      expect(response.status).toBe(403)
      expect(await errorOf(response)).toMatchObject({ code: 'foreign-host' })
    },
  )

  test.each(['http://localhost:8556/', 'http://127.0.0.1:9/', 'http://[::1]:8556/'])(
    'our own is not: %s',
    async (url) => {
      expect((await app().request(`${url}api/recordings`)).status).toBe(200)
    },
  )

  test('bound to every address, any address will do, but no name', async () => {
    expect((await app({ host: '0.0.0.0' }).request('http://192.0.2.1:8556/api/recordings')).status).toBe(200)
    expect((await app({ host: '0.0.0.0' }).request('http://evil.example/api/recordings')).status).toBe(403)
  })

  test.each([{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'a change asked for by another site is refused: %j',
    async (headers) => {
      const response = await app().request('/api/recordings', { method: 'POST', body: HAR, headers })
      expect(response.status).toBe(403)
      expect(await store.listRecordings()).toHaveLength(1)
    },
  )

  test('a change from our own page is not', async () => {
    const headers = { origin: 'http://127.0.0.1:8556' }
    const response = await app().request('http://127.0.0.1:8556/api/recordings', { method: 'POST', body: HAR, headers })
    expect(response.status).toBe(201)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('with a token nothing is answered without it, and the address hands out a cookie', async () => {
    const guarded = app({ token: 'sesame', host: '0.0.0.0' })
    expect((await guarded.request('/api/recordings')).status).toBe(401)
    expect((await guarded.request('/')).status).toBe(401)
    expect((await guarded.request('/?token=wrong')).status).toBe(401)
    const first = await guarded.request('/?token=sesame&a=1')
    expect([first.status, first.headers.get('location')]).toEqual([302, '/?a=1'])
    const cookie = first.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    expect((await guarded.request('/api/recordings', { headers })).status).toBe(200)
    const bearer = { authorization: 'Bearer sesame' }
    expect((await guarded.request('/api/recordings', { headers: bearer })).status).toBe(200)
  })
})

describe('the page', () => {
  test.each(['/', '/index.html', '/recordings/r/steps/3'])(
    '%s is the page, under a policy of its own',
    async (path) => {
      const response = await app().request(path)
      const policy = response.headers.get('content-security-policy') ?? ''
      const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      expect(nonce.length).toBeGreaterThan(15)
      expect(await response.text()).toBe(`<script nonce="${nonce}" src="./assets/a-1.js"></script>`)
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('cache-control')).toBe('no-store')
    },
  )

  test('every answer has a nonce of its own', async () => {
    const policies = await Promise.all(
      [1, 2].map(async () => (await app().request('/')).headers.get('content-security-policy')),
    )
    expect(policies[0]).not.toBe(policies[1])
  })

  test('assets are kept for good; nothing outside the folder is served', async () => {
    const asset = await app().request('/assets/a-1.js')
    expect(await asset.text()).toBe('export {}')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    for (const path of ['/..%2facmescope.db', '/%2e%2e/acmescope.db', '/assets/..%2f..%2facmescope.db']) {
      expect(await (await app().request(path)).text()).not.toContain('SQLite format')
    }
  })

  test('an unknown path of the interface is an error, not the page', async () => {
    const response = await app().request('/api/nothing')
    expect(response.status).toBe(404)
    expect(await errorOf(response)).toMatchObject({ code: 'no-such-path' })
  })

  test('a page that was not built is said to be so', async () => {
    const response = await app({ page: join(folder, 'none') }).request('/')
    expect(response.status).toBe(503)
    expect(await errorOf(response)).toMatchObject({ code: 'page-missing' })
  })
})

test('on a port: a free one is taken, a taken one is named, closing ends open streams', async () => {
  const served = await serveUi(app(), { host: '127.0.0.1', port: 0 })
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const { port } = new URL(served.url)
  await expect(serveUi(app(), { host: '127.0.0.1', port: Number(port) })).rejects.toMatchObject({ code: 'port-in-use' })
  const stream = await fetch(`${served.url}/api/recordings/r/stream`)
  const reading = stream.text().then(
    () => 'ended',
    () => 'ended',
  )
  await served.close()
  expect(await reading).toBe('ended')
})
