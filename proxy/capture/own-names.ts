// Where the proxy itself is reached: who asks for that meant nobody else, and who connects there comes back to us.
import { BlockList, isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import type { Target } from './upstream/connect-to.ts'

/** Whether that is a name or an address of this machine, with the port of the proxy. */
export function ownNames(port: number): (target: Target) => boolean {
  const names = new Set(['localhost', hostname().toLowerCase(), ...LOOPBACK, ...ownAddresses()])
  return (target) => target.port === port && names.has(target.host.toLowerCase())
}

const LOOPBACK = ['127.0.0.1', '::1']

const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).map(({ address }) => address.split('%')[0] ?? address),
  )

/** Whether it is one of this machine's. */
export function isOwnAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 0) return false
  // It knows an IPv4 address that comes as an IPv6 one, however that is written (RFC 4291 section 2.5.5.2).
  const own = new BlockList()
  own.addSubnet('127.0.0.0', 8, 'ipv4')
  for (const each of ['0.0.0.0', '::', '::1', ...ownAddresses()])
    own.addAddress(each, isIP(each) === 6 ? 'ipv6' : 'ipv4')
  return own.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** Whether who connects to this address of this machine reaches who listens on `host`. */
export const isListenedOn = (host: string, address: string): boolean =>
  ['0.0.0.0', '::'].includes(host) ? isOwnAddress(address) : address === (host === 'localhost' ? '127.0.0.1' : host)

/** What a URL asks for; null when it is none. */
export function targetOfUrl(text: string): Target | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname: host, port } = new URL(text)
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) }
}
