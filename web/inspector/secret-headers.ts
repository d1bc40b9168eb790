/** Headers whose values are shown only on request: those that an export masks. */
import { HEADER_RULES } from '../../shared/redact/rules.ts'

const secret: ReadonlySet<string> = new Set(HEADER_RULES.map(({ header }) => header))

export const isSecretHeader = (name: string): boolean => secret.has(name.toLowerCase())

/** Keeps the scheme (`Bearer`) and says how long the rest is, which is often enough to see what is wrong. */
export function maskSecret(value: string): string {
  const [, scheme = '', rest = value] = /^(Bearer |Basic |Digest )?(.*)$/s.exec(value) ?? []
  return `${scheme}•••••••• (${rest.length} characters)`
}
