/** Pebble, Let's Encrypt's ACME server for tests, under its own host name and certificate. */
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import type { LabAuthority } from './certificates.ts'
import { freePorts } from './ports.ts'
import { type Running, start } from './processes.ts'

/** Go clients proxy no loopback name, so the CA has a name of its own that nothing resolves but `--connect-to`. */
export const caHost = 'ca.example.test'
/** Another name of the same, for a client that takes it for another CA. */
export const otherCaHost = 'other-ca.example.test'

/** Its terms of service, which it always gives as this data URL. */
export const pebbleTerms = 'data:text/plain,Do%20what%20thou%20wilt'

export interface PebbleOptions {
  readonly authority: LabAuthority
  /** For its configuration; must exist. */
  readonly folder: string
  /** `127.0.0.1:PORT` of the DNS it asks. */
  readonly dnsServer: string
  /** Percentage of good nonces refused all the same; Pebble's own default is 5. */
  readonly nonceReject?: number
  /** Percentage of valid authorizations used again in new orders; Pebble's own default is 50. */
  readonly authorizationReuse?: number
  /** How many alternate chains each certificate has. */
  readonly alternateRoots?: number
  /** Intermediates between leaf and root. */
  readonly chainLength?: number
  /** External account binding is required, with these keys (key id → base64url MAC key). */
  readonly eab?: Readonly<Record<string, string>>
  /** Names it refuses to issue for. */
  readonly blocked?: readonly string[]
  /** Pebble's random seconds before each validation; off, as a lab is to be quick. */
  readonly sleep?: boolean
}

export interface Pebble {
  readonly port: number
  /** Roots and certificate status, not ACME: https, same certificate. */
  readonly managementPort: number
  /** `https://ca.example.test:PORT/dir`; the one thing a client is told. */
  readonly directory: string
  /** Where it looks for http-01 and tls-alpn-01 answers. */
  readonly httpPort: number
  readonly tlsPort: number
  /** Its log so far. */
  log(): string
  stop(): Promise<void>
}

/** Starts `pebble` on free ports of 127.0.0.1 and resolves once it answers with its directory; 15 s at most. */
export async function startPebble(options: PebbleOptions, attempts = 3): Promise<Pebble> {
  const [port = 0, managementPort = 0, httpPort = 0, tlsPort = 0] = await freePorts(4)
  const ports = { port, managementPort, httpPort, tlsPort }
  const running = start({ argv: ['pebble', ...(await configure(options, ports))], env: environment(options) })
  try {
    await running.line(/Listening on: /, 10_000)
    await answers(port, options.authority.certificate, running)
  } catch (error) {
    await running.stop()
    // Between asking for a free port and binding it somebody else may have taken it.
    if (attempts > 1 && /address already in use/.test(running.output())) return startPebble(options, attempts - 1)
    throw error
  }
  return {
    ...ports,
    directory: `https://${caHost}:${port}/dir`,
    log: running.output,
    stop: async () => void (await running.stop()),
  }
}

type Ports = Pick<Pebble, 'port' | 'managementPort' | 'httpPort' | 'tlsPort'>

async function configure(options: PebbleOptions, ports: Ports): Promise<readonly string[]> {
  const folder = join(options.folder, 'pebble')
  await mkdir(folder, { recursive: true })
  const { certificate, key } = options.authority.issue([caHost, otherCaHost])
  const paths = {
    config: join(folder, 'config.json'),
    certificate: join(folder, 'cert.pem'),
    key: join(folder, 'key.pem'),
  }
  const pebble = {
    listenAddress: `127.0.0.1:${ports.port}`,
    managementListenAddress: `127.0.0.1:${ports.managementPort}`,
    certificate: paths.certificate,
    privateKey: paths.key,
    httpPort: ports.httpPort,
    tlsPort: ports.tlsPort,
    ocspResponderURL: '',
    externalAccountBindingRequired: options.eab !== undefined,
    externalAccountMACKeys: options.eab ?? {},
    ...(options.blocked === undefined ? {} : { domainBlocklist: options.blocked }),
  }
  await writeFile(paths.certificate, certificate)
  await writeFile(paths.key, key, { mode: 0o600 })
  await writeFile(paths.config, JSON.stringify({ pebble }))
  return ['-config', paths.config, '-dnsserver', options.dnsServer]
}

function environment(options: PebbleOptions): Record<string, string> {
  return {
    PEBBLE_WFE_NONCEREJECT: String(options.nonceReject ?? 0),
    PEBBLE_AUTHZREUSE: String(options.authorizationReuse ?? 0),
    PEBBLE_ALTERNATE_ROOTS: String(options.alternateRoots ?? 0),
    PEBBLE_CHAIN_LENGTH: String(options.chainLength ?? 1),
    ...(options.sleep === true ? {} : { PEBBLE_VA_NOSLEEP: '1' }),
  }
}

/** Its log speaks a moment before its socket does: ask until the directory comes, or the process or 5 s have ended. */
async function answers(port: number, ca: string, running: Running): Promise<void> {
  const deadline = performance.now() + 5_000
  let ended = false
  running.ended.finally(() => {
    ended = true
  })
  while (!(await directoryAnswers(port, ca))) {
    if (ended || performance.now() > deadline) throw new Error(`pebble does not answer:\n${running.output()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function directoryAnswers(port: number, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: '/dir',
      ca,
      servername: caHost,
      headers: { host: caHost },
      timeout: 1_000,
    }
    const asked = request(options, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.once('timeout', () => asked.destroy())
    asked.once('error', () => resolve(false)).end()
  })
}
