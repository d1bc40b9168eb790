/** The signing request sent to finalize an order. */
import type { JudgedCsr } from '../../shared/x509/model.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Extensions, KeyParts, useDetails } from './certificate-facts.tsx'
import { Copy, Fact, Facts, Quiet, Section } from './facts.tsx'
import { FullText } from './full-text.tsx'
import { NameList } from './name-list.tsx'
import { comparedFor, NamesCompared } from './names-compared.tsx'
import type { PanelProps } from './panel.ts'
import { SignatureVerdictLine } from './signature-line.tsx'

function CsrFacts({ csr }: { csr: JudgedCsr }) {
  const details = useDetails(csr)
  return (
    <Section title="Certificate signing request" action={<Copy value={csr.pem} label="Copy PEM" />}>
      <Facts>
        <Fact label="Subject">
          <WireText text={csr.subject || '(empty)'} />
        </Fact>
        <Fact label={csr.names.length > 1 ? `${csr.names.length} names` : 'Name'}>
          {csr.names.length === 0 ? 'none' : <NameList names={csr.names} />}
        </Fact>
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
  if ('error' in csr) return <Quiet>This CSR cannot be read: {csr.error}.</Quiet>
  return (
    <>
      <NamesCompared {...comparedFor(analysis, step.order, { csr })} />
      <CsrFacts csr={csr} />
    </>
  )
}
