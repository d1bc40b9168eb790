/** Which certificates a recording shows revoked (RFC 8555 §7.6). */
import { readCertificateBase64url } from '../../x509/certificate.ts'
import { payloadObject } from '../fold/traits.ts'
import { stringField } from '../json.ts'
import type { Analysis, Step } from '../model.ts'

const tables = new WeakMap<Analysis, ReadonlyMap<string, Step>>()

/** SHA-256 of a certificate → the step whose request to revoke it was accepted first. Made once for each analysis. */
export function revocationsIn(analysis: Analysis): ReadonlyMap<string, Step> {
  const made = tables.get(analysis) ?? toTable(analysis.steps)
  tables.set(analysis, made)
  return made
}

function toTable(steps: readonly Step[]): ReadonlyMap<string, Step> {
  const table = new Map<string, Step>()
  for (const step of steps) {
    if (step.operation !== 'revokeCert' || step.status !== 200) continue
    const fingerprint = revoked(step)
    if (fingerprint !== null && !table.has(fingerprint)) table.set(fingerprint, step)
  }
  return table
}

const fingerprints = new WeakMap<Step['decoded'], string | null>()

function revoked({ decoded }: Step): string | null {
  const known = fingerprints.get(decoded)
  if (known !== undefined) return known
  const sent = stringField(payloadObject(decoded), 'certificate')
  const read = sent === null ? null : readCertificateBase64url(sent)
  const fingerprint = read === null || 'error' in read ? null : read.fingerprintSha256
  fingerprints.set(decoded, fingerprint)
  return fingerprint
}
