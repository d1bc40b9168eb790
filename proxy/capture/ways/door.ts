// What comes in, before mockttp sees it: each request with the way by which it came, and who may not pass.
//
// mockttp has no hook before its own handling of CONNECT, and its rules see a request only after what a proxy is told was taken
// out of it. It hands its requests from two HTTP servers of its own, whose `emit` is the one place that all of them pass.
import type { EventEmitter } from 'node:events'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type net from 'node:net'
import { LastHopEncrypted, LastTunnelAddress } from 'mockttp/dist/util/socket-extensions'
import urls from 'mockttp/dist/util/url'
import type { Reply } from '../../help/visit.ts'
import type { Target } from '../upstream/connect-to.ts'

/** `proxy`: asked of us as a proxy · `tunnel`: within a tunnel that was asked for · else straight to our port. */
export type Way = 'proxy' | 'tunnel' | 'direct-tls' | 'direct-plain'

export interface Arrival {
  readonly way: Way
  readonly socket: net.Socket
  readonly method: string
  /** Without a query. */
  readonly path: string
  /** Which server is meant; null: nothing says so. */
  readonly target: Target | null
  /** Of a header, undefined when it was not sent. */
  readonly header: (name: string) => string | undefined
}

/** `request`, or another event with a request and what answers it. */
const EVENTS = new Set(['request', 'connect', 'checkContinue', 'checkExpectation', 'upgrade'])

/** @param admit null: it may pass, and then nothing here changes anything */
export function atTheDoor(sockets: net.Server, admit: (arrival: Arrival) => Reply | null): void {
  for (const name of ['_httpServer', '_http2Server']) {
    const server: EventEmitter = Reflect.get(sockets, name)
    const { emit } = server
    server.emit = (event: string, ...given: unknown[]) => {
      const [request, answer] = given as [IncomingMessage, ServerResponse | net.Socket]
      if (EVENTS.has(event) && isUnreadable(request))
        return emit.call(server, 'clientError', unreadable(request), request.socket)
      const reply = EVENTS.has(event) ? admit(arrivalOf(request)) : null
      if (reply === null) return Reflect.apply(emit, server, [event, ...given])
      send(request, answer, reply)
      return true
    }
  }
}

const ABSOLUTE = /^https?:\/\//i

/** What mockttp is made of throws on it, past all that would catch it. */
const isUnreadable = ({ url = '' }: IncomingMessage): boolean => ABSOLUTE.test(url) && !URL.canParse(url)

const unreadable = (badRequest: IncomingMessage): Error =>
  Object.assign(new Error('it asks for what is no URL'), { code: 'ERR_INVALID_URL', badRequest })

function arrivalOf(request: IncomingMessage): Arrival {
  const { socket, headers } = request
  const header = (name: string): string | undefined => {
    const value = headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  const way = wayOf(request)
  const named =
    request.method === 'CONNECT' ? request.url || header(':authority') : (header(':authority') ?? header('host'))
  const host = way === 'proxy' && request.method !== 'CONNECT' ? new URL(request.url ?? '').host : named
  const { method = '', url = '' } = request
  return { way, socket, method, path: pathOf(url), header, target: host ? targetOf(way, host) : null }
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url).replace(/[?#].*$/s, '')

function wayOf({ method, url = '', socket }: IncomingMessage): Way {
  if (socket[LastTunnelAddress]) return 'tunnel'
  if (method === 'CONNECT' || ABSOLUTE.test(url)) return 'proxy'
  return socket[LastHopEncrypted] ? 'direct-tls' : 'direct-plain'
}

function targetOf(way: Way, host: string): Target | null {
  try {
    const { hostname, port } = urls.getDestination(way === 'direct-tls' ? 'https' : 'http', host)
    return { host: hostname, port }
  } catch {
    return null // A port that is no number: mockttp answers that.
  }
}

/** Over HTTP/1.1 a CONNECT or an upgrade gives the bare socket; everything else something that answers. */
function send(request: IncomingMessage, answer: ServerResponse | net.Socket, { status, headers, body }: Reply): void {
  const all = { ...headers, 'content-length': String(body.byteLength) }
  if ('writeHead' in answer) {
    // The rest of what was sent is not read.
    if (request.httpVersionMajor < 2) answer.setHeader('connection', 'close')
    answer.writeHead(status, all)
    answer.end(body)
    return
  }
  const lines = Object.entries({ ...all, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
  answer.on('error', () => undefined)
  answer.end(
    Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`), body]),
  )
}
