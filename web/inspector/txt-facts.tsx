/** A written TXT record beside what a challenge expects. */
import { Fragment } from 'react'
import type { DnsChange } from '../../shared/acme/model.ts'
import { Match } from './checks.tsx'
import { Fact, Facts, Section, StepLink, Wire } from './facts.tsx'
import { firstShown } from './objects.ts'
import type { PanelProps } from './panel.ts'

const verdicts = {
  true: 'what the challenge expects',
  false: 'not what the challenge expects',
  null: 'tied by its name only: the expected value cannot be computed',
} as const

function Expected({ analysis, change }: { analysis: PanelProps['analysis']; change: DnsChange }) {
  return change.matches.map(({ challenge, matches }) => {
    const expected = analysis.challenges.get(challenge)?.proof
    return (
      <Fragment key={challenge}>
        <Fact label="Expected">
          {expected?.kind === 'txt' && expected.value ? <Wire>{expected.value}</Wire> : <span>not computable</span>}{' '}
          <StepLink analysis={analysis} exchange={firstShown(analysis, challenge)}>
            ← challenge
          </StepLink>
        </Fact>
        <Fact label="">
          <Match matches={matches}>{verdicts[`${matches}`]}</Match>
        </Fact>
      </Fragment>
    )
  })
}

export function TxtFacts({ step, analysis }: PanelProps) {
  return step.changes.map((change, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what one exchange wrote neither moves nor grows
    <Section key={index} title={`${change.action} ${change.type ?? 'record'}, ${change.provider}`}>
      <Facts>
        {change.name !== null && (
          <Fact label="Name">
            <Wire>{change.name}</Wire>
          </Fact>
        )}
        {change.value !== null && (
          <Fact label="Written">
            <Wire>{change.value}</Wire>
          </Fact>
        )}
        <Expected analysis={analysis} change={change} />
        {change.zone !== null && (
          <Fact label="Zone">
            <Wire>{change.zone}</Wire>
          </Fact>
        )}
      </Facts>
    </Section>
  ))
}
