/** What one certificate says: what matters first, then its extensions, then all of it. */
import { useMemo } from 'react'
import { toCertificateId } from '../../shared/acme/ari.ts'
import { type Details, readDetails } from '../../shared/x509/details.ts'
import type { Certificate, ExtensionFacts } from '../../shared/x509/model.ts'
import type { Sct } from '../../shared/x509/sct.ts'
import { dateTime } from '../theme/time.ts'
import { WireText } from '../theme/wire-text.tsx'
import own from './certificate.module.css'
import styles from './facts.module.css'
import { Aside, Copy, Fact, Facts, Wire } from './facts.tsx'
import { FullText } from './full-text.tsx'
import { NameList } from './name-list.tsx'

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
    {timeOf(certificate.notBefore)} – {timeOf(certificate.notAfter)} <Aside>{lifetime(certificate)}</Aside>
  </>
)

const plural = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`

/** Of an extension, in characters: thousands of names are listed elsewhere. */
const MOST_SHOWN = 600

const Long = ({ text }: { text: string }) => (
  <>
    <WireText text={text.slice(0, MOST_SHOWN)} />
    {text.length > MOST_SHOWN && <Aside> … and {text.length - MOST_SHOWN} characters more</Aside>}
  </>
)

export const Extensions = ({ extensions }: { extensions: readonly ExtensionFacts[] }) =>
  extensions.length > 0 && (
    <details className={styles.details}>
      <summary>{plural(extensions.length, 'extension')}</summary>
      <div className={own.stacked}>
        <Facts>
          {extensions.map(({ oid, name, critical, value }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a broken certificate may repeat an extension; its order is a fact
            <Fact key={`${oid} ${place}`} label={name}>
              <Long text={value} /> {critical && <Aside>critical</Aside>}
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
            {log ?? <Wire>{logId}</Wire>} <Aside>{at === null ? 'at no time' : dateTime(at)}</Aside>
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
  const renewalId = certificate.isCa ? null : toCertificateId(certificate)
  return (
    <>
      <Facts>
        <Fact label="Subject">
          <WireText text={certificate.subject || '(empty)'} />
        </Fact>
        {certificate.sans.length > 0 && (
          <Fact label={certificate.sans.length === 1 ? 'Name' : `${certificate.sans.length} names`}>
            <NameList names={certificate.sans} />
          </Fact>
        )}
        <Fact label="Issuer">
          <WireText text={certificate.issuer || '(empty)'} />
        </Fact>
        <Fact label="Valid">
          <Validity certificate={certificate} />
        </Fact>
        <Fact label="Key">{certificate.key.type}</Fact>
        <Fact label="Signed with">{certificate.signatureAlgorithm}</Fact>
        <Timestamps scts={details?.scts ?? []} />
        {details?.acmeIdentifier != null && (
          <Fact label="tls-alpn-01">
            <Wire>{details.acmeIdentifier}</Wire> <Aside>SHA-256 of the key authorization</Aside>
          </Fact>
        )}
        <Fact label="Serial">
          <Wire>{certificate.serial}</Wire>
        </Fact>
        {renewalId !== null && (
          <Fact label="Renewal id">
            <Wire>{renewalId}</Wire>
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
