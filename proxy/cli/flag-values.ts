// What the values of flags parse into; what cannot be read is said with what would be right.
import { isIP } from 'node:net'
import { InvalidArgumentError } from 'commander'
import { type HostGlob, parseHostGlob } from '../../shared/host-glob.ts'
import { type ConnectTo, parseConnectTo } from '../capture/upstream/connect-to.ts'
import { parseUpstreamProxy, type UpstreamProxy } from '../capture/upstream/proxy.ts'
import { type Credentials, parseCredentials } from '../capture/ways/credentials.ts'
import { Trouble } from '../errors.ts'
import { parseValidation, type ValidationRule } from '../observe/validation/rule.ts'

const HIGHEST_PORT = 65_535

export function addGlob(text: string, before: readonly HostGlob[]): readonly HostGlob[] {
  const glob = parseHostGlob(text)
  if (glob) return [...before, glob]
  throw new InvalidArgumentError(
    'a host is a name (ca.example.com), all below one (*.example.com), an address, or acme; no URL and no port.',
  )
}

/** What a certificate can say: `acme` and `*` are no names. */
export function addConstraint(text: string, before: readonly HostGlob[]): readonly HostGlob[] {
  const glob = parseHostGlob(text)
  if (glob && glob.text !== 'acme' && glob.text !== '*') return [...before, glob]
  throw new InvalidArgumentError('a host is a name (ca.example.com), all below one (*.example.com), or an address.')
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port
  throw new InvalidArgumentError('a port is a number from 0 to 65535.')
}

export function parseAddress(text: string): string {
  if (/^\[?[\w.:%-]+\]?$/.test(text)) return text.replace(/^\[|\]$/g, '')
  throw new InvalidArgumentError('an address is like 127.0.0.1 or ::1.')
}

const UNITS: Readonly<Record<string, number>> = { '': 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }

/** `1048576` or `500MB` → bytes. */
export function parseSize(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(kB|MB|GB|TB)?$/.exec(text) ?? []
  const bytes = Math.round(Number(digits) * (UNITS[unit] ?? 1))
  if (digits !== '' && Number.isSafeInteger(bytes)) return bytes
  throw new InvalidArgumentError('a size is a number of bytes, or of kB, MB, GB or TB: 500MB.')
}

const SPANS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/** `12h`, `30d` or `8w` → ms. */
export function parseSpan(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([hdw])$/.exec(text) ?? []
  const span = Number(digits) * (SPANS[unit] ?? 0)
  if (digits !== '' && Number.isSafeInteger(span)) return span
  throw new InvalidArgumentError('a time is a number of hours, days or weeks: 12h, 30d, 8w.')
}

export function addConnectTo(text: string, before: readonly ConnectTo[]): readonly ConnectTo[] {
  const rule = parseConnectTo(text)
  if (rule) return [...before, rule]
  throw new InvalidArgumentError('it is HOST:PORT:HOST2:PORT2; parts may be empty, IPv6 addresses stand in brackets.')
}

export function addValidation(text: string, before: readonly ValidationRule[]): readonly ValidationRule[] {
  const rule = parseValidation(text)
  if (rule) return [...before, rule]
  throw new InvalidArgumentError(
    'it is http-01=PORT:HOST:PORT or tls-alpn-01=PORT:HOST:PORT, where we listen and where the client does: http-01=80:127.0.0.1:8080. An address to listen on may stand before it, IPv6 addresses in brackets.',
  )
}

/** `9.9.9.9`, `127.0.0.1:5353`, `::1`, `[::1]:5353` → as `dns.Resolver.setServers` takes it. */
export function addServer(text: string, before: readonly string[]): readonly string[] {
  return [...before, parseServerFlag(text)]
}

export function parseServerFlag(text: string): string {
  const [, bracketed, plain, port] = /^(?:\[([\da-fA-F:]+)\]|([\d.]+)):(\d+)$/.exec(text) ?? []
  const isRight = isIP(bracketed ?? plain ?? text) !== 0 && Number(port ?? 1) <= HIGHEST_PORT && port !== '0'
  if (isRight) return text
  throw new InvalidArgumentError('a name server is an address, like 9.9.9.9, 127.0.0.1:5353 or [::1]:5353.')
}

/** Seconds → ms. */
export function parseInterval(text: string): number {
  const seconds = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && seconds >= 0.2 && seconds <= 60) return seconds * 1_000
  throw new InvalidArgumentError('it is a number of seconds from 0.2 to 60.')
}

export function parseProxy(text: string): UpstreamProxy {
  const proxy = parseUpstreamProxy(text)
  if (proxy) return proxy
  // Not as commander says it: that repeats what was given, and it may hold a password.
  throw new Trouble('usage', '--upstream-proxy holds no URL of a proxy', {
    fix: 'it is like http://proxy.example:3128 or socks5://user:password@127.0.0.1:1080',
  })
}

export function parseAuth(text: string): Credentials {
  const credentials = parseCredentials(text)
  if (credentials) return credentials
  throw new Trouble('usage', '--proxy-auth holds no USER:PASSWORD', {
    fix: 'give both, of at most 255 bytes each; only the password may hold a colon',
  })
}

export const addText = (text: string, before: readonly string[]): readonly string[] => [...before, text]
