/**
 * A stand-in for Cloudflare's API v4 over real TLS (HTTP/2 and 1.1). What it accepts as written reaches the lab's DNS,
 * or does not, as the run asks for. Shapes as in https://developers.cloudflare.com/api/resources/dns/
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { createSecureServer, type Http2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import type { KeyedCertificate } from './certificates.ts'
import { errors, failure, success, successList, zoneJson } from './cloudflare-json.ts'
import { createZone, readRecord, type Zone } from './cloudflare-zone.ts'
import type { DnsServer } from './dns-server.ts'

/** The token that is accepted, unless the run says otherwise; of the form Cloudflare's have. */
export const labToken = 'LabToken-good-0000000000000000000000000a'

export interface CloudflareOptions {
  readonly certificate: KeyedCertificate
  /** The zones of the account. */
  readonly zones: readonly string[]
  readonly dns: DnsServer
  /** `refused`: every token, however well formed, is answered 403 with code 9109. */
  readonly token?: 'accepted' | 'refused'
  /** Every request is answered 503, as by Cloudflare's edge when the API behind it is down. */
  readonly isDown?: boolean
  /** What the DNS serves at a name that was written: that, another value, or nothing. */
  readonly serveTxt?: 'written' | 'other' | 'none'
  /** No request is answered before this resolves: a client can be held in the middle of its run. */
  readonly hold?: Promise<void>
}

export interface Cloudflare {
  readonly port: number
  stop(): Promise<void>
}

/** Starts it on a free port of 127.0.0.1. */
export async function startCloudflare(options: CloudflareOptions): Promise<Cloudflare> {
  const app = routes(options)
  const { certificate: cert, key } = options.certificate
  const server = createSecureServer({ allowHTTP1: true, cert, key }, getRequestListener(app.fetch))
  const sessions = new Set<Http2Session>()
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const sockets = trackSockets(server)
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const session of sessions) session.destroy()
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function trackSockets(server: ReturnType<typeof createSecureServer>) {
  const sockets = new Set<import('node:tls').TLSSocket>()
  server.on('secureConnection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

function routes(options: CloudflareOptions): Hono {
  const zones = options.zones.map((name) => createZone(name, publisher(options)))
  const app = new Hono().basePath('/client/v4')
  app.use(compress(), held(options.hold), edgeHeaders)
  if (options.isDown === true) app.use((c) => Promise.resolve(c.html('<h1>Service unavailable</h1>', 503)))
  app.use(authorise(options.token ?? 'accepted'))
  app.get('/user/tokens/verify', (c) => c.json(success({ id: zoneJson.tokenId, status: 'active' })))
  app.get('/zones', (c) => {
    const name = c.req.query('name')
    const found = zones.filter((zone) => name === undefined || zone.name === name.toLowerCase())
    return c.json(successList(found.map(zoneJson.of), c.req.query('page'), c.req.query('per_page')))
  })
  app.get('/zones/:zone', (c) => {
    const zone = zones.find(({ id }) => id === c.req.param('zone'))
    return zone === undefined ? failure(c, errors.noRoute(c.req.path)) : c.json(success(zoneJson.of(zone)))
  })
  app.route('/zones/:zone/dns_records', recordRoutes(zones))
  app.notFound((c) => failure(c, errors.noRoute(c.req.path)))
  app.onError((_error, c) => failure(c, errors.malformedBody))
  return app
}

function recordRoutes(zones: readonly Zone[]): Hono<{ Variables: { zone: Zone } }> {
  const app = new Hono<{ Variables: { zone: Zone } }>()
  app.use(async (c, next) => {
    const zone = zones.find(({ id }) => id === c.req.param('zone'))
    if (zone === undefined) return failure(c, errors.noRoute(c.req.path))
    c.set('zone', zone)
    return next()
  })
  app.get('/', (c) => {
    const { type, name, content, page, per_page } = c.req.query()
    return c.json(successList(c.get('zone').list({ type, name, content }), page, per_page))
  })
  app.post('/', async (c) => {
    const input = readRecord(await c.req.json(), c.get('zone').name)
    if ('error' in input) return failure(c, input.error)
    const written = c.get('zone').create(input.record)
    return written === undefined ? failure(c, errors.identicalRecord) : c.json(success(written))
  })
  app.get('/:record', (c) => {
    const record = c.get('zone').read(c.req.param('record'))
    return record === undefined ? failure(c, errors.noRecord) : c.json(success(record))
  })
  app.on(['PUT', 'PATCH'], '/:record', async (c) => {
    const before = c.get('zone').read(c.req.param('record'))
    if (before === undefined) return failure(c, errors.noRecord)
    const body: unknown = await c.req.json()
    const input = readRecord(c.req.method === 'PATCH' ? { ...before, ...Object(body) } : body, c.get('zone').name)
    if ('error' in input) return failure(c, input.error)
    return c.json(success(c.get('zone').update(before.id, input.record)))
  })
  app.delete('/:record', (c) => {
    const id = c.req.param('record')
    return c.get('zone').remove(id) ? c.json(success({ id })) : failure(c, errors.noRecord)
  })
  return app
}

/** What Cloudflare's edge puts on every answer; the values differ each time, as theirs do. */
const edgeHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const hex = (bytes: number) => randomBytes(bytes).toString('hex')
  c.header('cf-ray', `${hex(8)}-FRA`)
  c.header('cf-cache-status', 'DYNAMIC')
  c.header('api-version', '2024-01-01')
  c.header('cf-auditlog-id', randomUUID())
  c.header('set-cookie', `__cflb=${hex(12)}; SameSite=Lax; path=/; HttpOnly`, { append: true })
  c.header('set-cookie', `__cfruid=${hex(20)}; path=/; domain=.api.cloudflare.com; HttpOnly; Secure; SameSite=None`, {
    append: true,
  })
  c.header('server', 'cloudflare')
}

function held(hold: Promise<void> | undefined): MiddlewareHandler {
  return async (_c, next) => {
    await hold
    await next()
  }
}

function authorise(token: 'accepted' | 'refused'): MiddlewareHandler {
  return async (c, next) => {
    const given = c.req.header('authorization')
    if (given === undefined) return failure(c, errors.noCredentials)
    if (!/^Bearer [A-Za-z0-9_-]{40}$/.test(given)) return failure(c, errors.malformedToken)
    if (token === 'refused' || given !== `Bearer ${labToken}`) return failure(c, errors.invalidToken)
    return next()
  }
}

/** How a written record becomes visible; the name servers are the lab's. */
function publisher({ dns, serveTxt = 'written' }: CloudflareOptions) {
  const served = (content: string) => (serveTxt === 'written' ? content.replace(/^"(.*)"$/s, '$1') : `not-${content}`)
  if (serveTxt === 'none') return { publish: () => {}, withdraw: () => {} }
  return {
    publish: (name: string, content: string) => dns.addTxt(name, served(content)),
    withdraw: (name: string, content: string) => dns.removeTxt(name, served(content)),
  }
}
