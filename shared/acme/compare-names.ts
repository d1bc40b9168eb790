/** Names compared: what an order asks for, what a CSR asks for, what was issued. In any order, in any spelling. */

import { canonicalIp } from '../x509/ip.ts'
import { isCutText } from './cut.ts'
import type { Identifier } from './model.ts'

export interface NamesCompared {
  /** Wanted and not given. */
  readonly missing: readonly string[]
  /** Given and not wanted. */
  readonly extra: readonly string[]
}

/** Kinds of identifier that stand in a certificate as they do in an order (RFC 8555 §7.1.4, RFC 8738 §3). */
const COMPARABLE: readonly string[] = ['dns', 'ip']

/** No CA takes more in one order; each of any number of CSRs is compared with all of them. */
const MAX_COMPARED = 2000

/**
 * Null when nobody can say: no identifiers are known, or too many, some are of another kind, or values were cut from the
 * recording.
 * @param given DNS names and IP addresses, as `Csr.names` and `Certificate.sans` have them
 */
export function compareNames(wanted: readonly Identifier[], given: readonly string[]): NamesCompared | null {
  if (
    !wanted.length ||
    wanted.length > MAX_COMPARED ||
    wanted.some(({ type, value }) => !COMPARABLE.includes(type) || isCutText(value))
  )
    return null
  if (given.some(isCutText)) return null
  const [asked, got] = [wanted.map(({ value }) => value), given].map(bySpelling)
  if (!asked || !got) return null
  return {
    missing: [...asked].filter(([name]) => !got.has(name)).map(([, shown]) => shown),
    extra: [...got].filter(([name]) => !asked.has(name)).map(([, shown]) => shown),
  }
}

export const isSame = ({ missing, extra }: NamesCompared): boolean => !missing.length && !extra.length

const bySpelling = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [canonicalIp(name) ?? name.toLowerCase(), name]))

/** A name, and in which of the three it stands; null where that one is not known. */
export interface NameRow {
  readonly name: string
  readonly ordered: boolean | null
  readonly requested: boolean | null
  readonly issued: boolean | null
}

/** Every name of the three, in the order in which they first appear. */
export function nameRows(
  ordered: readonly string[] | null,
  requested: readonly string[] | null,
  issued: readonly string[] | null,
): readonly NameRow[] {
  const [order, csr, certificate] = [ordered, requested, issued].map((names) => names && bySpelling(names))
  const all = new Map([...(order ?? []), ...(csr ?? []), ...(certificate ?? [])])
  return [...all].map(([key, name]) => ({
    name,
    ordered: order?.has(key) ?? null,
    requested: csr?.has(key) ?? null,
    issued: certificate?.has(key) ?? null,
  }))
}
