import { expect, test } from 'vitest'
import { type EventChannel, openStream, retryDelay, revisionOf } from './stream.ts'

type Listener = (event: MessageEvent<string>) => void

/** A connection the test plays the server of. */
class Wire implements EventChannel {
  readonly url: string
  closed = false
  readonly #listeners: [string, Listener][] = []

  constructor(url: string) {
    this.url = url
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.push([type, listener])
  }

  close(): void {
    this.closed = true
  }

  say(type: string, data = '', lastEventId = ''): void {
    for (const [name, listener] of this.#listeners)
      if (name === type) listener({ data, lastEventId } as MessageEvent<string>)
  }
}

function stage(after: number | null = null) {
  const wires: Wire[] = []
  const heard: string[] = []
  const waits: number[] = []
  let retry = () => {}
  const stream = openStream({
    path: '/stream',
    after,
    events: ['facts', 'ready'],
    message: ({ event, data }) => heard.push(`${event} ${data}`.trim()),
    opened: () => heard.push('open'),
    lost: (ms) => waits.push(ms),
    connect: (url) => {
      const wire = new Wire(url)
      wires.push(wire)
      return wire
    },
    schedule: (run) => {
      retry = run
      return () => {
        retry = () => {}
      }
    },
  })
  const wire = (): Wire => {
    const last = wires.at(-1)
    if (last === undefined) throw new Error('nobody connected')
    return last
  }
  return { wires, heard, waits, stream, close: stream.close, wire, retry: () => retry() }
}

test('resumes after the last revision it saw', () => {
  const { wires, wire, retry } = stage()
  expect(wire().url).toBe('/stream')
  wire().say('facts', 'a', '7')
  wire().say('error')
  retry()
  expect(wires).toHaveLength(2)
  expect(wire().url).toBe('/stream?after=7')
  expect(wires[0]?.closed).toBe(true)
})

test('a fact sent again after a reconnect is heard once, and the next is not lost', () => {
  const { wire, retry, heard } = stage()
  wire().say('facts', 'a', '1')
  wire().say('facts', 'b', '2')
  wire().say('error')
  retry()
  wire().say('facts', 'b', '2')
  wire().say('facts', 'c', '3')
  wire().say('ready', '{}')
  expect(heard).toEqual(['facts a', 'facts b', 'facts c', 'ready {}'])
})

test('what a lost connection still says is not heard', () => {
  const { wires, wire, retry, heard } = stage()
  wire().say('error')
  retry()
  wires[0]?.say('facts', 'late', '1')
  wires[0]?.say('error')
  expect(wires).toHaveLength(2)
  expect(heard).toEqual([])
})

test('waits longer each time, and starts over once connected', () => {
  const { wire, retry, waits } = stage()
  for (let i = 0; i < 8; i++) {
    wire().say('error')
    retry()
  }
  expect(waits).toEqual([400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000])
  wire().say('open')
  wire().say('error')
  expect(waits.at(-1)).toBe(retryDelay(0))
})

test('a closed stream neither hears nor dials again', () => {
  const { wires, wire, retry, close, heard } = stage()
  wire().say('error')
  close()
  retry()
  expect(wires).toHaveLength(1)
  wires[0]?.say('facts', 'a', '1')
  expect(heard).toEqual([])
})

test('goes on after what is here already, and tells how far it came', () => {
  const { stream, wire } = stage(4)
  expect([wire().url, stream.revision()]).toEqual(['/stream?after=4', 4])
  wire().say('facts', 'a', '5')
  expect(stream.revision()).toBe(5)
})

test('tries at once when it is asked to, and only while it waits', () => {
  const { stream, wires, wire, retry } = stage()
  stream.retryNow()
  expect(wires).toHaveLength(1)
  wire().say('error')
  stream.retryNow()
  stream.retryNow()
  expect(wires).toHaveLength(2)
  retry()
  expect(wires).toHaveLength(2)
  wire().say('error')
  stream.close()
  stream.retryNow()
  expect(wires).toHaveLength(2)
})

test('a revision is a number or nothing', () => {
  expect(revisionOf('12')).toBe(12)
  expect(revisionOf('')).toBeNull()
})
