// A recorder to be killed: writes without end, says what was flushed, and leaves every tenth exchange in progress.
import { openStore } from '../../dist/proxy/store/store.js'

const folder = process.argv[2]
const store = await openStore(folder)
const base = {
  kind: 'exchange',
  startedAt: '2024-04-15T22:44:23.123Z',
  client: { address: '127.0.0.1', port: 1 },
  timings: {},
}
const request = {
  method: 'POST',
  url: 'https://ca.example/',
  httpVersion: 'HTTP/1.1',
  headers: [],
  body: { kind: 'text', text: 'x'.repeat(20_000) },
}
await store.createRecording({
  id: 'r',
  name: 'crash',
  startedAt: base.startedAt,
  source: 'live',
  toolVersion: '0',
})
for (let sequence = 1; ; sequence++) {
  const exchange = { ...base, id: `e${sequence}`, sequence, request }
  store.write('r', { ...exchange, state: 'in progress' })
  if (sequence % 10 !== 0) store.write('r', { ...exchange, state: 'complete' })
  if (sequence % 50 !== 0) continue
  await store.flush()
  process.stdout.write(`${sequence}\n`)
}
