/** One exchange between raw ends through a capture, and what was recorded of it. */
import http2Wrapper from 'http2-wrapper'
import type { Exchange, Headers } from '../../../shared/exchange.ts'
import { type Rig, startRig, toLocal } from '../capture-rig.ts'
import { type Http2End, http2End } from './http2-end.ts'
import { type End, type RawServer, serverRoot, startRawServer, throughTunnel } from './wire.ts'

export interface World {
  readonly rig: Rig
  readonly server: RawServer
  /** The next exchange that is complete and was not asked for yet. */
  fact(): Promise<Exchange>
  /** For the next test, whatever became of the last. */
  forget(): void
  close(): Promise<void>
}

/** A capture with a raw server of `ca.test` behind it; `alpn` as for `startRawServer`. */
export async function startWorld(alpn?: readonly string[]): Promise<World> {
  // What a server speaks is remembered under its name, which all servers here have.
  http2Wrapper.auto.protocolCache.clear()
  const server = await startRawServer(alpn)
  const rig = await startRig({ trusted: [serverRoot], connectTo: [toLocal('ca.test', server.port)] })
  const seen = new Set<string>()
  return {
    rig,
    server,
    async fact() {
      const found = await rig.exchange(({ id }) => !seen.has(id))
      seen.add(found.id)
      return found
    },
    forget() {
      server.drop()
      for (const { id } of rig.facts) seen.add(id)
    },
    async close() {
      await server.close()
      await rig.close()
    },
  }
}

export interface Http1Passed {
  readonly atServer: string
  readonly atClient: string
  readonly fact: Exchange
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** By default a request ends with its head, and an answer when as many bytes as were sent have come. The server then closes. */
export async function passHttp1(
  { rig, server, fact }: World,
  sent: string,
  { answer = OK, request = '\r\n\r\n', arrives = answer }: { answer?: string; request?: string; arrives?: string } = {},
): Promise<Http1Passed> {
  const client = await throughTunnel(rig.capture.port)
  client.send(sent)
  const upstream = await server.connection()
  const atServer = await upstream.until((all) => all.endsWith(request))
  upstream.send(answer)
  upstream.socket.end()
  const atClient = await client.until((all) => all.length >= arrives.length)
  client.socket.end()
  return { atServer, atClient, fact: await fact() }
}

/** The fields of a message's head as a record has them: case, order, repeats; whitespace around a value belongs to no value. */
export function fieldsOf(message: string): Headers {
  const [, ...lines] = (message.split(/\r?\n\r?\n/)[0] ?? '').split(/\r?\n/)
  return lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')]
  })
}

export interface Http2Ends {
  readonly client: Http2End
  /** The server's end, once there is a connection. */
  server(): Promise<Http2End>
}

/** A client speaking HTTP/2, and behind the capture a server that does. */
export async function http2Ends({ rig, server }: World): Promise<Http2Ends> {
  const client = http2End(await throughTunnel(rig.capture.port, ['h2']), 'client')
  return { client, server: async () => http2End(await server.connection(), 'server') }
}

/** Both ends of one HTTP/1.1 connection pair, with the first request's head at the server. */
export async function http1Ends({ rig, server }: World, head: string): Promise<{ client: End; upstream: End }> {
  const client = await throughTunnel(rig.capture.port, ['http/1.1'])
  client.send(head)
  const upstream = await server.connection()
  await upstream.until('\r\n\r\n')
  return { client, upstream }
}
