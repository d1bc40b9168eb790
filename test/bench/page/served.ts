/** A built recorder that serves a recording of many exchanges. */
import { openStore } from '../../../proxy/store/store.ts'
import type { Exchange } from '../../../shared/exchange.ts'
import type { Recording } from '../../../shared/recording.ts'
import { acmescopeProgram } from '../../lab/acmescope.ts'
import { start } from '../../lab/processes.ts'
import { type Materials, manyOrders } from '../many-orders.ts'

export interface Served {
  /** Address of the page, with nothing recorded yet. */
  readonly ui: string
  /** The query of the address that opens the long recording. */
  readonly long: string
  /** Id of an exchange in its middle that has a row of its own. */
  readonly middle: string
  readonly stop: () => Promise<void>
}

const LONG: Recording = {
  id: 'long',
  name: 'long',
  startedAt: '2026-01-02T00:00:00.000Z',
  endedAt: '2026-01-03T00:00:00.000Z',
  source: 'import',
  toolVersion: 'bench',
}

export async function serveLong(materials: Materials, count: number, folder: string): Promise<Served> {
  const middle = await storeLong([...manyOrders(materials, count)], folder)
  const ports = ['--proxy-port', '0', '--ui-port', '0']
  const recorder = start({ argv: [...acmescopeProgram, 'serve', '--json', ...ports, '--recordings', folder] })
  const { ui } = JSON.parse(await recorder.line(/^\{.*"proxy"/, 20_000))
  return { ui, long: `?recording=${LONG.id}`, middle, stop: async () => void (await recorder.stop()) }
}

async function storeLong(exchanges: readonly Exchange[], folder: string): Promise<string> {
  const store = await openStore(folder)
  await store.createRecording(LONG)
  for (const exchange of exchanges) store.write(LONG.id, exchange)
  await store.flush()
  await store.close()
  return (
    exchanges.find(({ sequence, request }) => sequence > exchanges.length / 2 && request.url.endsWith('/new-order'))
      ?.id ?? ''
  )
}
