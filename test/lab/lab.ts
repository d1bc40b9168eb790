/** The whole lab on loopback: a CA, a DNS, a DNS provider's API, and the way to reach them by their names. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLabAuthority } from './certificates.ts'
import { type Cloudflare, type CloudflareOptions, startCloudflare } from './cloudflare.ts'
import { type DnsServer, startDnsServer } from './dns-server.ts'
import { caHost, otherCaHost, type Pebble, type PebbleOptions, startPebble } from './pebble.ts'
import { startTunnel, type Tunnel } from './tunnel.ts'
import { startPlainTls, startWebServer, type WebServerOptions } from './web-server.ts'

export interface LabOptions {
  readonly pebble?: Omit<PebbleOptions, 'authority' | 'folder' | 'dnsServer'>
  readonly cloudflare?: Pick<CloudflareOptions, 'token' | 'serveTxt' | 'hold' | 'isDown'>
  /** Serves the lab's webroot where Pebble looks for http-01; without it that port is free for a client's own server. */
  readonly web?: WebServerOptions['serves']
  /** A TLS server of the site's own stands where Pebble looks for tls-alpn-01. */
  readonly hasPlainTls?: boolean
  /** Names that the DNS answers SERVFAIL for, whatever is asked of them. */
  readonly brokenNames?: readonly string[]
  /** IPv4, where all names lead; default 127.0.0.1. */
  readonly address?: string
  /** The zones that the Cloudflare account has; default `example.test`. */
  readonly zones?: readonly string[]
}

export interface Lab extends AsyncDisposable {
  /** Everything of this lab lives here and goes with it. */
  readonly folder: string
  /** The PEM file of the root that signed the certificates of Pebble and of the Cloudflare stand-in. */
  readonly root: string
  /** Where a client puts its http-01 answers, with `web`. */
  readonly webroot: string
  readonly dns: DnsServer
  readonly pebble: Pebble
  readonly cloudflare: Cloudflare
  /** `HOST:PORT` → the port of 127.0.0.1 where that peer really is. */
  readonly routes: ReadonlyMap<string, number>
  /** The same as `--connect-to HOST:PORT:HOST2:PORT2`, and `--upstream-ca`: what acmescope needs to know of the lab. */
  readonly acmescopeFlags: readonly string[]
  /** Carries clients to the lab without acmescope. */
  readonly tunnel: Tunnel
  stop(): Promise<void>
}

/** The three names of the reference scenario: an apex, its wildcard, and one in another branch. */
export const referenceNames = ['*.nas.example.test', 'nas.example.test', 'test1.test2.example.test'] as const

/** Starts everything; what had started is stopped again when something does not. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'acmescope-lab-'))
  const undo: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 3 })]
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const peers = await startPeers(folder, options, undo)
    return { ...peers, folder, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startPeers(folder: string, options: LabOptions, undo: (() => Promise<void>)[]) {
  const started = <Peer extends { stop(): Promise<void> }>(peer: Peer) => {
    undo.push(() => peer.stop())
    return peer
  }
  const zones = options.zones ?? ['example.test']
  const authority = createLabAuthority()
  const root = join(folder, 'root.pem')
  await writeFile(root, authority.certificate)
  const dns = started(await startDnsServer(zones, options.brokenNames, options.address))
  const certificate = authority.issue(['api.cloudflare.com'])
  const cloudflare = started(await startCloudflare({ certificate, zones, dns, ...options.cloudflare }))
  const pebble = started(await startPebble({ authority, folder, dnsServer: dns.address, ...options.pebble }))
  const webroot = join(folder, 'webroot')
  if (options.web !== undefined) {
    started(await startWebServer({ port: pebble.httpPort, webroot, serves: options.web }))
  }
  if (options.hasPlainTls === true) started(await startPlainTls(pebble.tlsPort, authority.issue(['www.example.test'])))
  const routes = new Map([
    [`${caHost}:${pebble.port}`, pebble.port],
    [`${otherCaHost}:${pebble.port}`, pebble.port],
    ['api.cloudflare.com:443', cloudflare.port],
  ])
  const tunnel = started(await startTunnel(routes))
  return { root, webroot, dns, cloudflare, pebble, routes, tunnel, acmescopeFlags: acmescopeFlags(routes, root) }
}

function acmescopeFlags(routes: ReadonlyMap<string, number>, root: string): readonly string[] {
  const connections = [...routes].flatMap(([name, port]) => ['--connect-to', `${name}:127.0.0.1:${port}`])
  return [...connections, '--upstream-ca', root]
}
