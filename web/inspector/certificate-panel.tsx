/** The issued chain, leaf first. */
import { toCertificateId } from '../../shared/acme/ari.ts'
import { readDetails } from '../../shared/x509/details.ts'
import type { Certificate, ExtensionFacts } from '../../shared/x509/model.ts'
import { dateTime } from '../theme/time.ts'
import { Copy, Fact, Facts, Section, Wire } from './facts.tsx'
import styles from './inspector.module.css'
import type { PanelProps } from './panel.ts'

const DAY_MS = 86_400_000

const days = ({ notBefore, notAfter }: Certificate): number =>
  Math.round((Date.parse(notAfter) - Date.parse(notBefore)) / DAY_MS)

export const Extensions = ({ extensions }: { extensions: readonly ExtensionFacts[] }) =>
  extensions.length > 0 && (
    <details className={styles.details}>
      <summary>
        {extensions.length} {extensions.length === 1 ? 'extension' : 'extensions'}
      </summary>
      <Facts>
        {extensions.map(({ oid, name, critical, value }) => (
          <Fact key={oid} label={name}>
            {value} {critical && <span className={styles.aside}>critical</span>}
          </Fact>
        ))}
      </Facts>
    </details>
  )

function titleOf(certificate: Certificate, place: number): string {
  if (place === 0 && !certificate.isCa) return 'Leaf'
  return certificate.subject === certificate.issuer ? 'Root' : 'Intermediate'
}

const CertificateFacts = ({ certificate, place }: { certificate: Certificate; place: number }) => (
  <Section title={titleOf(certificate, place)} action={<Copy value={certificate.pem} label="Copy PEM" />}>
    <Facts>
      <Fact label="Subject">{certificate.subject || '(empty)'}</Fact>
      {certificate.sans.length > 0 && <Fact label="Names">{certificate.sans.join(', ')}</Fact>}
      <Fact label="Issuer">{certificate.issuer}</Fact>
      <Fact label="Valid">
        {dateTime(certificate.notBefore)} – {dateTime(certificate.notAfter)}{' '}
        <span className={styles.aside}>{days(certificate)} days</span>
      </Fact>
      <Fact label="Key">{certificate.key.type}</Fact>
      <Fact label="Signed with">{certificate.signatureAlgorithm}</Fact>
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
    </Facts>
    <Extensions extensions={readDetails(certificate)?.extensions ?? []} />
  </Section>
)

export function CertificatePanel({ step }: PanelProps) {
  const { response } = step.decoded
  if (response.kind !== 'certificates') return null
  return (
    <>
      {response.errors.map((error) => (
        <p key={error} className={styles.note}>
          {error}
        </p>
      ))}
      {response.chain.map((certificate, place) => (
        <CertificateFacts
          // biome-ignore lint/suspicious/noArrayIndexKey: a chain may repeat a certificate; its order is a fact
          key={place}
          certificate={certificate}
          place={place}
        />
      ))}
    </>
  )
}
