// Credentials over SOCKS5 (RFC 1929). mockttp's own server takes any user named "metadata" for something else and answers him
// with the wrong version, which Go refuses; so the credentials are asked for here, before it, and it is then told that none
// are wanted. It does the rest.
import type net from 'node:net'
import { type Credentials, isSame } from './credentials.ts'

const SOCKS5 = 5
const NO_METHOD = 0xff
const BY_PASSWORD = 2
const PASSWORD_VERSION = 1
/** ms until a client must have said who it is. */
const PATIENCE_MS = 20_000
const SOCKS4_REFUSED = Buffer.from([0, 0x5b, 0, 0, 0, 0, 0, 0])

/** @param onRefused called with what the client gave, null: nothing, as it has no credentials to give */
export function askOverSocks(
  sockets: net.Server,
  wanted: Credentials,
  onRefused: (socket: net.Socket, given: Credentials | null) => void,
): void {
  const server: net.Server = Reflect.get(sockets, '_socksHandler')
  const [goOn, ...others] = server.listeners('connection') as ((socket: net.Socket) => void)[]
  if (!goOn) throw new Error('mockttp listens to no SOCKS connection: its version changed')
  server.removeAllListeners('connection')
  server.on('connection', (socket: net.Socket) => {
    for (const other of others) Reflect.apply(other, server, [socket])
    socket.setTimeout(PATIENCE_MS, () => socket.destroy())
    socket.once('error', () => socket.destroy())
    admit(socket, wanted, onRefused).then(
      (isIn) => {
        socket.setTimeout(0)
        if (isIn) Reflect.apply(goOn, server, [withoutMethods(socket)])
      },
      () => socket.destroy(),
    )
  })
}

async function admit(
  socket: net.Socket,
  wanted: Credentials,
  onRefused: (socket: net.Socket, given: Credentials | null) => void,
): Promise<boolean> {
  const [version] = await read(socket, 1)
  if (version !== SOCKS5) return turnAway(socket, SOCKS4_REFUSED, null, onRefused)
  const methods = await readCounted(socket)
  if (!methods.includes(BY_PASSWORD)) return turnAway(socket, Buffer.from([SOCKS5, NO_METHOD]), null, onRefused)
  socket.write(Buffer.from([SOCKS5, BY_PASSWORD]))
  await read(socket, 1)
  const given = { user: String(await readCounted(socket)), password: String(await readCounted(socket)) }
  if (!isSame(given, wanted)) return turnAway(socket, Buffer.from([PASSWORD_VERSION, 1]), given, onRefused)
  socket.write(Buffer.from([PASSWORD_VERSION, 0]))
  return true
}

function turnAway(
  socket: net.Socket,
  answer: Buffer,
  given: Credentials | null,
  onRefused: (socket: net.Socket, given: Credentials | null) => void,
): false {
  onRefused(socket, given)
  socket.end(answer)
  return false
}

/** The next server reads a greeting that wants no credentials, and its answer to that goes to nobody. */
function withoutMethods(socket: net.Socket): net.Socket {
  socket.unshift(Buffer.from([SOCKS5, 1, 0]))
  const { write } = socket
  Reflect.set(socket, 'write', () => {
    Reflect.set(socket, 'write', write)
    return true
  })
  return socket
}

const readCounted = async (socket: net.Socket): Promise<Buffer> => {
  const [length = 0] = await read(socket, 1)
  return length === 0 ? Buffer.alloc(0) : read(socket, length)
}

/** Exactly so many bytes, not fewer; rejects when the client leaves before. */
function read(socket: net.Socket, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const attempt = (): void => {
      const chunk: Buffer | null = socket.read(length)
      if (chunk === null) return
      settle()
      if (chunk.length === length) resolve(chunk)
      else reject(new Error('the client left'))
    }
    const leave = (): void => {
      settle()
      reject(new Error('the client left'))
    }
    const settle = (): void => {
      socket.off('readable', attempt).off('close', leave).off('end', leave)
    }
    socket.on('readable', attempt).on('close', leave).on('end', leave)
    attempt()
  })
}
