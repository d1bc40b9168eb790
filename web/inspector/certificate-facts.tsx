/** What one certificate says: what matters first, then its extensions, then all of it. */
import { useMemo } from 'react'
import { toCertificateId } from '../../shared/acme/ari.ts'
import { type Details, readDetails } from '../../shared/x509/details.ts'
import type { Certificate, ExtensionFacts } from '../../shared/x509/model.ts'
import type { Sct } from '../../shared/x509/sct.ts'
import { dateTime } from '../theme/time.ts'
import own from './certificate.module.css'
import { Copy, Fact, Facts, Wire } from './facts.tsx'
import { FullText } from './full-text.tsx'
import styles from './inspector.module.css'

const HOUR_MS = 3_600_000

/** `90 days`, `7 hours`; empty when a time is none. */
export function lifetime({ notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>): string {
  const hours = (Date.parse(notAfter) - Date.parse(notBefore)) / HOUR_MS
  if (Number.isNaN(hours)) return ''
  return Math.abs(hours) < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`
}

/** A time that is none is shown as it stands. */
const timeOf = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? iso : dateTime(iso))

const Validity = ({ certificate }: { certificate: Certificate }) => (
  <>
    {timeOf(certificate.notBefore)} – {timeOf(certificate.notAfter)}{' '}
    <span className={styles.aside}>{lifetime(certificate)}</span>
  </>
)

const plural = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`

export const Extensions = ({ extensions }: { extensions: readonly ExtensionFacts[] }) =>
  extensions.length > 0 && (
    <details className={styles.details}>
      <summary>{plural(extensions.length, 'extension')}</summary>
      <div className={own.stacked}>
        <Facts>
          {extensions.map(({ oid, name, critical, value }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a broken certificate may repeat an extension; its order is a fact
            <Fact key={`${oid} ${place}`} label={name}>
              {value} {critical && <span className={styles.aside}>critical</span>}
            </Fact>
          ))}
        </Facts>
      </div>
    </details>
  )

const Timestamps = ({ scts }: { scts: readonly Sct[] }) =>
  scts.length > 0 && (
    <Fact label="Logged in">
      <ul className={own.plainList}>
        {scts.map(({ log, logId, at, signatureAlgorithm }) => (
          <li key={`${logId} ${at}`} title={`log ${logId}, signed ${signatureAlgorithm}`}>
            {log ?? <Wire>{logId}</Wire>}{' '}
            <span className={styles.aside}>{at === null ? 'at no time' : dateTime(at)}</span>
          </li>
        ))}
      </ul>
    </Fact>
  )

/** What only the whole certificate says, where it can be read. */
export const KeyParts = ({ details }: { details: Details | null }) =>
  details !== null && (
    <details className={styles.details}>
      <summary>Key and signature</summary>
      <Facts>
        {details.key.map(({ label, value }) => (
          <Fact key={label} label={label}>
            <Wire>{value}</Wire>
          </Fact>
        ))}
        <Fact label="Signature">
          <Wire>{details.signature}</Wire>
        </Fact>
      </Facts>
    </details>
  )

export const useDetails = ({ pem }: { readonly pem: string }): Details | null =>
  useMemo(() => readDetails({ pem }), [pem])

export function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const details = useDetails(certificate)
  return (
    <>
      <Facts>
        <Fact label="Subject">{certificate.subject || '(empty)'}</Fact>
        {certificate.sans.length > 0 && <Fact label="Names">{certificate.sans.join(', ')}</Fact>}
        <Fact label="Issuer">{certificate.issuer || '(empty)'}</Fact>
        <Fact label="Valid">
          <Validity certificate={certificate} />
        </Fact>
        <Fact label="Key">{certificate.key.type}</Fact>
        <Fact label="Signed with">{certificate.signatureAlgorithm}</Fact>
        <Timestamps scts={details?.scts ?? []} />
        {details?.acmeIdentifier != null && (
          <Fact label="tls-alpn-01">
            <Wire>{details.acmeIdentifier}</Wire> <span className={styles.aside}>SHA-256 of the key authorization</span>
          </Fact>
        )}
        <Fact label="Serial">
          <Wire>{certificate.serial}</Wire>
        </Fact>
        {!certificate.isCa && toCertificateId(certificate) !== null && (
          <Fact label="Renewal id">
            <Wire>{toCertificateId(certificate)}</Wire>
          </Fact>
        )}
        <Fact label="SHA-256">
          <Wire>{certificate.fingerprintSha256}</Wire>
        </Fact>
        <Fact label="PEM">
          {certificate.pem.length} characters <Copy value={certificate.pem} label="Copy PEM" />
        </Fact>
      </Facts>
      <Extensions extensions={details?.extensions ?? []} />
      <KeyParts details={details} />
      <FullText document={certificate} command="openssl x509 -text" />
    </>
  )
}
