/** How a challenge is to be met, what was seen of it, and whether the client tried. */
import { stepOf } from '../../shared/acme/course/steps-by-exchange.ts'
import type { Analysis, Challenge } from '../../shared/acme/model.ts'
import { challengeRow, reference } from '../../shared/acme/registry/registry.ts'
import { Aside, Copy } from '../inspector/facts.tsx'
import { ProblemCard } from '../inspector/problem-card.tsx'
import { ChallengeProof } from '../inspector/proof-facts.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { Cite, Fact, Facts, Panel, StepLink } from './frame.tsx'
import styles from './objects.module.css'

export function ChallengeFacts({ analysis, challenge }: { analysis: Analysis; challenge: Challenge }) {
  const { type, token, keyAuthorization, error, answeredBy, proof } = challenge
  const row = challengeRow(type)
  const answered = answeredBy === null ? null : stepOf(analysis, answeredBy)
  return (
    <>
      {error !== null && <ProblemCard problem={error} />}
      {proof !== null && (
        <section className={styles.borrowed} aria-label="Proof">
          <ChallengeProof challenge={challenge} analysis={analysis} here="" />
        </section>
      )}
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
          {token !== null && proof === null && (
            <Fact label="Token">
              <WireText text={token} mono />
            </Fact>
          )}
          {keyAuthorization !== null && (
            <Fact label="Key authorization">
              <WireText text={keyAuthorization} mono />{' '}
              <Copy value={keyAuthorization} label="Copy the key authorization" />
            </Fact>
          )}
        </Facts>
      </Panel>
    </>
  )
}
