/** Reads and decodes a dropped file off the page's own thread. */
import { decodeAll } from '../../shared/acme/decode.ts'
import type { Decoded } from '../../shared/acme/model.ts'
import { byCompletion, type Exchange } from '../../shared/exchange.ts'
import { readHar } from '../../shared/har/read.ts'
import type { SourceTrouble } from './source.ts'

export type FileReply =
  | { readonly kind: 'decoded'; readonly exchanges: readonly Exchange[]; readonly decoded: readonly Decoded[] }
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
  const exchanges = readHar(text)
  if (exchanges.length === 0) return notHar('It holds no entries: there is nothing to show.')
  const decoded = await decodeAll([...exchanges].sort(byCompletion))
  return { kind: 'decoded', exchanges, decoded }
}

self.addEventListener('message', async (event: MessageEvent<string>) => {
  const reply = await readFile(event.data).catch((error: unknown) =>
    notHar(error instanceof Error ? error.message : String(error)),
  )
  self.postMessage(reply)
})
