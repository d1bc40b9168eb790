/** The baseline "without acmescope": a plain CONNECT tunnel that sees nothing, so that clients still reach loopback. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface Tunnel {
  /** `http://127.0.0.1:PORT`, for HTTPS_PROXY. */
  readonly url: string
  stop(): Promise<void>
}

/** `routes` maps `HOST:PORT` to a port of 127.0.0.1; anything else is answered 502. */
export async function startTunnel(routes: ReadonlyMap<string, number>): Promise<Tunnel> {
  const sockets = new Set<Socket>()
  const server: Server = createServer().on('connect', (request, socket: Socket) => {
    const port = routes.get(request.url ?? '')
    if (port === undefined) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const upstream = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'))
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      from.once('error', () => to.destroy()).once('close', () => sockets.delete(from))
    }
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
