// How requests are read from clients, where mockttp's two HTTP servers below it are stricter or quicker than a server would be.
import type { IncomingMessage } from 'node:http'
import type net from 'node:net'
import { Expects100Continue } from 'mockttp/dist/util/socket-extensions'
import { HEAD_LIMIT } from './http1-request.ts'

/**
 * `Expect: 100-continue` is answered by whoever is asked: mockttp would send 100 before the server has seen the request, and
 * the client a body that the server may have refused.
 */
export function readRequestsExactly(sockets: net.Server): void {
  for (const name of ['_httpServer', '_http2Server']) {
    const server: net.Server & { maxHeaderSize?: number } = Reflect.get(sockets, name)
    server.maxHeaderSize = HEAD_LIMIT
    server.prependListener('checkContinue', (request: IncomingMessage) => {
      Object.defineProperty(request, Expects100Continue, { get: () => undefined, set: () => undefined })
    })
  }
}
