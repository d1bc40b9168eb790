import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { upstreamFailure } from '../failure.ts'
import { waitingFor, watchWay, wordsOfEnd } from './upstream-way.ts'

async function connectTo(serve: (socket: net.Socket) => void, limit: number): Promise<tls.TLSSocket> {
  const server = net.createServer((socket) => serve(socket.on('error', () => undefined)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const socket = tls.connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  watchWay('way.test:443', '127.0.0.1', socket, limit)
  onTestFinished(() => void socket.destroy())
  return socket
}

test('a server that is silent in the handshake is given up on, and does not hold up what comes later', async () => {
  const socket = await connectTo((server) => void server.resume(), 50)
  await once(socket, 'connect')
  expect(waitingFor('way.test:443')).toBe('upstream-tls')
  const [error] = await once(socket, 'error')
  expect(upstreamFailure(error.code, error.message)).toEqual({
    stage: 'upstream-tls',
    code: 'ERR_TLS_HANDSHAKE_TIMEOUT',
    message: 'it did not finish the TLS handshake within 0.05 s',
  })
  expect(waitingFor('way.test:443')).toBeNull()
})

test('a reset in the handshake is told as one', async () => {
  const socket = await connectTo((server) => void server.once('data', () => server.resetAndDestroy()), 5_000)
  const [error] = await once(socket, 'error')
  expect(upstreamFailure(error.code, error.message).stage).toBe('upstream-tls')
  expect(wordsOfEnd('way.test:443', 'ECONNRESET')).toBe(error.message)
  expect(wordsOfEnd('way.test:443', 'EPIPE')).toBeUndefined()
})
