// A `Host` header with an IPv6 address and no port (`[2001:db8::1]`): mockttp splits it at its last colon, and takes the request
// for broken. Here the port that is meant is added before it looks.
import url from 'mockttp/dist/util/url'

const BARE = /^\[[^\]]*\]$/
let isPatched = false

/** For all of this process; a second call changes nothing. */
export function readBracketedHosts(): void {
  if (isPatched) return
  isPatched = true
  const { getDestination, getDefaultPort } = url
  Reflect.set(url, 'getDestination', (protocol: 'http' | 'https', host: string) =>
    getDestination(protocol, BARE.test(host) ? `${host}:${getDefaultPort(protocol)}` : host),
  )
}
