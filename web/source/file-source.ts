/** A dropped file: read and decoded in a worker of the page, so that nothing leaves it. */
import type { Exchange } from '../../shared/exchange.ts'
import { importHar } from './api.ts'
import type { FileReply } from './decode.worker.ts'
import type { Source, SourceListener } from './source.ts'
import { createTurns, type Turns } from './turns.ts'

let dropped = 0

/** Not to be taken for one of an earlier visit, which the address may still name. */
const newKey = (): string => `file:${Date.now().toString(36)}-${++dropped}`

const recordingOf = (name: string, startedAt: string) => ({
  id: name,
  name,
  startedAt,
  endedAt: startedAt,
  source: 'import' as const,
  toolVersion: '',
})

/** Taken in at one go, as many as come from a recorder. */
const FEW = 32

type Keep = (all: readonly Exchange[]) => void

function deliver(name: string, reply: FileReply, listener: SourceListener, keep: Keep, turns: Turns) {
  if (reply.kind === 'trouble') return listener.failed(reply.trouble)
  const { reading, decoded } = reply
  keep(reading.exchanges)
  listener.recording(recordingOf(reading.name ?? name, reading.startedAt))
  listener.unread(reading.problems)
  listener.notes(reading.notes)
  for (let at = 0; at < decoded.length; at += FEW) turns.add(() => listener.facts(decoded.slice(at, at + FEW)))
  turns.add(() => listener.state('ready'))
}

/** Read when it is first shown; what it cannot be read as is said through `failed`. */
export function fileSource(name: string, file: Blob): Source {
  let isRead = false
  let exchanges: ReadonlyMap<string, Exchange> = new Map()
  const keep = (all: readonly Exchange[]) => {
    isRead = true
    exchanges = new Map(all.map((exchange) => [exchange.id, exchange]))
  }
  const open = (listener: SourceListener, resumed: boolean) => {
    if (resumed && isRead) return () => {}
    listener.recording(recordingOf(name, ''))
    listener.state('connecting')
    const turns = createTurns()
    const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module', name: 'decode' })
    worker.addEventListener('message', (event: MessageEvent<FileReply>) => {
      deliver(name, event.data, listener, keep, turns)
      worker.terminate()
    })
    worker.addEventListener('error', () =>
      listener.failed({
        title: 'The file could not be decoded',
        message: 'The page’s decoder stopped while reading it.',
        fix: 'Reload the page and drop the file again.',
      }),
    )
    worker.postMessage(file)
    return () => {
      turns.finish()
      worker.terminate()
    }
  }
  return {
    key: newKey(),
    label: name,
    exports: [],
    notebook: null,
    keep: async () => (await importHar(name, file)).recording.id,
    open,
    exchange: async (id) => {
      const exchange = exchanges.get(id)
      if (exchange === undefined) throw new Error('This exchange is not in the file.')
      return exchange
    },
  }
}
