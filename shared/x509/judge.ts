/** Chains and signing requests → the same with a verdict: does each member certify the one before, who signed the request? */

import { type ParsedCertificate, parseCertificate } from './certificate.ts'
import { parseCsr } from './csr.ts'
import { authority, authorityKeyId, subjectKeyId } from './extensions.ts'
import type { Certificate, ChainMember, Csr, JudgedCsr, Verdict } from './model.ts'
import { comparableName, showName } from './name.ts'
import { messageOf } from './octets.ts'
import { derOf } from './pem.ts'
import { toNumber } from './values.ts'
import { verifySignature } from './verify.ts'

/** Verdicts reached last, by what they are of: issuers come again and again, and a client may ask with one request twice. */
const reached = new Map<string, Promise<Verdict>>()
const MAX_REACHED = 1024
/** No client's request is longer; one that is must not be held. */
const MAX_ID = 16 * 1024

function once(id: string, judge: () => Promise<Verdict>): Promise<Verdict> {
  if (id.length > MAX_ID) return orUnverifiable(judge)
  const known = reached.get(id)
  if (known) return known
  if (reached.size >= MAX_REACHED) reached.clear()
  const verdict = orUnverifiable(judge)
  reached.set(id, verdict)
  return verdict
}

async function orUnverifiable(judge: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await judge()
  } catch (error) {
    return { status: 'unverifiable', reason: `cannot be checked: ${messageOf(error)}` }
  }
}

/** Never throws. */
export async function judgeCsr(csr: Csr): Promise<JudgedCsr> {
  return { ...csr, signature: await once(csr.pem, () => judgeRequest(csr)) }
}

async function judgeRequest(csr: Csr): Promise<Verdict> {
  const request = parseCsr(derOf(csr.pem))
  const { status, reason } = await verifySignature(request, request.key)
  if (status !== 'valid') return { status, reason }
  return { status, reason: `${reason}, checked with the key in the request` }
}

/**
 * Each certificate with the verdict on the link to the next. Never throws.
 * @param isWhole none is missing that could not be read: else two that do not fit may not have been neighbours
 */
export const judgeChain = (chain: readonly Certificate[], isWhole = true): Promise<readonly ChainMember[]> =>
  Promise.all(
    chain.map(async (certificate, at) => {
      const next = chain[at + 1]
      const link = next ? await judgeLink(certificate, next) : null
      return { ...certificate, signedByNext: link?.status === 'invalid' && !isWhole ? GAP : link }
    }),
  )

const GAP: Verdict = {
  status: 'unverifiable',
  reason: 'cannot be checked: a certificate of this chain cannot be read, and it may stand between them',
}

const judgeLink = (certificate: Certificate, issuer: Certificate): Promise<Verdict> =>
  once(`${certificate.fingerprintSha256} ${issuer.fingerprintSha256}`, async () =>
    link(parseCertificate(derOf(certificate.pem)), parseCertificate(derOf(issuer.pem))),
  )

/** A name may fill the whole certificate, and a verdict is kept. */
const short = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text)

/** Of version 3, it must say so (RFC 5280 §4.2.1.9); older ones cannot. */
const isAuthority = ({ version, extensions }: ParsedCertificate): boolean =>
  authority(extensions) ?? toNumber(version) !== 2

async function link(certificate: ParsedCertificate, issuer: ParsedCertificate): Promise<Verdict> {
  const hindrance = mismatch(certificate, issuer)
  if (hindrance !== null) return { status: 'invalid', reason: hindrance }
  const { status, reason } = await verifySignature(certificate, issuer.key)
  return {
    status,
    reason: status === 'valid' ? `${reason}, checked with the key of ${short(showName(issuer.subject))}` : reason,
  }
}

/** Why the next certificate cannot be the issuer's, whatever the signature; null when it can (RFC 5280 §6.1.3, §4.2.1.1). */
function mismatch(certificate: ParsedCertificate, issuer: ParsedCertificate): string | null {
  if (comparableName(certificate.issuer) !== comparableName(issuer.subject))
    return `it was issued by ${short(showName(certificate.issuer))}, and the next certificate is that of ${short(showName(issuer.subject))}`
  const [wanted, has] = [authorityKeyId(certificate.extensions), subjectKeyId(issuer.extensions)]
  if (wanted !== null && has !== null && wanted !== has)
    return `it names the issuer's key ${short(wanted)}, and the next certificate holds the key ${short(has)}`
  return isAuthority(issuer) ? null : 'the next certificate is not that of a CA'
}
