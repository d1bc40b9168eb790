/** What is no exchange: seen beside the proxied path, or what must have happened unseen. What it was, how we know, what it looked for. */
import { useMemo } from 'react'
import { type InferredStep, infer } from '../../shared/acme/flow/infer.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import { StatusChip } from '../theme/chip.tsx'
import { preciseTime } from '../theme/time.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Cite } from './cite.tsx'
import { Fact, Facts, Section, StepLink, Wire } from './facts.tsx'
import styles from './frame.module.css'
import { Close } from './head.tsx'
import { NamedLinks } from './named.tsx'
import { Observed } from './observed.tsx'
import { ProblemCard } from './problem-card.tsx'
import { ChallengeProof } from './proof-facts.tsx'
import { shortUrl } from './short-url.ts'
import summary from './summary.module.css'
import { keepScrolling } from './tabs.tsx'

/** Null for what is no inferred step of this recording. */
export function useInferred(analysis: Analysis, id: string | null, wanted: boolean): InferredStep | null {
  return useMemo(
    () => (wanted && id !== null ? (infer(analysis).find((one) => one.id === id) ?? null) : null),
    [analysis, id, wanted],
  )
}

const whyUnseen = ({ operation }: InferredStep): string =>
  operation === 'dns.propagation'
    ? 'Clients ask name servers over DNS, which passes no HTTP proxy.'
    : 'The CA looks from its own network, past any proxy of the client.'

interface Props {
  readonly of: InferredStep
  readonly analysis: Analysis
}

const laneName = ({ lanes }: Analysis, id: string): string =>
  lanes.find((lane) => lane.id === id)?.label ?? 'the name servers'

function ObjectFact({ label, url, analysis }: { label: string; url: string | null; analysis: Analysis }) {
  return (
    url !== null && (
      <Fact label={label}>
        <Wire>{shortUrl(url)}</Wire> <NamedLinks value={url} analysis={analysis} here="" />
      </Fact>
    )
  )
}

export function InferredInspector({ of, analysis }: Props) {
  const [reference] = of.references
  const challenge = analysis.challenges.get(of.challenge)
  return (
    <>
      <header className={styles.head}>
        <div className={styles.title}>
          <h2>
            <WireText text={of.operation} cut />
          </h2>
          <em>{of.seen === null ? 'inferred' : 'seen'}</em>
          {of.outcome !== null && <StatusChip status={of.outcome} />}
        </div>
        <div className={styles.actions}>
          <Close />
        </div>
        <div className={styles.address}>
          <span className={styles.url}>
            <WireText text={`${laneName(analysis, of.from)} → ${laneName(analysis, of.to)}`} cut />
          </span>
        </div>
      </header>
      <section
        className={styles.panel}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach it
        tabIndex={0}
        aria-label={of.seen === null ? 'About what was inferred' : 'About what was seen'}
        onKeyDown={keepScrolling}
      >
        <p className={summary.lead}>
          <WireText text={of.summary} />
        </p>
        <p className={summary.meaning}>
          {of.seen === null && 'Not recorded, but inferred. '}
          {of.evidence} {reference && <Cite of={reference} />}
        </p>
        {of.seen === null && <p className={summary.meaning}>{whyUnseen(of)}</p>}
        {challenge?.error && <ProblemCard problem={challenge.error} />}
        <Section title="Where it belongs">
          <Facts>
            <Fact label="Follows">
              <StepLink analysis={analysis} exchange={of.after} />
            </Fact>
            <Fact label="Time">
              {preciseTime(of.time)} UTC{of.seen === null && ' at the earliest'}
            </Fact>
            {of.identifier !== null && (
              <Fact label="Identifier">
                <WireText text={of.identifier} />
              </Fact>
            )}
            <ObjectFact label="Challenge" url={of.challenge} analysis={analysis} />
            <ObjectFact label="Authorization" url={of.authorization} analysis={analysis} />
            <ObjectFact label="Order" url={of.order} analysis={analysis} />
          </Facts>
        </Section>
        {of.seen !== null && <Observed id={of.seen} analysis={analysis} />}
        {challenge && <ChallengeProof challenge={challenge} analysis={analysis} here="" />}
      </section>
    </>
  )
}
