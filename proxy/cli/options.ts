// The flags of `serve` and `run`, once: what they are called, and what they mean.
import { type Command, Option } from 'commander'
import type { HostGlob } from '../../shared/host-glob.ts'
import type { GateRules } from '../capture/gate/gate.ts'
import type { ConnectTo } from '../capture/upstream/connect-to.ts'
import type { UpstreamProxy } from '../capture/upstream/proxy.ts'
import type { Credentials } from '../capture/ways/credentials.ts'
import type { ValidationRule } from '../observe/validation/rule.ts'
import { NEW_RECORDING, type NewRecording } from '../recording-writer.ts'
import {
  addConnectTo,
  addConstraint,
  addGlob,
  addServer,
  addText,
  addValidation,
  parseAddress,
  parseAuth,
  parseInterval,
  parsePort,
  parseProxy,
  parseServerFlag,
  parseSize,
} from './flag-values.ts'

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

/** `--recordings`, wherever a command reads or writes the folder. */
export const withRecordings = (command: Command): Command =>
  command.option(
    '--recordings <dir>',
    'where recordings and the authority live; ACMESCOPE_RECORDINGS',
    process.env.ACMESCOPE_RECORDINGS || './recordings',
  )

export const CONSTRAIN = 'an authority that can stand for these hosts only; all others pass; repeatable'

export const withRecorderFlags = (command: Command): Command =>
  [withRecordings, withAddresses, withServers, withDecryption, withWatching, withRecording].reduce(
    (so, add) => add(so),
    command,
  )

const withAddresses = (command: Command): Command =>
  command
    .optionsGroup('Where it listens:')
    .option('--proxy-port <n>', 'port of the proxy; 0 picks a free one', parsePort, DEFAULT_PROXY_PORT)
    .option('--proxy-host <addr>', 'address the proxy listens on', parseAddress, '127.0.0.1')
    .option('--ui-port <n>', 'port of the window; 0 picks a free one', parsePort, DEFAULT_UI_PORT)
    .option('--ui-host <addr>', 'address the window listens on', parseAddress, '127.0.0.1')
    .addOption(
      new Option('--proxy-auth <user:password>', 'clients must give these')
        .env('ACMESCOPE_PROXY_AUTH')
        .argParser(parseAuth),
    )

const withServers = (command: Command): Command =>
  command
    .optionsGroup('How servers are reached:')
    .option('--connect-to <rule>', 'HOST:PORT:HOST2:PORT2, as in curl; repeatable', addConnectTo, [])
    .option('--upstream-ca <file>', 'also trust this CA upstream; repeatable', addText, [])
    .option('--resolver <addr>', 'ask this name server for the servers, ADDR or ADDR:PORT; repeatable', addServer, [])
    .addOption(
      new Option('--upstream-proxy <url>', 'reach the servers through this proxy: http://, https:// or socks5://')
        .env('ACMESCOPE_UPSTREAM_PROXY')
        .argParser(parseProxy),
    )

const withDecryption = (command: Command): Command =>
  command
    .optionsGroup('What is decrypted:')
    .option('--intercept <host>', 'these hosts only; acme: known CAs and DNS providers; repeatable', addGlob, [])
    .option('--passthrough <host>', 'not these hosts; repeatable', addGlob, [])
    .addOption(
      new Option('--on-refusal <what>', 'once a client refused our certificate for a host: let it through undecrypted')
        .choices(['fail', 'passthrough'])
        .default('fail'),
    )
    .option('--constrain-authority <host>', CONSTRAIN, addConstraint, [])
    .option('--ephemeral', 'an authority in memory only, new each time')

const withWatching = (command: Command): Command =>
  command
    .optionsGroup('What is seen beside the proxy:')
    .option(
      '--validation <rule>',
      "forward the CA's requests to the client and record them: http-01=PORT:HOST:PORT or tls-alpn-01=PORT:HOST:PORT; repeatable",
      addValidation,
      [],
    )
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

const withRecording = (command: Command): Command =>
  command
    .optionsGroup('What is recorded:')
    .addOption(
      new Option('--max-body <bytes>', 'record a larger body as omitted')
        .argParser(parseSize)
        .default(10_485_760, '10 MiB'),
    )
    .addOption(
      new Option('--new-recording <when>', 'when a new recording begins; never in the middle of an order')
        .choices(NEW_RECORDING)
        .default('never'),
    )
