/** The HTTP interface on a port. */
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { listenTrouble } from '../errors.ts'

export interface ServedUi {
  /** `http://127.0.0.1:8556`, with the port that was taken. */
  readonly url: string
  /** Ends open streams as well. */
  close(): Promise<void>
}

/** What Hono makes; all that is needed of it. */
interface Answering {
  fetch(request: Request): Response | Promise<Response>
}

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/**
 * @param port 0 takes a free one
 * @throws Trouble when the port or the address cannot be had
 */
export async function serveUi(app: Answering, { host, port }: { host: string; port: number }): Promise<ServedUi> {
  const server = createAdaptorServer({ fetch: (request) => app.fetch(request) }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenTrouble(error, `port ${port} (the page's)`)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${inUrl(host)}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
