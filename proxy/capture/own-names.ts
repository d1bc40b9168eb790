// The names under which the proxy itself is reached: asked for there, nobody meant to be recorded.
import { hostname, networkInterfaces } from 'node:os'

/** `host:port` as it stands in a URL, for every address of this machine. Port 80 is left out of URLs, and so here. */
export function ownNames(port: number): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const hosts = addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address.split('%')[0]}]` : address))
  return new Set(
    ['localhost', hostname().toLowerCase(), '127.0.0.1', '[::1]', ...hosts].map((host) =>
      port === 80 ? host : `${host}:${port}`,
    ),
  )
}

/** Whether it is one of this machine's. */
export function isOwnAddress(address: string): boolean {
  if (/^(127\.|0\.0\.0\.0$|::1$|::$)/.test(address)) return true
  return Object.values(networkInterfaces()).some((each) => each?.some((own) => own.address === address))
}

/** Whether who connects to this address of this machine reaches who listens on `host`. */
export const isListenedOn = (host: string, address: string): boolean =>
  ['0.0.0.0', '::'].includes(host) ? isOwnAddress(address) : address === (host === 'localhost' ? '127.0.0.1' : host)
