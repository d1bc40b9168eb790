// RFC 5280 section 4.2.1.10: which names the certificates of an authority may carry. Apart, so that forge is loaded only when an
// authority is made.
import { isIP, isIPv4 } from 'node:net'
import forge from 'node-forge'

const { asn1 } = forge

/** GeneralName, by its tag: RFC 5280 section 4.2.1.6. */
const DNS_NAME = 2
const IP_ADDRESS = 7

const subtree = (tag: number, bytes: string): forge.asn1.Asn1 =>
  asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, false, bytes),
  ])

const subtrees = (tag: number, all: readonly forge.asn1.Asn1[]): forge.asn1.Asn1 =>
  asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, true, [...all])

const EVERY_NAME = subtree(DNS_NAME, '')
const EVERY_ADDRESS = [4, 16].map((size) => subtree(IP_ADDRESS, '\0'.repeat(2 * size)))

/**
 * The extension, critical, for names and addresses: `ca.example.com` and `*.example.com` permit that name and all below, an
 * address itself. Of the kind that is not among them nothing is permitted.
 */
export function nameConstraints(hosts: readonly string[]): { id: string; critical: true; value: string } {
  const [addresses, names] = [hosts.filter((host) => isIP(host) !== 0), hosts.filter((host) => isIP(host) === 0)]
  const permitted = [
    ...names.map((name) => subtree(DNS_NAME, name.replace(/^\*\./, ''))),
    ...addresses.map((address) => subtree(IP_ADDRESS, octets(address) + '\xff'.repeat(isIPv4(address) ? 4 : 16))),
  ]
  const excluded = [...(names.length === 0 ? [EVERY_NAME] : []), ...(addresses.length === 0 ? EVERY_ADDRESS : [])]
  const parts = [subtrees(0, permitted), ...(excluded.length > 0 ? [subtrees(1, excluded)] : [])]
  const value = asn1.toDer(asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, parts)).getBytes()
  return { id: '2.5.29.30', critical: true, value }
}

/** forge has it, and its types do not know. */
const { bytesFromIP } = forge.util as typeof forge.util & { bytesFromIP: (address: string) => string | null }

/** As a URL has it: forge reads no IPv6 address that ends as an IPv4 one. */
const octets = (address: string): string =>
  bytesFromIP(isIPv4(address) ? address : new URL(`http://[${address}]`).hostname.slice(1, -1)) ?? ''
