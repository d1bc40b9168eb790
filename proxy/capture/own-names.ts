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
