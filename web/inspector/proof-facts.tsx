/** How a proof comes about: token and account key, what is published where, and what was seen of it. */
import type { Analysis, Challenge, Proof, ProofSeen, Step } from '../../shared/acme/model.ts'
import { Match } from './checks.tsx'
import { Fact, Facts, Section, StepLink, Wire } from './facts.tsx'
import styles from './inspector.module.css'
import type { PanelProps } from './panel.ts'

/** The challenge of a step; of an authorization's, the one that was answered or else the one something was written for. */
function challengeOf(analysis: Analysis, step: Step): Challenge | null {
  const own = analysis.challenges.get(step.challenge ?? '')
  if (own !== undefined) return own
  if (step.operation !== 'authorization') return null
  const { challenges = [] } = analysis.authorizations.get(step.authorization ?? '') ?? {}
  const all = challenges.flatMap((url) => analysis.challenges.get(url) ?? [])
  return (
    all.find(({ answeredBy }) => answeredBy !== null) ?? all.find(({ url }) => analysis.proofsSeen.has(url)) ?? null
  )
}

interface Expected {
  readonly label: string
  readonly place: string
  readonly value: string | null
}

function expectedOf(proof: Proof): Expected {
  switch (proof.kind) {
    case 'http':
      return { label: 'Served at', place: proof.url, value: proof.body }
    case 'txt':
      return { label: 'TXT record', place: proof.name, value: proof.value }
    case 'tls-alpn':
      return { label: 'Served for', place: `${proof.name}, protocol acme-tls/1`, value: proof.digest }
    case 'persistent-txt':
      return { label: 'TXT record', place: proof.name, value: proof.account }
  }
}

const verdicts = { true: 'what is expected', false: 'not what is expected', null: 'cannot be compared' } as const

function Seen({ analysis, seen }: { analysis: Analysis; seen: ProofSeen }) {
  return (
    <Fact label={seen.how === 'written' ? 'Written' : 'Served'}>
      {seen.value !== null && (
        <>
          <Wire>{seen.value}</Wire>{' '}
        </>
      )}
      <Match matches={seen.matches}>{verdicts[`${seen.matches}`]}</Match>{' '}
      <span className={styles.aside}>
        in <StepLink analysis={analysis} exchange={seen.exchange} />
      </span>
    </Fact>
  )
}

function Computed({ challenge }: { challenge: Challenge }) {
  if (challenge.token === null) return null
  const thumbprint = challenge.keyAuthorization?.slice(challenge.token.length + 1)
  return (
    <>
      <Fact label="Token">
        <Wire>{challenge.token}</Wire>
      </Fact>
      <Fact label="Thumbprint">
        {thumbprint === undefined ? (
          <span className={styles.aside}>the account's key is not known whole</span>
        ) : (
          <>
            <Wire>{thumbprint}</Wire> <span className={styles.aside}>of the account's key</span>
          </>
        )}
      </Fact>
    </>
  )
}

export function ProofFacts({ step, analysis }: PanelProps) {
  const challenge = challengeOf(analysis, step)
  if (challenge === null || challenge.proof === null) return null
  const { label, place, value } = expectedOf(challenge.proof)
  const seen = (analysis.proofsSeen.get(challenge.url) ?? []).filter(({ exchange }) => exchange !== step.exchange)
  return (
    <Section title={`Proof, ${challenge.type}`}>
      <Facts>
        <Computed challenge={challenge} />
        <Fact label={label}>
          <Wire>{place}</Wire>
        </Fact>
        <Fact label="Expected">
          {value === null ? <span className={styles.aside}>cannot be computed</span> : <Wire>{value}</Wire>}
        </Fact>
        {seen.map((one) => (
          <Seen key={`${one.exchange} ${one.value}`} analysis={analysis} seen={one} />
        ))}
      </Facts>
    </Section>
  )
}
