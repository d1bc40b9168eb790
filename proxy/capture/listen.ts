// Binds mockttp to one address. It has no option for that and would listen on every interface (docs/mockttp.md),
// so its one `listen(port)` is caught on the way: the single place where Node's net.Server is patched, for that call only.
import net from 'node:net'
import type { MockttpServer } from 'mockttp'

/** Starts follow one another, so that a caught `listen` is known to be its own. */
let previous: Promise<unknown> = Promise.resolve()

/** Starts the server on this address alone and hands back the socket server below it. Rejects as `listen` does (EADDRINUSE …). */
export function startOn(server: MockttpServer, host: string, port: number): Promise<net.Server> {
  const started = previous.then(() => startCaught(server, host, port))
  previous = started.catch(() => undefined)
  return started
}

async function startCaught(server: MockttpServer, host: string, port: number): Promise<net.Server> {
  const original = net.Server.prototype.listen
  let caught: net.Server | null = null
  function listen(this: net.Server, ...given: unknown[]): net.Server {
    const isTheirs = caught === null && given.length === 1 && given[0] === port
    if (!isTheirs) return Reflect.apply(original, this, given)
    caught = this
    return original.call(this, { host, port, exclusive: true })
  }
  net.Server.prototype.listen = listen
  try {
    await server.start(port)
  } finally {
    net.Server.prototype.listen = original
  }
  if (caught === null) throw new Error('mockttp started without a call to listen(port): its version changed')
  return caught
}
