/** Is what was issued what was asked for, and does the chain hold (RFC 8555 §7.4.2, §9.1)? */

import type { Finding } from '../../finding.ts'
import { leafOf } from '../../x509/leaf.ts'
import type { ChainMember } from '../../x509/model.ts'
import { compareNames, isSame } from '../compare-names.ts'
import type { IssuedCertificate, Order } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { listed, short } from './words.ts'

export function checkCertificates(evidence: Evidence): readonly Finding[] {
  const certificates = [...evidence.analysis.certificates.values()]
  return [
    ...issuedIn(evidence, certificates).flatMap((issued) => [...names(evidence, issued), ...key(evidence, issued)]),
    ...certificates.flatMap((certificate) => chain(evidence, certificate)),
  ]
}

/** A certificate and the order it was issued for, with all chains in which it was fetched. */
interface Issued {
  readonly leaf: ChainMember
  readonly order: Order
  readonly url: string
  readonly exchanges: readonly string[]
}

/** Alternate chains of one order begin with the same certificate: it is judged once. */
function issuedIn({ analysis }: Evidence, certificates: readonly IssuedCertificate[]): readonly Issued[] {
  const found = new Map<string, Issued & { readonly exchanges: string[] }>()
  for (const { url, order: of, chain: members, exchanges } of certificates) {
    const [leaf, order] = [leafOf(members), analysis.orders.get(of ?? '')]
    if (!leaf || !order) continue
    const id = `${order.url} ${leaf.fingerprintSha256}`
    const known = found.get(id)
    if (known) known.exchanges.push(...exchanges)
    else found.set(id, { leaf, order, url, exchanges: [...exchanges] })
  }
  return [...found.values()]
}

const about = ({ order, url, exchanges }: Issued) => ({
  severity: 'error' as const,
  exchanges: [...exchanges, ...(order.finalizedBy === null ? [] : [order.finalizedBy])],
  object: url,
  consequenceOf: null,
})

/** Who got it, as people call it. */
const clientOf = ({ stepOf, clientOf: name }: Evidence, exchanges: readonly string[]): string => {
  const step = stepOf(exchanges[0] ?? '')
  return step ? name(step) : 'The client'
}

function names(evidence: Evidence, issued: Issued): readonly Finding[] {
  const { leaf, order } = issued
  const compared = compareNames(order.identifiers, leaf.sans)
  if (!compared || isSame(compared)) return []
  const { missing, extra } = compared
  const faults = [
    missing.length ? `lacks ${listed(missing)}` : '',
    extra.length ? `has ${listed(extra)}, which was not ordered` : '',
  ].filter(Boolean)
  return [
    {
      ...about(issued),
      id: 'certificate.names-differ',
      title: `The certificate ${faults.join(', and ')}`,
      explanation: `The order is for ${listed(order.identifiers.map(({ value }) => value))}; the certificate with the serial number ${leaf.serial} is for ${listed(leaf.sans) || 'no name at all'}.`,
      fix: `Do not put this certificate into use: ${clientOf(evidence, issued.exchanges)} would serve it for names it does not have. Order again, and if it comes back the same, tell the CA; it issued what was not ordered.`,
      reference: reference('RFC 8555 §7.4'),
    },
  ]
}

function key(evidence: Evidence, issued: Issued): readonly Finding[] {
  const { leaf, order } = issued
  const { csr } = order
  if (!csr || csr.key.spkiSha256 === leaf.key.spkiSha256) return []
  return [
    {
      ...about(issued),
      id: 'certificate.key-differs',
      title: 'The certificate is for another key than the CSR',
      explanation: `The CSR has a key of kind ${csr.key.type} (SHA-256 ${csr.key.spkiSha256}), the certificate with the serial number ${leaf.serial} one of kind ${leaf.key.type} (SHA-256 ${leaf.key.spkiSha256}). Nobody who has only the key of the CSR can use it.`,
      fix: `${clientOf(evidence, issued.exchanges)} must not install it with the key it has. See whether the certificate that was fetched is that of another order; else tell the CA.`,
      reference: reference('RFC 8555 §7.4'),
    },
  ]
}

// ───────────────────────────── the chain

function chain(evidence: Evidence, { url, chain: members, exchanges, errors }: IssuedCertificate): readonly Finding[] {
  const at = members.findIndex(({ signedByNext }) => signedByNext?.status === 'invalid')
  const [broken, next] = [members[at], members[at + 1]]
  if (!broken?.signedByNext || !next || errors.length) return []
  const issuer = members.findIndex(({ subject }, place) => place !== at && subject === broken.issuer)
  return [
    {
      id: 'certificate.chain-broken',
      severity: 'warning',
      title: `The chain is broken after its ${ordinal(at + 1)} certificate: the ${ordinal(at + 2)} did not certify it`,
      explanation: [
        `Certificate ${at + 1} is that of ${whose(broken)}, certificate ${at + 2} that of ${whose(next)}.`,
        `Between them, ${broken.signedByNext.reason}.`,
        whereIsIssuer(broken, issuer, at),
      ].join(' '),
      fix: `Clients that build no chain of their own will refuse what ${clientOf(evidence, exchanges)} serves with it. Put the certificates in order, each followed by the one that issued it, or let the client choose another of the CA's chains; then tell the CA, for it should send them so.`,
      reference: reference('RFC 8555 §9.1'),
      exchanges,
      object: url,
      consequenceOf: null,
    },
  ]
}

function whereIsIssuer(broken: ChainMember, issuer: number, at: number): string {
  if (issuer < 0)
    return `The certificate of its issuer, ${short(broken.issuer) || 'without a name'}, is not in the chain.`
  if (issuer === at + 1) return ''
  return `The certificate of ${short(broken.issuer)} is there, but as the ${ordinal(issuer + 1)}: the order is wrong.`
}

const whose = ({ subject, sans }: ChainMember): string => short(subject) || listed(sans) || 'nobody named'

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const ordinal = (place: number): string => ORDINALS[place - 1] ?? `${place}th`
