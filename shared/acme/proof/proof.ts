/** What each type of challenge wants published, computed from its token, the account and the name. */
import { sha256 } from '@noble/hashes/sha2.js'
import { readBase64url, toBase64url } from '../base64url.ts'
import { listField, stringField, strings } from '../json.ts'
import { MAX_NAME, MAX_URL } from '../limits.ts'
import type { JsonObject, Proof } from '../model.ts'

/** `token || "." || thumbprint` (§8.1); null when either is unknown, or was cut by whoever published the recording. */
export function keyAuthorization(token: string | null, thumbprint: string | null): string | null {
  if (token === null || thumbprint === null || token === '' || readBase64url(token) === null) return null
  return `${token}.${thumbprint}`
}

/** What a proof is computed from. */
export interface ProofInput {
  /** The challenge as the CA showed it. */
  readonly wire: JsonObject
  /** The name to be proven, without the `*.` of a wildcard. */
  readonly name: string
  readonly wildcard: boolean
  readonly token: string | null
  readonly keyAuthorization: string | null
  /** URL of the account. */
  readonly account: string | null
}

const digest = (authorized: string): Uint8Array => sha256(new TextEncoder().encode(authorized))

/** RFC 8555 §8.3: `http://{domain}/.well-known/acme-challenge/{token}`; an IPv6 address in brackets (RFC 8738 §3). */
function httpProof({ name, token, keyAuthorization: body }: ProofInput): Proof | null {
  const host = name.includes(':') ? `[${name}]` : name
  return token === null ? null : { kind: 'http', url: `http://${host}${HTTP_PATH}${token}`, body }
}

export const HTTP_PATH = '/.well-known/acme-challenge/'

/** The token that a URL asks the proof of, when it is one of http-01's. */
export function tokenIn(url: string): string | null {
  const at = url.indexOf(HTTP_PATH)
  return at < 0 ? null : (/^[\w-]+/.exec(url.slice(at + HTTP_PATH.length))?.[0] ?? null)
}

const DNS_LABEL = '_acme-challenge.'

/** Whether a record of this name can be for nothing else. */
export const isChallengeName = (name: string): boolean => name.toLowerCase().startsWith(DNS_LABEL)

/** The value of the TXT record (§8.4); null for a key authorization that is not known. */
export const txtOf = (authorized: string | null): string | null =>
  authorized === null ? null : toBase64url(digest(authorized))

/** RFC 8555 §8.4. The wildcard's name is that of its apex. */
const txtProof = ({ name, keyAuthorization: authorized }: ProofInput, label: string): Proof => ({
  kind: 'txt',
  name: label + name.toLowerCase(),
  value: txtOf(authorized),
})

/** draft-ietf-acme-dns-account-label §3: a label of each account, so that several can hold a name at once. */
const accountProof = (input: ProofInput): Proof | null =>
  input.account === null ? null : txtProof(input, `${accountLabel(input.account)}.${DNS_LABEL}`)

/** `_` and the lower-case base32 of the first ten octets of the SHA-256 of the account's URL. */
export const accountLabel = (account: string): string => `_${toBase32(digest(account).slice(0, 10))}`

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 §6, of a multiple of five octets, so without padding. */
function toBase32(octets: Uint8Array): string {
  const bits = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('')
}

/**
 * draft-ietf-acme-dns-persist §3.1 and §4: no token; the record names one of the CA's names and the account. Since its
 * third version (`issuerDomainNames`) the account is named by a hash, which is not computed here.
 */
const persistentProof = ({ wire, name, wildcard, account }: ProofInput): Proof => ({
  kind: 'persistent-txt',
  name: `_validation-persist.${name.toLowerCase()}`,
  issuers: ['issuer-domain-names', 'issuerDomainNames'].flatMap((field) =>
    strings(listField(wire, field).slice(0, MAX_ISSUERS)),
  ),
  account: stringField(wire, 'accounturi') ?? ('issuerDomainNames' in wire ? null : account),
  wildcard,
})

/** More names than any CA has; each record is held against them. */
const MAX_ISSUERS = 20

const alpnProof = ({ name, keyAuthorization: authorized }: ProofInput): Proof => ({
  kind: 'tls-alpn',
  name,
  digest: authorized === null ? null : toHex(digest(authorized)),
})

const toHex = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')

const PROOFS: ReadonlyMap<string, (input: ProofInput) => Proof | null> = new Map([
  ['http-01', httpProof],
  ['dns-01', (input) => txtProof(input, DNS_LABEL)],
  ['dns-account-01', accountProof],
  ['dns-persist-01', persistentProof],
  ['tls-alpn-01', alpnProof],
])

/** Null for a type that is not described here, and where the place cannot be told. */
export function proofOf(type: string, input: ProofInput): Proof | null {
  const { name, account } = input
  if (name.length > MAX_NAME || (account?.length ?? 0) > MAX_URL) return null
  return PROOFS.get(type)?.(input) ?? null
}

/** The name that is to be proven, from the record's name; hand-edited recordings sometimes lack the label. */
export function bare(recordName: string): string {
  const name = recordName.toLowerCase().replace(/\.$/, '')
  return name.startsWith(DNS_LABEL) ? name.slice(DNS_LABEL.length) : name
}
