/** The facts behind a step that was seen beside the proxied path: every answer of the name servers, or the hello at the port. */
import { useMemo } from 'react'
import type { Analysis } from '../../shared/acme/model.ts'
import type { DnsObservation, Observation } from '../../shared/exchange.ts'
import { preciseTime } from '../theme/time.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Fact, Facts, Section } from './facts.tsx'

/** A watch that nobody ends says something new again and again. */
const MOST_ANSWERS = 200

export function Observed({ id, analysis }: { id: string; analysis: Analysis }) {
  const fact = useMemo(() => analysis.observations.find((one) => one.id === id), [analysis, id])
  if (fact === undefined) return null
  return fact.subject === 'dns' ? <Answers all={answersBeside(fact, analysis.observations)} /> : <Hello of={fact} />
}

/** What all servers said of the same writing. */
const answersBeside = (fact: DnsObservation, all: readonly Observation[]): readonly DnsObservation[] =>
  all.flatMap((one) => (one.subject === 'dns' && one.detail.writtenBy === fact.detail.writtenBy ? [one] : []))

const Answers = ({ all }: { all: readonly DnsObservation[] }) => (
  <Section title="What the name servers said">
    <Facts>
      {all.slice(0, MOST_ANSWERS).map(({ id, startedAt, detail }) => (
        <Fact key={id} label={preciseTime(startedAt)}>
          <WireText text={detail.server?.name ?? detail.server?.address ?? 'no server'} />
          {': '}
          <WireText text={said(detail)} mono />
        </Fact>
      ))}
      {all.length > MOST_ANSWERS && <Fact label="and">{all.length - MOST_ANSWERS} more</Fact>}
    </Facts>
  </Section>
)

const said = ({ code, values }: DnsObservation['detail']): string =>
  code !== 'NOERROR' ? code : values.length === 0 ? 'no TXT record' : values.join(', ')

const Hello = ({ of: { client, detail } }: { of: Exclude<Observation, DnsObservation> }) => (
  <Section title="What came to the port">
    <Facts>
      <Fact label="From">
        <WireText text={client.address ?? 'an unknown address'} />
      </Fact>
      <Fact label="Server name">
        <WireText text={detail.sni ?? 'none'} mono />
      </Fact>
      <Fact label="ALPN">
        <WireText text={detail.alpn.join(', ')} mono />
      </Fact>
      <Fact label="Bytes">
        {detail.bytes.sent} to the client, {detail.bytes.received} back
      </Fact>
      {detail.failure && (
        <Fact label="Failed">
          <WireText text={detail.failure.message} />
        </Fact>
      )}
    </Facts>
  </Section>
)
