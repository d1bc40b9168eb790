/** The DNS providers whose APIs we can read. A new one is its file and a line here. */
import { cloudflare } from './cloudflare.ts'
import type { Provider } from './provider.ts'

export const providers: readonly Provider[] = [cloudflare]

const byHost = new Map(providers.flatMap((provider) => provider.hosts.map((host) => [host, provider] as const)))

/** @param host name without port, any case */
export const providerOf = (host: string): Provider | null => byHost.get(host.toLowerCase()) ?? null
