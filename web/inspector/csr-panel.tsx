/** The signing request sent to finalize an order. */
import type { JudgedCsr } from '../../shared/x509/model.ts'
import { Extensions, KeyParts, useDetails } from './certificate-facts.tsx'
import { Copy, Fact, Facts, Section } from './facts.tsx'
import { FullText } from './full-text.tsx'
import styles from './inspector.module.css'
import { comparedFor, NamesCompared } from './names-compared.tsx'
import type { PanelProps } from './panel.ts'
import { SignatureVerdictLine } from './signature-line.tsx'

function CsrFacts({ csr }: { csr: JudgedCsr }) {
  const details = useDetails(csr)
  return (
    <Section title="Certificate signing request" action={<Copy value={csr.pem} label="Copy PEM" />}>
      <Facts>
        <Fact label="Subject">{csr.subject || '(empty)'}</Fact>
        <Fact label="Names">{csr.names.join(', ') || 'none'}</Fact>
        <Fact label="Key">{csr.key.type}</Fact>
        <Fact label="Signature">
          <SignatureVerdictLine verdict={csr.signature} />
        </Fact>
      </Facts>
      <Extensions extensions={details?.extensions ?? []} />
      <KeyParts details={details} />
      <FullText document={csr} command="openssl req -text" />
    </Section>
  )
}

export function CsrPanel({ step, analysis }: PanelProps) {
  const { csr } = step.decoded
  if (csr === null) return null
  if ('error' in csr) return <p className={styles.note}>This CSR cannot be read: {csr.error}</p>
  return (
    <>
      <NamesCompared {...comparedFor(analysis, step.order, { csr })} />
      <CsrFacts csr={csr} />
    </>
  )
}
