import { EventEmitter, once } from 'node:events'
import type { InitiatedRequest, InitiatedResponse } from 'mockttp'
import { expect, test } from 'vitest'
import type { Exchange } from '../../shared/exchange.ts'
import { createLedger } from './ledger.ts'

const id = 'an-exchange'
const timingEvents = { startTime: 0, startTimestamp: 0 }
const request = {
  id,
  method: 'GET',
  url: 'https://ca.test/',
  httpVersion: '2.0',
  rawHeaders: [],
  tags: [],
  timingEvents,
}
const response = { id, statusCode: 200, statusMessage: '', rawHeaders: [], tags: [], timingEvents }

test('bytes that are told late, as the machine is busy, still count before the client is said to have left too soon', async () => {
  const told = new EventEmitter()
  const ledger = createLedger({
    maxBody: 1_000,
    nextSequence: () => 1,
    clientTls: () => undefined,
    onExchange: (exchange) => void (exchange.state === 'complete' && told.emit('complete', exchange)),
  })
  ledger.requestBegan(request as unknown as InitiatedRequest)
  ledger.upstreamAnswered(id, { httpVersion: '2.0', rawHeaders: [['content-length', '4']] })
  ledger.responseBegan(response as unknown as InitiatedResponse)
  // As mockttp hands bytes over: 20 ms after they came, and a turn later.
  setTimeout(
    () =>
      setImmediate(() => ledger.responseData({ id, content: Buffer.from('body'), isEnded: false, eventTimestamp: 0 })),
    20,
  )
  ledger.aborted(request as unknown as InitiatedRequest)
  const busyUntil = performance.now() + 60
  while (performance.now() < busyUntil);
  const [exchange] = (await once(told, 'complete')) as [Exchange]
  expect(exchange).toMatchObject({ response: { body: { kind: 'text', text: 'body' } } })
  expect(exchange.failure).toBeUndefined()
})
