/**
 * A recorder without its proxy, in a process of its own: facts go into the store and to the page as the capture hands
 * them on, twice each. Told how many by a message; answers when the last is on the disk.
 */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { openExamples } from '../../../proxy/examples.ts'
import { joinLibraries } from '../../../proxy/library.ts'
import { createRecordingWriter } from '../../../proxy/recording-writer.ts'
import { openStore } from '../../../proxy/store/store.ts'
import { startUi } from '../../../proxy/ui.ts'
import type { RecorderInfo } from '../../../shared/api.ts'
import type { Exchange } from '../../../shared/exchange.ts'
import { makeMaterials, manyOrders } from '../many-orders.ts'
import type { FromChild } from './live.ts'

const TICK_MS = 20

const [folder = '', perSecond = ''] = process.argv.slice(2)
const store = await openStore(folder)
const writer = createRecordingWriter(store, {})
const library = joinLibraries(store, openExamples())
const ui = await startUi({ store, library, address: { host: '127.0.0.1', port: 0 }, info, writer })
writer.publishTo(ui)
const materials = await makeMaterials()
const told = once(process, 'message')
tell({ ui: ui.url })
const [{ count }] = await told
await write([...manyOrders(materials, count)], Number(perSecond))
await store.flush()
tell({ written: count })

function tell(message: FromChild): void {
  process.send?.(message)
}

function info(): RecorderInfo {
  const authority = { name: '', pem: '', bundle: '', fingerprintSha256: '', notAfter: '' }
  const [proxy, page] = ['http://127.0.0.1:8555', 'http://127.0.0.1:8556']
  return { version: 'bench', proxy, ui: page, authority, recording: writer.current().id, recordingsFolder: folder }
}

async function write(all: readonly Exchange[], rate: number): Promise<void> {
  const from = performance.now()
  let begun = 0
  let ended = 0
  while (ended < all.length) {
    const due = Math.min(all.length, Math.floor(((performance.now() - from) / 1000) * rate))
    for (const exchange of all.slice(ended, begun)) writer.write(exchange)
    ended = begun
    for (const exchange of all.slice(begun, due)) writer.write(asBegun(exchange))
    begun = due
    await sleep(TICK_MS)
  }
}

/** As the capture knows it when the request's head has come. */
function asBegun({ response, ...exchange }: Exchange): Exchange {
  void response
  return { ...exchange, state: 'in progress', timings: {} }
}
