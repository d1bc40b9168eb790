/** The CA of a synthetic recording: what it holds, and how it shows it. Everything may be changed by whoever scripts it. */
import { type Issuer, type Keys, makeIntermediate, makeKeys, makeLeaf, makeRoot, sha256, toPem } from './materials.ts'

export interface SyntheticChallenge {
  readonly url: string
  readonly type: string
  /** Null for a type that has none (dns-persist-01). */
  token: string | null
  status: string
  /** A problem document. */
  error: object | null
  /** Further members. */
  more: object
}

export interface SyntheticAuthorization {
  readonly url: string
  readonly identifier: { readonly type: string; readonly value: string }
  readonly wildcard: boolean
  status: string
  challenges: SyntheticChallenge[]
  more: object
}

export interface SyntheticOrder {
  readonly url: string
  readonly finalize: string
  identifiers: readonly { readonly type: string; readonly value: string }[]
  authorizations: SyntheticAuthorization[]
  status: string
  /** Where the certificate is; null until there is one. */
  certificate: string | null
  /** PEM: the default chain, then the alternates. */
  chains: readonly string[]
  /** The leaf, its keys and its id (RFC 9773 §4.1), once issued. */
  leaf: Awaited<ReturnType<typeof makeLeaf>> | null
  keys: Keys | null
  error: object | null
  more: object
}

export interface CaOptions {
  /** Default `ca.example.test`. */
  readonly host?: string
  /** Changes the directory: `(usual) => ({ ...usual, meta: { externalAccountRequired: true } })`. */
  readonly directory?: (usual: Record<string, unknown>) => object
  /** Types offered for a name without a wildcard; a wildcard is offered the DNS ones. */
  readonly challenges?: readonly string[]
  /** Further members of a challenge, or other ones: `{ token: undefined }` takes one away. */
  readonly challenge?: (type: string) => object
}

export type Ca = ReturnType<typeof createCa>

const EXPIRES = '2026-12-31T00:00:00Z'
const BY_DNS = ['dns-01', 'dns-account-01', 'dns-persist-01']

/** @param from ms since the epoch: since when its certificates are valid */
export function createCa(options: CaOptions, from: number) {
  const host = options.host ?? 'ca.example.test'
  const at = (path: string): string => `https://${host}/${path}`
  const counts = new Map<string, number>()
  const next = (kind: string): number => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return counts.get(kind) ?? 0
  }
  const urlOf = (kind: string): string => at(`${kind}/${next(kind)}`)
  const usual = {
    newNonce: at('new-nonce'),
    newAccount: at('new-acct'),
    newOrder: at('new-order'),
    newAuthz: at('new-authz'),
    revokeCert: at('revoke-cert'),
    keyChange: at('key-change'),
    renewalInfo: at('renewal-info'),
    meta: { termsOfService: at('terms'), caaIdentities: [host] },
  }
  const urls = { ...usual, directory: at('dir') }

  function makeChallenge(type: string): SyntheticChallenge {
    const token = type === 'dns-persist-01' ? null : sha256(`token ${host} ${next('token')}`)
    return { url: urlOf('chall'), type, token, status: 'pending', error: null, more: options.challenge?.(type) ?? {} }
  }

  function makeAuthorization(name: string, status: string): SyntheticAuthorization {
    const wildcard = name.startsWith('*.')
    const offered = options.challenges ?? ['http-01', 'dns-01', 'tls-alpn-01']
    const challenges = offered.filter((type) => !wildcard || BY_DNS.includes(type)).map(makeChallenge)
    const identifier = identifierOf(wildcard ? name.slice(2) : name)
    return { url: urlOf('authz'), identifier, wildcard, status, challenges, more: {} }
  }

  return {
    host,
    urls,
    directory: options.directory?.(usual) ?? usual,
    urlOf,
    nonce: (): string => Buffer.from(`nonce ${host} ${next('nonce')}`).toString('base64url'),
    makeAuthorization,
    makeOrder: (names: readonly string[], authorizations?: readonly SyntheticAuthorization[]): SyntheticOrder => ({
      url: urlOf('order'),
      finalize: urlOf('finalize'),
      identifiers: names.map(identifierOf),
      authorizations: [...(authorizations ?? names.map((name) => makeAuthorization(name, 'pending')))],
      status: 'pending',
      certificate: null,
      chains: [],
      leaf: null,
      keys: null,
      error: null,
      more: {},
    }),
    /** Signs a certificate; the order has it from now on. */
    async issue(order: SyntheticOrder, names: readonly string[], keys: Keys): Promise<void> {
      const [issuer, again] = await issuers(from)
      const leaf = await makeLeaf(names, keys.publicKey, issuer, from)
      order.chains = [issuer, again].map(({ certificate }) => toPem([leaf, certificate]))
      order.certificate ??= urlOf('cert')
      order.leaf = leaf
      order.keys = keys
    },
  }
}

export const identifierOf = (value: string) => ({
  type: value.includes(':') || /^[\d.]+$/.test(value) ? 'ip' : 'dns',
  value,
})

/** One intermediate that two roots certify. Made once per process, for the date that was asked for first. */
let made: Promise<readonly [Issuer, Issuer]> | undefined
function issuers(from: number): Promise<readonly [Issuer, Issuer]> {
  made ??= makeIssuers(from)
  return made
}

async function makeIssuers(from: number): Promise<readonly [Issuer, Issuer]> {
  const keys = await makeKeys()
  const roots = await Promise.all([makeRoot('Synthetic Root A', from), makeRoot('Synthetic Root B', from)])
  const [a, b] = await Promise.all(roots.map((root) => makeIntermediate('Synthetic Intermediate', root, keys, from)))
  if (!a || !b) throw new Error('no issuers')
  return [a, b]
}

// ───────────────────────────── what it shows

export const showChallenge = ({ url, type, token, status, error, more }: SyntheticChallenge): object => ({
  type,
  url,
  ...(token !== null && { token }),
  status,
  ...(error && { error }),
  ...more,
})

export const showAuthorization = (one: SyntheticAuthorization): object => ({
  identifier: one.identifier,
  status: one.status,
  expires: EXPIRES,
  challenges: one.challenges.map(showChallenge),
  ...(one.wildcard && { wildcard: true }),
  ...one.more,
})

export const showOrder = (order: SyntheticOrder): object => ({
  status: order.status,
  expires: EXPIRES,
  identifiers: order.identifiers,
  authorizations: order.authorizations.map(({ url }) => url),
  finalize: order.finalize,
  ...(order.status === 'valid' && order.certificate !== null && { certificate: order.certificate }),
  ...(order.error && { error: order.error }),
  ...order.more,
})
