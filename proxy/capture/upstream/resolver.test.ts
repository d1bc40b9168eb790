import dgram from 'node:dgram'
import { once } from 'node:events'
import { decode, encode, type Packet } from 'dns-packet'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createResolver } from './resolver.ts'

const nowhere = () => false

/** A name server that answers A with these, and has nothing else. */
async function nameServer(addresses: readonly string[]): Promise<{ at: string; asked: string[] }> {
  const asked: string[] = []
  const socket = dgram.createSocket('udp4')
  socket.on('message', (message, { port, address }) => {
    const { id, questions = [] }: Packet = decode(message)
    const [question] = questions
    asked.push(`${question?.type} ${question?.name}`)
    const answers =
      question?.type === 'A' ? addresses.map((data) => ({ type: 'A' as const, name: question.name, ttl: 1, data })) : []
    socket.send(
      encode({ type: 'response', ...(id === undefined ? {} : { id }), flags: 0x180, questions, answers }),
      port,
      address,
    )
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  return { at: `127.0.0.1:${socket.address().port}`, asked }
}

test('the name servers that are given are asked for everything but localhost', async () => {
  const { at, asked } = await nameServer(['192.0.2.7'])
  const { resolve } = createResolver({ servers: [at], isOwnPort: nowhere })
  expect(await resolve('CA.test', 443)).toEqual([{ address: '192.0.2.7', family: 4 }])
  expect(await resolve('localhost', 443)).toContainEqual({ address: '127.0.0.1', family: 4 })
  expect(asked.toSorted()).toEqual(['A ca.test', 'AAAA ca.test'])
})

test('a name without an address says who was asked, and that a name server is away does not read as if the server were', async () => {
  const { at } = await nameServer([])
  const { resolve } = createResolver({ servers: [at], isOwnPort: nowhere })
  await expect(resolve('ca.test', 443)).rejects.toMatchObject({
    code: 'ENOTFOUND',
    message: expect.stringContaining(`ca.test has no address at ${at}`),
  })
  const away = createResolver({ servers: ['127.0.0.1:1'], isOwnPort: nowhere })
  await expect(away.resolve('ca.test', 443)).rejects.toMatchObject({ code: 'EAI_AGAIN' })
})

test('a name that leads to our own port leads back', async () => {
  const { at } = await nameServer(['127.0.0.1'])
  const { resolve } = createResolver({
    servers: [at],
    isOwnPort: (address, port) => address === '127.0.0.1' && port === 8555,
  })
  expect(await resolve('ca.test', 14_000)).toHaveLength(1)
  await expect(resolve('ca.test', 8555)).rejects.toMatchObject({
    code: 'LEADS_BACK',
    message: expect.stringMatching(
      /^ca\.test leads back to acmescope itself \(it resolves to 127\.0\.0\.1\); .*--resolver/,
    ),
  })
})

test('of a name that clients were led here by, addresses of this machine count for nothing, at that port', async () => {
  const { at } = await nameServer(['127.0.0.1', '192.0.2.7'])
  const { resolve, ledHere } = createResolver({ servers: [at], isOwnPort: nowhere })
  expect(await resolve('ca.test', 443)).toHaveLength(2)
  ledHere({ host: 'CA.test', port: 443 })
  expect(await resolve('ca.test', 443)).toEqual([{ address: '192.0.2.7', family: 4 }])
  expect(await resolve('ca.test', 14_000)).toHaveLength(2)
})

test('where the hosts file leads such a name here, its name servers are asked instead', async () => {
  // The hosts file of every machine has this one.
  const { resolve, ledHere } = createResolver({ servers: [], isOwnPort: nowhere })
  vi.spyOn(console, 'warn')
  expect((await resolve('localhost', 443)).length).toBeGreaterThan(0)
  ledHere({ host: 'localhost', port: 443 })
  await expect(resolve('localhost', 443)).rejects.toMatchObject({ code: 'LEADS_BACK' })
})
