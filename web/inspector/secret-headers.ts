/** Headers whose values are shown only on request. */
const secret: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-auth-key',
  'x-auth-email',
  'x-auth-token',
  'x-api-key',
  'x-api-secret',
  'api-key',
])

export const isSecretHeader = (name: string): boolean => secret.has(name.toLowerCase())

/** Keeps the scheme (`Bearer`) and says how long the rest is, which is often enough to see what is wrong. */
export function maskSecret(value: string): string {
  const [, scheme = '', rest = value] = /^(Bearer |Basic |Digest )?(.*)$/s.exec(value) ?? []
  return `${scheme}•••••••• (${rest.length} characters)`
}
