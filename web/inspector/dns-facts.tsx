/** What was asked of a DNS provider and what it said, in words; and a written record beside what a challenge expects. */
import { IconExternalLink } from '@tabler/icons-react'
import { Fragment } from 'react'
import { objectAt } from '../../shared/acme/explain/named.ts'
import type { Analysis, DnsChange, DnsSeen } from '../../shared/acme/model.ts'
import type { DnsError } from '../../shared/dns/provider.ts'
import { useFindings } from '../findings/use-findings.ts'
import { WireText } from '../theme/wire-text.tsx'
import { Match } from './checks.tsx'
import course from './course.module.css'
import facts from './facts.module.css'
import { Aside, Fact, Facts, Section, StepLink, Wire } from './facts.tsx'
import { NamedLinks } from './named.tsx'
import type { PanelProps } from './panel.ts'

interface ErrorProps {
  readonly error: DnsError
  /** A finding says what to do, and knows the client. */
  readonly isTold: boolean
}

const DnsErrorCard = ({ error: { code, message, meaning, fix }, isTold }: ErrorProps) => (
  <div className={course.card}>
    <h3>{meaning}</h3>
    {(message !== '' || code !== '') && (
      <p className={course.message}>
        <WireText text={message} /> {code !== '' && <WireText text={code} mono />}
      </p>
    )}
    {!isTold && (
      <p>
        <strong>What to do</strong> {fix}
      </p>
    )}
  </div>
)

const found = (count: number): string => (count === 0 ? 'nothing' : count === 1 ? '1 result' : `${count} results`)

const progressWords = {
  pending: 'on its way to the name servers of the provider',
  done: 'at the name servers of the provider',
} as const

function AskedFact({ asked }: Pick<DnsSeen, 'asked'>) {
  const words = [asked?.type, asked?.name, asked?.id].filter((word) => word !== null && word !== undefined)
  return (
    words.length > 0 && (
      <Fact label="Asked for">
        <Wire>{words.join(' ')}</Wire>
      </Fact>
    )
  )
}

function ZoneFact({ zone, analysis, here }: Pick<DnsSeen, 'zone'> & { analysis: Analysis; here: string }) {
  if (zone === null || (zone.name === null && zone.id === null)) return null
  return (
    <Fact label="Zone">
      {zone.name !== null && <Wire>{zone.name}</Wire>}{' '}
      {zone.id !== null && zone.id !== zone.name && (
        <Aside>
          <WireText text={zone.id} />
        </Aside>
      )}
      {zone.id !== null && <NamedLinks value={zone.id} analysis={analysis} here={here} />}
    </Fact>
  )
}

export function DnsFacts({ step, analysis }: PanelProps) {
  const { dns, changes } = step
  const isTold = useFindings().some(({ exchanges }) => exchanges.includes(step.exchange))
  if (dns === null) return null
  return (
    <>
      <Section title={`At ${dns.provider.slice(0, 80)}`}>
        {dns.errors.map((error) => (
          <DnsErrorCard key={`${error.code} ${error.message}`} error={error} isTold={isTold} />
        ))}
        <Facts>
          {dns.api !== null && (
            <Fact label="Its API">
              <a className={facts.link} href={dns.api.url} target="_blank" rel="noreferrer">
                {dns.api.title} <IconExternalLink size={12} aria-label="opens in a new tab" />
              </a>
            </Fact>
          )}
          <ZoneFact zone={dns.zone} analysis={analysis} here={step.exchange} />
          <AskedFact asked={dns.asked} />
          {dns.found !== null && <Fact label="Found">{found(dns.found)}</Fact>}
          <Fact label="Accepted">
            <Match matches={step.status === null ? null : dns.accepted}>
              {step.status === null ? 'no answer' : dns.accepted ? 'yes' : 'no'}
            </Match>
          </Fact>
          {dns.progress !== null && <Fact label="Published">{progressWords[dns.progress]}</Fact>}
        </Facts>
      </Section>
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what one exchange wrote neither moves nor grows
        <ChangeFacts key={index} change={change} analysis={analysis} here={step.exchange} />
      ))}
    </>
  )
}

const verdicts = {
  true: 'what the challenge expects',
  false: 'not what the challenge expects',
  null: 'tied by its name only: the expected value cannot be computed',
} as const

function Expected({ analysis, change }: { analysis: Analysis; change: DnsChange }) {
  return change.matches.map(({ challenge, matches }) => {
    const expected = analysis.challenges.get(challenge)?.proof
    return (
      <Fragment key={challenge}>
        <Fact label="Expected">
          {expected?.kind === 'txt' && expected.value ? (
            <Wire>{expected.value}</Wire>
          ) : (
            <Aside>cannot be computed</Aside>
          )}{' '}
          <StepLink analysis={analysis} exchange={objectAt(analysis, challenge)?.exchange}>
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

const actions: Readonly<Record<DnsChange['action'], string>> = {
  create: 'Created',
  update: 'Changed',
  delete: 'Deleted',
}

interface ChangeProps {
  readonly change: DnsChange
  readonly analysis: Analysis
  readonly here: string
}

function ChangeFacts({ change, analysis, here }: ChangeProps) {
  const { action, type, name, value, recordId } = change
  return (
    <Section title={`${actions[action]}: ${(type ?? 'a record').slice(0, 40)}`}>
      <Facts>
        {name !== null && (
          <Fact label="Name">
            <Wire>{name}</Wire>
          </Fact>
        )}
        {value !== null && (
          <Fact label="Written">
            <Wire>{value}</Wire>
          </Fact>
        )}
        <Expected analysis={analysis} change={change} />
        {recordId !== null && (
          <Fact label="Record">
            <Wire>{recordId}</Wire> <NamedLinks value={recordId} analysis={analysis} here={here} />
          </Fact>
        )}
      </Facts>
    </Section>
  )
}
