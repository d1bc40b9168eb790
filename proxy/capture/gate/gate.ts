// What is decrypted, host by host: all of it, only what a person named, and not what a client would not have decrypted.
import type { HostGlob } from '../../../shared/host-glob.ts'

export interface GateRules {
  /** Only these hosts are decrypted; none: all. */
  readonly intercept: readonly HostGlob[]
  /** All that our authority can stand for; none: anything. */
  readonly constrained: readonly HostGlob[]
  /** Not even these. */
  readonly passthrough: readonly HostGlob[]
  /** `passthrough`: a host whose certificate of ours a client refused is left to that client undecrypted from then on. */
  readonly onRefusal: 'fail' | 'passthrough'
}

export const OPEN_GATE: GateRules = { intercept: [], constrained: [], passthrough: [], onRefusal: 'fail' }

/** `outside`: no host that is to be decrypted · `refused`: this client refused our certificate for it before. */
export type Verdict = 'decrypt' | 'outside' | 'refused'

export interface Gate {
  /** False: everything is decrypted, and nobody needs to look. */
  readonly isSelective: boolean
  readonly isOutside: (host: string) => boolean
  /** @param client its address */
  readonly verdict: (client: string, host: string) => Verdict
  readonly refused: (client: string, host: string) => void
}

/** What was asked for or, where that is only an address, the name in the hello; null where neither is known. */
export const whoIsMeant = (asked: string | null, sni: string | undefined): string | null =>
  asked !== null && (!isAddress(asked) || !sni) ? asked : (sni ?? null)

const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host)

/** The pair longest unheard of is forgotten: its client then refuses us once more. */
const MOST_REFUSALS = 10_000

export function createGate({ intercept, constrained, passthrough, onRefusal }: GateRules): Gate {
  const refusals = new Set<string>()
  const keyOf = (client: string, host: string): string => `${client}\n${host.toLowerCase()}`
  const isNamed = (globs: readonly HostGlob[], host: string): boolean => globs.some(({ matches }) => matches(host))
  const isOutside = (host: string): boolean =>
    [intercept, constrained].some((globs) => globs.length > 0 && !isNamed(globs, host)) || isNamed(passthrough, host)
  return {
    isSelective: [intercept, constrained, passthrough].some(({ length }) => length > 0) || onRefusal === 'passthrough',
    isOutside,
    verdict(client, host) {
      if (isOutside(host)) return 'outside'
      return refusals.has(keyOf(client, host)) ? 'refused' : 'decrypt'
    },
    refused(client, host) {
      if (onRefusal === 'fail') return
      const key = keyOf(client, host)
      refusals.delete(key)
      refusals.add(key)
      const [oldest] = refusals
      if (refusals.size > MOST_REFUSALS && oldest !== undefined) refusals.delete(oldest)
    },
  }
}
