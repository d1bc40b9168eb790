/** What happened, in words first, then the facts that matter, each linked to where it comes from. */
import { type Explanation, explainAnswer, explainPayload } from '../../shared/acme/explain/explain.ts'
import { sectionText } from '../../shared/acme/registry/registry.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { FindingCard } from '../findings/finding-card.tsx'
import { useFindings } from '../findings/use-findings.ts'
import { duration, preciseTime } from '../theme/time.ts'
import { ExplainedFields } from './explained.tsx'
import { Fact, Facts, Section, Wire } from './facts.tsx'
import styles from './inspector.module.css'
import { ObjectFacts } from './object-facts.tsx'
import type { PanelProps } from './panel.ts'
import { ProblemCard } from './problem-card.tsx'
import { ProofFacts } from './proof-facts.tsx'
import { SignedFacts } from './signed-facts.tsx'
import { TxtFacts } from './txt-facts.tsx'

function Meaning({ step }: PanelProps) {
  const [reference] = step.references
  const text = reference && sectionText(reference)
  if (!text) return null
  return (
    <p className={styles.meaning}>
      {text} <span className={styles.aside}>{shortCitationOf(reference)}</span>
    </p>
  )
}

function StepFindings({ step, analysis }: PanelProps) {
  const findings = useFindings().filter(({ exchanges }) => exchanges.includes(step.exchange))
  if (findings.length === 0) return null
  return (
    <Section title={findings.length === 1 ? 'Finding' : 'Findings'}>
      {findings.map((finding) => (
        <FindingCard key={`${finding.id} ${finding.object}`} finding={finding} analysis={analysis} />
      ))}
    </Section>
  )
}

function WireFacts({ step }: PanelProps) {
  const { head, retryAfter } = step.decoded
  const { total, wait } = head.timings
  return (
    <Section title="On the wire">
      <Facts>
        <Fact label="URL">
          <Wire>{step.url}</Wire>
        </Fact>
        <Fact label="Time">
          {preciseTime(step.time)} UTC{total !== undefined && `, took ${duration(total)}`}
          {wait !== undefined && <span className={styles.aside}> ({duration(wait)} until the answer began)</span>}
        </Fact>
        {retryAfter !== null && <Fact label="Retry-After">{duration(retryAfter * 1000)}</Fact>}
        {head.tls?.client?.version !== undefined && (
          <Fact label="TLS, client">{[head.tls.client.version, head.tls.client.alpn].filter(Boolean).join(', ')}</Fact>
        )}
        {head.tls?.upstream?.version !== undefined && (
          <Fact label="TLS, server">
            {head.tls.upstream.version}
            {head.tls.upstream.peerCertificate !== undefined && (
              <span className={styles.aside}> {head.tls.upstream.peerCertificate}</span>
            )}
          </Fact>
        )}
        {head.client.process !== undefined && <Fact label="Process">{head.client.process}</Fact>}
      </Facts>
    </Section>
  )
}

interface ObjectProps {
  readonly title: string
  readonly explanation: Explanation | null
  readonly analysis: PanelProps['analysis']
}

const WireObject = ({ title, explanation, analysis }: ObjectProps) =>
  explanation !== null &&
  explanation.fields.length > 0 && (
    <Section title={title}>
      <ExplainedFields of={explanation} analysis={analysis} />
    </Section>
  )

/** What was asked and what was answered, every field explained. */
function WireObjects({ step, analysis }: PanelProps) {
  const { jws } = step.decoded
  const type = analysis.challenges.get(step.challenge ?? '')?.type ?? null
  return (
    <>
      <WireObject
        title="What was sent"
        explanation={jws && explainPayload(step.operation, jws, type)}
        analysis={analysis}
      />
      <WireObject
        title="What came back"
        explanation={explainAnswer(step.operation, step.decoded)}
        analysis={analysis}
      />
    </>
  )
}

export const SummaryPanel = (props: PanelProps) => (
  <>
    <p className={styles.lead}>{props.step.summary}</p>
    <Meaning {...props} />
    {props.step.problem !== null && <ProblemCard problem={props.step.problem} />}
    <StepFindings {...props} />
    <ObjectFacts {...props} />
    <TxtFacts {...props} />
    <ProofFacts {...props} />
    <WireObjects {...props} />
    <SignedFacts {...props} />
    <WireFacts {...props} />
  </>
)
