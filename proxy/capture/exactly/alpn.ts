// What is offered to a server of ALPN (RFC 7301) for a client that speaks HTTP/1.1: what that client offered, where mockttp offers nothing.
import type { Socket } from 'node:net'
import { TlsMetadata } from 'mockttp/dist/util/socket-extensions'
import { passingHere } from './passing.ts'

/** Undefined: nothing, or it is for others to say. */
export function offeredByClient(): readonly string[] | undefined {
  const passing = passingHere()
  if (!passing || passing.stream) return undefined
  const { socket } = passing.request as unknown as { readonly socket: Socket }
  return socket[TlsMetadata]?.clientAlpn?.includes('http/1.1') ? ['http/1.1'] : undefined
}
