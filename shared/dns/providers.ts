/** The DNS providers whose APIs we can read. A new one is its file and a line here. */
import { acmedns } from './acmedns.ts'
import { azure } from './azure.ts'
import { cloudflare } from './cloudflare.ts'
import { digitalocean } from './digitalocean.ts'
import { gandi } from './gandi.ts'
import { gcloud } from './gcloud.ts'
import { hetzner } from './hetzner.ts'
import { hetznerCloud } from './hetzner-cloud.ts'
import { ovh } from './ovh.ts'
import type { DnsExchange, Provider } from './provider.ts'
import { describes } from './read.ts'
import { route53 } from './route53.ts'

export const providers: readonly Provider[] = [
  acmedns,
  azure,
  cloudflare,
  digitalocean,
  gandi,
  gcloud,
  hetzner,
  hetznerCloud,
  ovh,
  route53,
]

interface Host {
  readonly provider: Provider
  readonly host: string | RegExp
  readonly isShared: boolean
}

const hosts: readonly Host[] = providers.flatMap((provider) => [
  ...provider.hosts.map((host) => ({ provider, host, isShared: false })),
  ...(provider.sharedHosts ?? []).map((host) => ({ provider, host, isShared: true })),
])
const byName = new Map(hosts.flatMap((row) => (typeof row.host === 'string' ? [[row.host, row] as const] : [])))
const byPattern = hosts.flatMap((row) => (typeof row.host === 'string' ? [] : { ...row, pattern: row.host }))
const byShape = providers.filter(({ recognises }) => recognises)

const byLabel = new Map(providers.map((provider) => [provider.label, provider]))

/** By its label. */
export const providerNamed = (label: string): Provider | null => byLabel.get(label) ?? null

const rowOf = (host: string): Host | undefined =>
  byName.get(host) ?? byPattern.find(({ pattern }) => pattern.test(host))

/** Whether an API we can read is there, among other things or alone. */
export const isProviderHost = (host: string): boolean => rowOf(host) !== undefined

/** Whose API a host is, when nothing was said to it; null also for one that serves other things as well. */
export function providerAt(host: string): Provider | null {
  const known = rowOf(host)
  return known && !known.isShared ? known.provider : null
}

/** Whose API an exchange speaks to; null when it is none we can read. @param host name without port, in lower case */
export function providerOf(host: string, exchange: DnsExchange): Provider | null {
  const known = rowOf(host)
  if (known) return !known.isShared || describes(known.provider, exchange) ? known.provider : null
  return byShape.find(({ recognises }) => recognises?.(exchange)) ?? null
}
