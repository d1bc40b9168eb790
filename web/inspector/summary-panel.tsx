/** What happened, in words first, then what matters of it, each linked to where it comes from. */
import { sectionText } from '../../shared/acme/registry/registry.ts'
import { FindingCard } from '../findings/finding-card.tsx'
import { useFindings } from '../findings/use-findings.ts'
import { byteSize, duration, preciseTime } from '../theme/time.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Cite } from './cite.tsx'
import { DnsFacts } from './dns-facts.tsx'
import { Aside, Fact, Facts, Section, Wire } from './facts.tsx'
import { FailureCard } from './failure-card.tsx'
import { ObjectFacts } from './object-facts.tsx'
import type { PanelProps } from './panel.ts'
import { ProblemCard } from './problem-card.tsx'
import { ProofFacts } from './proof-facts.tsx'
import { SignedFacts } from './signed-facts.tsx'
import styles from './summary.module.css'

function Meaning({ step }: PanelProps) {
  const [reference] = step.references
  const text = reference && sectionText(reference)
  if (!text) return null
  return (
    <p className={styles.meaning}>
      {text} <Cite of={reference} />
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
  const { total } = head.timings
  const answer = head.response
  return (
    <Section title="On the wire">
      <Facts>
        <Fact label="URL">
          <Wire>{step.url}</Wire>
        </Fact>
        <Fact label="Time">
          {preciseTime(step.time)} UTC{total !== undefined && `, took ${duration(total)}`}
        </Fact>
        <Fact label="Bodies">
          {byteSize(head.request.body.bytes)} sent
          {answer !== undefined && `, ${byteSize(answer.body.bytes)} came back`}
        </Fact>
        {retryAfter !== null && (
          <Fact label="Retry-After">
            {duration(retryAfter * 1000)} <Aside>until the CA wants to be asked again</Aside>
          </Fact>
        )}
      </Facts>
    </Section>
  )
}

export const SummaryPanel = (props: PanelProps) => (
  <>
    <p className={styles.lead}>
      <WireText text={props.step.summary} />
    </p>
    <Meaning {...props} />
    {props.step.decoded.head.failure !== undefined && (
      <div className={styles.block}>
        <FailureCard head={props.step.decoded.head} />
      </div>
    )}
    {props.step.problem !== null && <ProblemCard problem={props.step.problem} />}
    <StepFindings {...props} />
    <ObjectFacts {...props} />
    <DnsFacts {...props} />
    <ProofFacts {...props} />
    <SignedFacts {...props} />
    <WireFacts {...props} />
  </>
)
