/** When a CA suggested to renew a certificate (RFC 9773), as the recording shows it. */
import type { Certificate } from '../../x509/model.ts'
import { idInUrl, type RenewalInfo, readRenewalInfo, toCertificateId } from '../ari.ts'
import type { Analysis, Step } from '../model.ts'

export interface Renewal {
  readonly step: Step
  readonly info: RenewalInfo
}

/** The newest answer about a certificate; null where the client did not ask, or got none that can be read. */
export function renewalOf({ steps }: Analysis, certificate: Certificate): Renewal | null {
  const id = toCertificateId(certificate)
  if (id === null) return null
  const step = steps.findLast(
    ({ operation, url, status }) => operation === 'renewalInfo' && status === 200 && idInUrl(url) === id,
  )
  const info = step && readRenewalInfo(step.decoded)
  return step && info ? { step, info } : null
}
