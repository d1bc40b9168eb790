/** How a proof comes about: token and account key, what is published where, and what was seen of it. */
import type { Analysis, Challenge, Proof, ProofSeen, Step } from '../../shared/acme/model.ts'
import { challengeRow, reference } from '../../shared/acme/registry/registry.ts'
import { Match } from './checks.tsx'
import { Cite } from './cite.tsx'
import facts from './facts.module.css'
import { Aside, Fact, Facts, Section, StepLink, Wire } from './facts.tsx'
import { NamedLinks } from './named.tsx'
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
      <Aside>
        in <StepLink analysis={analysis} exchange={seen.exchange} />
      </Aside>
    </Fact>
  )
}

function Computed({ challenge, analysis, here }: ProofProps) {
  if (challenge.token === null) return null
  const thumbprint = challenge.keyAuthorization?.slice(challenge.token.length + 1)
  return (
    <>
      <Fact label="Token">
        <Wire>{challenge.token}</Wire>
      </Fact>
      <Fact label="Thumbprint">
        {thumbprint === undefined ? (
          <Aside>the account's key is not known whole</Aside>
        ) : (
          <>
            <Wire>{thumbprint}</Wire> <NamedLinks value={thumbprint} analysis={analysis} here={here} />
          </>
        )}
      </Fact>
    </>
  )
}

interface ProofProps {
  readonly challenge: Challenge
  readonly analysis: Analysis
  /** Id of the step that is looked at. */
  readonly here: string
}

/** Of one challenge: from its token to what was seen where the CA looks. */
export function ChallengeProof({ challenge, analysis, here }: ProofProps) {
  if (challenge.proof === null) return null
  const { label, place, value } = expectedOf(challenge.proof)
  const row = challengeRow(challenge.type)
  const seen = (analysis.proofsSeen.get(challenge.url) ?? []).filter(({ exchange }) => exchange !== here)
  return (
    <Section title={`Proof, ${challenge.type.slice(0, 60)}`}>
      {row !== null && (
        <p className={facts.note}>
          The CA wants {row.proof}. <Cite of={reference(row.cite)} />
        </p>
      )}
      <Facts>
        <Computed challenge={challenge} analysis={analysis} here={here} />
        <Fact label={label}>
          <Wire>{place}</Wire>
        </Fact>
        <Fact label="Expected">{value === null ? <Aside>cannot be computed</Aside> : <Wire>{value}</Wire>}</Fact>
        {seen.map((one) => (
          <Seen key={`${one.exchange} ${one.value}`} analysis={analysis} seen={one} />
        ))}
      </Facts>
    </Section>
  )
}

export function ProofFacts({ step, analysis }: PanelProps) {
  const challenge = challengeOf(analysis, step)
  return challenge !== null && <ChallengeProof challenge={challenge} analysis={analysis} here={step.exchange} />
}
