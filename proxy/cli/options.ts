// The flags of `serve` and `run`, once: what they are called, what they mean, and what they parse into.
import { isIP } from 'node:net'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type HostGlob, parseHostGlob } from '../../shared/host-glob.ts'
import type { GateRules } from '../capture/gate/gate.ts'
import { type ConnectTo, parseConnectTo } from '../capture/upstream/connect-to.ts'
import { parseUpstreamProxy, type UpstreamProxy } from '../capture/upstream/proxy.ts'
import { type Credentials, parseCredentials } from '../capture/ways/credentials.ts'
import { Trouble } from '../errors.ts'
import { parseValidation, type ValidationRule } from '../observe/validation/rule.ts'
import { NEW_RECORDING, type NewRecording } from '../recording-writer.ts'

export interface RecorderFlags {
  readonly recordings: string
  readonly proxyPort: number
  readonly proxyHost: string
  readonly uiPort: number
  readonly uiHost: string
  readonly connectTo: readonly ConnectTo[]
  readonly upstreamCa: readonly string[]
  readonly resolver: readonly string[]
  readonly upstreamProxy?: UpstreamProxy
  readonly proxyAuth?: Credentials
  readonly intercept: readonly HostGlob[]
  readonly passthrough: readonly HostGlob[]
  readonly constrainAuthority: readonly HostGlob[]
  readonly ephemeral?: true
  readonly onRefusal: GateRules['onRefusal']
  readonly maxBody: number
  readonly validation: readonly ValidationRule[]
  /** True: with the system's name servers, or those of `--resolver`. */
  readonly watchDns?: string | true
  /** ms */
  readonly watchDnsInterval: number
  readonly newRecording: NewRecording
}

const DEFAULT_PROXY_PORT = 8555
const DEFAULT_UI_PORT = 8556
const HIGHEST_PORT = 65_535

/** `--recordings`, wherever a command reads or writes the folder. */
export const withRecordings = (command: Command): Command =>
  command.option(
    '--recordings <dir>',
    'where recordings and the authority live; ACMESCOPE_RECORDINGS',
    process.env.ACMESCOPE_RECORDINGS || './recordings',
  )

export const CONSTRAIN = 'an authority that can stand for these hosts only; all others pass; repeatable'

export const withRecorderFlags = (command: Command): Command =>
  withRecordings(command)
    .option('--proxy-port <n>', 'port of the proxy; 0 picks a free one', parsePort, DEFAULT_PROXY_PORT)
    .option('--proxy-host <addr>', 'address the proxy listens on', parseAddress, '127.0.0.1')
    .option('--ui-port <n>', 'port of the window; 0 picks a free one', parsePort, DEFAULT_UI_PORT)
    .option('--ui-host <addr>', 'address the window listens on', parseAddress, '127.0.0.1')
    .option('--connect-to <rule>', 'HOST:PORT:HOST2:PORT2, as in curl; repeatable', addConnectTo, [])
    .option('--upstream-ca <file>', 'also trust this CA upstream; repeatable', addText, [])
    .option('--resolver <addr>', 'ask this name server for the servers, ADDR or ADDR:PORT; repeatable', addServer, [])
    .addOption(
      new Option('--upstream-proxy <url>', 'reach the servers through this proxy: http://, https:// or socks5://')
        .env('ACMESCOPE_UPSTREAM_PROXY')
        .argParser(parseProxy),
    )
    .addOption(
      new Option('--proxy-auth <user:password>', 'clients must give these')
        .env('ACMESCOPE_PROXY_AUTH')
        .argParser(parseAuth),
    )
    .option(
      '--intercept <glob>',
      'decrypt only these hosts; acme: known CAs and DNS providers; repeatable',
      addGlob,
      [],
    )
    .option('--passthrough <glob>', 'do not decrypt these hosts; repeatable', addGlob, [])
    .addOption(
      new Option('--on-refusal <what>', 'after a client refused our certificate for a host: let it through undecrypted')
        .choices(['fail', 'passthrough'])
        .default('fail'),
    )
    .option(
      '--validation <rule>',
      "forward the CA's requests to the client and record them: http-01=PORT:HOST:PORT or tls-alpn-01=PORT:HOST:PORT; repeatable",
      addValidation,
      [],
    )
    .option('--constrain-authority <glob>', CONSTRAIN, addConstraint, [])
    .option('--ephemeral', 'an authority in memory only, new each time')
    .option(
      '--watch-dns [server]',
      'watch written TXT values become visible at the authoritative servers, which this name server finds: ADDR or ADDR:PORT',
      parseServerFlag,
    )
    .addOption(
      new Option('--watch-dns-interval <seconds>', 'how often they are asked, from 0.2 to 60')
        .argParser(parseInterval)
        .default(2_000, '2'),
    )
    .option('--max-body <bytes>', 'record a larger body as omitted', parseSize, 10_485_760)
    .addOption(
      new Option('--new-recording <when>', 'when a new recording begins; never in the middle of an order')
        .choices(NEW_RECORDING)
        .default('never'),
    )

