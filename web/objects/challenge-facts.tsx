/** How a challenge is to be met: what is expected where, and what was seen of it. */
import { stepOf } from '../../shared/acme/course/steps-by-exchange.ts'
import type { Analysis, Challenge, Proof, ProofSeen } from '../../shared/acme/model.ts'
import { challengeRow, reference } from '../../shared/acme/registry/registry.ts'
import { Match } from '../inspector/checks.tsx'
import { ProblemCard } from '../inspector/problem-card.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { Aside, Cite, Copy, Fact, Facts, Panel, StepLink } from './frame.tsx'

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
  const step = stepOf(analysis, seen.exchange)
  return (
    <Fact label={seen.how === 'written' ? 'Written' : 'Served'}>
      {seen.value !== null && (
        <>
          <WireText text={seen.value} mono />{' '}
        </>
      )}
      <Match matches={seen.matches}>{verdicts[`${seen.matches}`]}</Match> {step && <StepLink step={step} />}
    </Fact>
  )
}

const MOST_SEEN = 50

function ProofPanel({ analysis, challenge }: { analysis: Analysis; challenge: Challenge }) {
  if (challenge.proof === null) return null
  const { label, place, value } = expectedOf(challenge.proof)
  const seen = (analysis.proofsSeen.get(challenge.url) ?? []).slice(0, MOST_SEEN)
  return (
    <Panel title="Proof">
      <Facts>
        <Fact label={label}>
          <WireText text={place} mono />
        </Fact>
        <Fact label="Expected">
          {value === null ? (
            <Aside>cannot be computed: the account's key is not known whole</Aside>
          ) : (
            <>
              <WireText text={value} mono /> <Copy value={value} label="Copy what is expected" />
            </>
          )}
        </Fact>
        {seen.map((one) => (
          <Seen key={`${one.exchange} ${one.value}`} analysis={analysis} seen={one} />
        ))}
        {seen.length === 0 && (
          <Fact label="Seen">
            <Aside>nothing of it in this recording</Aside>
          </Fact>
        )}
      </Facts>
    </Panel>
  )
}

export function ChallengeFacts({ analysis, challenge }: { analysis: Analysis; challenge: Challenge }) {
  const { type, token, keyAuthorization, error, answeredBy } = challenge
  const row = challengeRow(type)
  const answered = answeredBy === null ? null : stepOf(analysis, answeredBy)
  return (
    <>
      {error !== null && <ProblemCard problem={error} />}
      <ProofPanel analysis={analysis} challenge={challenge} />
      <Panel title="Challenge">
        <Facts>
          <Fact label="Type">
            <WireText text={type} /> {row && <Aside>{row.proof}</Aside>} {row && <Cite of={reference(row.cite)} />}
          </Fact>
          <Fact label="Tried">
            {answered ? (
              <>
                the client said in <StepLink step={answered} /> that it was ready
              </>
            ) : (
              <Aside>no: the client chose another way, or has not come to it</Aside>
            )}
          </Fact>
          {token !== null && (
            <Fact label="Token">
              <WireText text={token} mono />
            </Fact>
          )}
          {keyAuthorization !== null && (
            <Fact label="Key authorization">
              <WireText text={keyAuthorization} mono />
            </Fact>
          )}
        </Facts>
      </Panel>
    </>
  )
}
