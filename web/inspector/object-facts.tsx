/** The objects a step belongs to: their names, their status, where they were first seen. */
import type { Analysis } from '../../shared/acme/model.ts'
import { StatusChip } from '../theme/chip.tsx'
import { Fact, Facts, Section, StepLink, Wire } from './facts.tsx'
import styles from './inspector.module.css'
import { firstShown, shortUrl } from './objects.ts'
import type { PanelProps } from './panel.ts'

interface ObjectFactProps {
  readonly analysis: Analysis
  readonly label: string
  readonly url: string | null
  readonly here: string
}

function ObjectFact({ analysis, label, url, here }: ObjectFactProps) {
  if (url === null) return null
  const seen = firstShown(analysis, url)
  return (
    <Fact label={label}>
      <Wire>
        <span title={url}>{shortUrl(url)}</span>
      </Wire>{' '}
      {seen !== null && seen !== here && (
        <span className={styles.aside}>
          ← first seen in <StepLink analysis={analysis} exchange={seen} />
        </span>
      )}
      {seen === here && <span className={styles.aside}>first seen here</span>}
    </Fact>
  )
}

export function ObjectFacts({ step, analysis }: PanelProps) {
  const { account, order, authorization, challenge, identifier, objectStatus, exchange } = step
  const names = order === null ? [] : (analysis.orders.get(order)?.identifiers ?? [])
  const type = challenge === null ? null : analysis.challenges.get(challenge)?.type
  if ([account, order, authorization, challenge, identifier, objectStatus].every((value) => value === null)) return null
  return (
    <Section title="Objects">
      <Facts>
        {objectStatus !== null && (
          <Fact label="Status">
            <StatusChip status={objectStatus} />
          </Fact>
        )}
        {identifier !== null && <Fact label="Identifier">{identifier}</Fact>}
        {identifier === null && names.length > 0 && (
          <Fact label="Identifiers">{names.map(({ value }) => value).join(', ')}</Fact>
        )}
        <ObjectFact analysis={analysis} here={exchange} label="Account" url={account} />
        <ObjectFact analysis={analysis} here={exchange} label="Order" url={order} />
        <ObjectFact analysis={analysis} here={exchange} label="Authorization" url={authorization} />
        <ObjectFact analysis={analysis} here={exchange} label={type ?? 'Challenge'} url={challenge} />
      </Facts>
    </Section>
  )
}