function addGlob(text: string, before: readonly HostGlob[]): readonly HostGlob[] {
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

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port
  throw new InvalidArgumentError('a port is a number from 0 to 65535.')
}

function parseAddress(text: string): string {
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

function addConnectTo(text: string, before: readonly ConnectTo[]): readonly ConnectTo[] {
  const rule = parseConnectTo(text)
  if (rule) return [...before, rule]
  throw new InvalidArgumentError('it is HOST:PORT:HOST2:PORT2; parts may be empty, IPv6 addresses stand in brackets.')
}

function addValidation(text: string, before: readonly ValidationRule[]): readonly ValidationRule[] {
  const rule = parseValidation(text)
  if (rule) return [...before, rule]
  throw new InvalidArgumentError(
    'it is http-01=PORT:HOST:PORT or tls-alpn-01=PORT:HOST:PORT, where we listen and where the client does: http-01=80:127.0.0.1:8080. An address to listen on may stand before it, IPv6 addresses in brackets.',
  )
}

/** `9.9.9.9`, `127.0.0.1:5353`, `::1`, `[::1]:5353` → as `dns.Resolver.setServers` takes it. */
function addServer(text: string, before: readonly string[]): readonly string[] {
  return [...before, parseServerFlag(text)]
}

function parseServerFlag(text: string): string {
  const [, bracketed, plain, port] = /^(?:\[([\da-fA-F:]+)\]|([\d.]+)):(\d+)$/.exec(text) ?? []
  const isRight = isIP(bracketed ?? plain ?? text) !== 0 && Number(port ?? 1) <= HIGHEST_PORT && port !== '0'
  if (isRight) return text
  throw new InvalidArgumentError('a name server is an address, like 9.9.9.9, 127.0.0.1:5353 or [::1]:5353.')
}

/** Seconds → ms. */
function parseInterval(text: string): number {
  const seconds = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && seconds >= 0.2 && seconds <= 60) return seconds * 1_000
  throw new InvalidArgumentError('it is a number of seconds from 0.2 to 60.')
}

function parseProxy(text: string): UpstreamProxy {
  const proxy = parseUpstreamProxy(text)
  if (proxy) return proxy
  // Not as commander says it: that repeats what was given, and it may hold a password.
  throw new Trouble('usage', '--upstream-proxy holds no URL of a proxy', {
    fix: 'it is like http://proxy.example:3128 or socks5://user:password@127.0.0.1:1080',
  })
}

function parseAuth(text: string): Credentials {
  const credentials = parseCredentials(text)
  if (credentials) return credentials
  throw new Trouble('usage', '--proxy-auth holds no USER:PASSWORD', {
    fix: 'give both, of at most 255 bytes each; only the password may hold a colon',
  })
}

const addText = (text: string, before: readonly string[]): readonly string[] => [...before, text]
