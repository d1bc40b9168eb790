/** The objects a step belongs to: their names, their status, where they were first seen, and their own pages. */
import type { Analysis } from '../../shared/acme/model.ts'
import { StatusChip } from '../theme/chip.tsx'
import { WireText } from '../theme/wire-text.tsx'
import styles from './facts.module.css'
import { Fact, Facts, Section } from './facts.tsx'
import { NameList } from './name-list.tsx'
import { NamedLinks } from './named.tsx'
import type { PanelProps } from './panel.ts'
import { shortUrl } from './short-url.ts'

interface ObjectFactProps {
  readonly analysis: Analysis
  readonly label: string
  readonly url: string | null
  readonly here: string
}

const ObjectFact = ({ analysis, label, url, here }: ObjectFactProps) =>
  url !== null && (
    <Fact label={label}>
      <span className={styles.wire} title={url.slice(0, 2000)}>
        <WireText text={shortUrl(url)} />
      </span>{' '}
      <NamedLinks value={url} analysis={analysis} here={here} />
    </Fact>
  )

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
        {identifier !== null && (
          <Fact label="Identifier">
            <WireText text={identifier} />
          </Fact>
        )}
        {identifier === null && names.length > 0 && (
          <Fact label="Identifiers">
            <NameList names={names.map(({ value }) => value)} />
          </Fact>
        )}
        <ObjectFact analysis={analysis} here={exchange} label="Account" url={account} />
        <ObjectFact analysis={analysis} here={exchange} label="Order" url={order} />
        <ObjectFact analysis={analysis} here={exchange} label="Authorization" url={authorization} />
        <ObjectFact analysis={analysis} here={exchange} label={type?.slice(0, 40) ?? 'Challenge'} url={challenge} />
      </Facts>
    </Section>
  )
}
