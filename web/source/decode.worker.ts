/** Reads and decodes a dropped file off the page's own thread. */
import { decodeAll } from '../../shared/acme/decode.ts'
import { keysElsewhere } from '../../shared/acme/jws/keys.ts'
import type { Decoded } from '../../shared/acme/model.ts'
import { byCompletion } from '../../shared/exchange.ts'
import { type HarReading, readHar } from '../../shared/har/read.ts'
import type { SourceTrouble } from './source.ts'

export type FileReply =
  | {
      readonly kind: 'decoded'
      readonly reading: Pick<HarReading, 'name' | 'startedAt' | 'exchanges' | 'notes' | 'problems'>
      readonly decoded: readonly Decoded[]
    }
  | { readonly kind: 'trouble'; readonly trouble: SourceTrouble }

const notHar = (why: string): FileReply => ({
  kind: 'trouble',
  trouble: {
    title: 'This is not a HAR file',
    message: why,
    fix: 'Drop an HTTP Archive (.har) as browsers, proxies and acmescope export it.',
  },
})

async function readFile(text: string): Promise<FileReply> {
  const { facts, name, startedAt, exchanges, keys, notes, problems } = readHar(text)
  if (facts.length === 0) return notHar(problems[0] ?? 'It holds no entries: there is nothing to show.')
  const decoded = await decodeAll([...facts].sort(byCompletion), keysElsewhere(keys))
  return { kind: 'decoded', reading: { name, startedAt, exchanges, notes, problems }, decoded }
}

self.addEventListener('message', async (event: MessageEvent<Blob>) => {
  const reply = await event.data
    .text()
    .then(readFile)
    .catch((error: unknown) => notHar(error instanceof Error ? error.message : String(error)))
  self.postMessage(reply)
})
