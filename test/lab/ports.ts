/** Loopback ports for peers that cannot pick one themselves. */
import { createServer } from 'node:net'

/**
 * Asks the kernel for `count` ports that are free now, all different. Nothing holds them afterwards: whoever starts a
 * peer on one must be ready to find it taken and ask again.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen))
  const ports = servers.map(({ port }) => port)
  await Promise.all(servers.map(({ close }) => close()))
  return ports
}

interface Held {
  readonly port: number
  close(): Promise<void>
}

function listen(): Promise<Held> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') return reject(new Error('no port was given'))
      resolve({ port: address.port, close: () => new Promise((done) => server.close(() => done())) })
    })
  })
}
