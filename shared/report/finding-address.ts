/** How a link names one finding of a recording: `dns.txt-mismatch@exchange`, by its kind and where it shows first. */
import type { Finding } from '../finding.ts'

const known = new WeakMap<readonly Finding[], ReadonlyMap<Finding, string>>()

/** Each has one of its own: of several that are alike the second ends in `~2`. */
export function findingAddresses(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const before = known.get(findings)
  if (before) return before
  const taken = new Map<string, number>()
  const addresses = new Map(
    findings.map((finding) => {
      const plain = `${finding.id}@${finding.exchanges[0] ?? ''}`
      const count = (taken.get(plain) ?? 0) + 1
      taken.set(plain, count)
      return [finding, count === 1 ? plain : `${plain}~${count}`]
    }),
  )
  known.set(findings, addresses)
  return addresses
}

/**
 * The finding an address names; null for none. The kind alone will do, or `@exchange` alone: then it is the first of that
 * kind, or the first that shows there.
 */
export function findingAt(findings: readonly Finding[], address: string): Finding | null {
  for (const [finding, own] of findingAddresses(findings)) if (own === address) return finding
  return findings.find(({ id, exchanges }) => id === address || `@${exchanges[0]}` === address) ?? null
}
