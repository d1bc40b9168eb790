/** The signing request sent to finalize an order. */
import { readDetails } from '../../shared/x509/details.ts'
import { Extensions } from './certificate-panel.tsx'
import { Copy, Fact, Facts, Section } from './facts.tsx'
import styles from './inspector.module.css'
import type { PanelProps } from './panel.ts'

export function CsrPanel({ step }: PanelProps) {
  const { csr } = step.decoded
  if (csr === null) return null
  if ('error' in csr) return <p className={styles.note}>This CSR cannot be read: {csr.error}</p>
  return (
    <Section title="Certificate signing request" action={<Copy value={csr.pem} label="Copy PEM" />}>
      <Facts>
        <Fact label="Subject">{csr.subject || '(empty)'}</Fact>
        <Fact label="Names">{csr.names.join(', ') || 'none'}</Fact>
        <Fact label="Key">{csr.key.type}</Fact>
        <Fact label="Signed with">{csr.signatureAlgorithm}</Fact>
      </Facts>
      <Extensions extensions={readDetails(csr)?.extensions ?? []} />
    </Section>
  )
}
