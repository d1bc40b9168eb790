// The client's side of an HTTP/1.1 exchange.
import type { OngoingResponse } from 'mockttp/dist/types'

/** Node keeps a head until the first bytes of its body come, which a server may let its client wait for. */
export function sendHeadAtOnce(response: OngoingResponse): void {
  const { writeHead } = response
  response.writeHead = ((...given: Parameters<typeof writeHead>) => {
    const result = writeHead.apply(response, given)
    // With the body, where that came along. `flushHeaders` would send it as UTF-8.
    setImmediate(() => response.writableEnded || Reflect.get(response, '_send').call(response, '', 'latin1'))
    return result
  }) as typeof writeHead
}
