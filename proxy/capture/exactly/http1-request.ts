// The bytes of an HTTP/1.1 request's head to a server. node:http writes them from options, and puts them right on the way.
import http, { type ClientRequest } from 'node:http'
import type { Headers } from '../../../shared/exchange.ts'
import { toHttp1Fields } from './fields.ts'
import { stopSending } from './http2-answer.ts'
import { type Passing, passingHere } from './passing.ts'

/** What node:http keeps of a request without saying so; all of it is older than Node 10. */
interface Inside {
  _storeHeader: (firstLine: string, headers: unknown) => void
  _send: (data: unknown, encoding: BufferEncoding | null | undefined, ...rest: unknown[]) => boolean
  /** Nothing is added where these were taken out. */
  _removedConnection: boolean
  _removedTE: boolean
  insecureHTTPParser: boolean
  maxHeaderSize: number
}

/** Bytes of a server's head that are read; Node's own limit is 16 KiB, which one answer with many cookies goes over. */
export const HEAD_LIMIT = 262_144

let isPatched = false

/** Makes what is sent for a `Passing` be what its client sent. */
export function writeHttp1Exactly(): void {
  if (isPatched) return
  isPatched = true
  const inside = http.ClientRequest.prototype as unknown as Inside
  const { _storeHeader, _send } = inside
  inside._storeHeader = function (this: ClientRequest & Inside, firstLine, headers) {
    // On the way to the server another proxy may have to be asked for a tunnel.
    const passing = this.method === 'CONNECT' ? undefined : passingHere()
    if (!passing) return _storeHeader.call(this, firstLine, headers)
    this._removedConnection = true
    this._removedTE = true
    // Servers break rules of the syntax that clients do not insist on; what cannot be passed on is left out then.
    this.insecureHTTPParser = true
    this.maxHeaderSize = HEAD_LIMIT
    // Alone, a head would leave as UTF-8: what was read a byte a character has to be written so.
    this._send = (data, encoding, ...rest) => _send.call(this, data, data === '' ? 'latin1' : encoding, ...rest)
    this.on('continue', () => passing.response.sendInformationalResponse(100, []))
    this.once('close', () => stopSending(passing))
    _storeHeader.call(this, requestLine(passing) ?? firstLine, fieldsOf(passing).flat())
  }
}

/** Null where the client did not name a path. */
function requestLine({ request }: Passing): string | null {
  const version = request.httpVersion === '1.0' ? '1.0' : '1.1'
  return request.path?.startsWith('/') ? `${request.method} ${request.path} HTTP/${version}\r\n` : null
}

const fieldsOf = ({ request, stream }: Passing): Headers =>
  stream ? toHttp1Fields(request.rawHeaders, !stream.endAfterHeaders) : request.rawHeaders
