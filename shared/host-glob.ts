/** Which hosts a person means: `ca.example.com`, `*.example.com`, an address, `*` for all, or `acme` for those we know. */
import { isKnownCa } from './acme/known/cas.ts'
import { isProviderHost } from './dns/providers.ts'

/** As a person wrote it, and whether a host (a name or an address without brackets, whatever its case) is meant. */
export interface HostGlob {
  readonly text: string
  readonly matches: (host: string) => boolean
}

/** A CA or a DNS provider's API that we know by its host. */
export const isAcmeHost = (host: string): boolean => isKnownCa(host) || isProviderHost(host)

const LABEL = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?'
const NAME = new RegExp(`^(?:\\*\\.)?(?:${LABEL}\\.)*${LABEL}$`)

/** Null when it is none: a URL, a port, a `*` anywhere but in front. `*.example.com` is every name below, not itself. */
export function parseHostGlob(given: string): HostGlob | null {
  const text = plain(given)
  if (text === 'acme') return { text, matches: (host) => isAcmeHost(plain(host)) }
  if (text === '*') return { text, matches: () => true }
  if (text.startsWith('*.') && NAME.test(text)) return { text, matches: (host) => plain(host).endsWith(text.slice(1)) }
  if (!NAME.test(text) && !text.includes(':')) return null
  if (!isHost(text)) return null
  return { text, matches: (host) => plain(host) === text }
}

/** Not of a name that ends in a number and is no address: `1.2.3.999`. */
const isHost = (text: string): boolean => URL.canParse(`http://${text.includes(':') ? `[${text}]` : text}/`)

/** In lower case, without brackets or a last dot; an IPv6 address in its shortest form, as it can be written in many. */
function plain(host: string): string {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (bare.includes(':') && isHost(bare)) return new URL(`http://[${bare}]/`).hostname.slice(1, -1)
  return bare.replace(/(?<=\w)\.$/, '')
}
