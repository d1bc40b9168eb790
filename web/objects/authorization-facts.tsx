/** What an authorization is for, and the ways to prove it. */
import type { Analysis, Authorization } from '../../shared/acme/model.ts'
import { Aside } from '../inspector/facts.tsx'
import { ProblemCard } from '../inspector/problem-card.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { Fact, Facts, ObjectLink, Panel } from './frame.tsx'
import styles from './objects.module.css'

const MOST_LISTED = 50

export function AuthorizationFacts({ analysis, authorization }: { analysis: Analysis; authorization: Authorization }) {
  const { identifier, wildcard, orders } = authorization
  const challenges = authorization.challenges.slice(0, MOST_LISTED).flatMap((url) => analysis.challenges.get(url) ?? [])
  const failed = challenges.find(({ error }) => error !== null)
  return (
    <>
      {failed?.error && <ProblemCard problem={failed.error} />}
      <Panel title="Challenges" aside="one is enough">
        <ul className={styles.links}>
          {challenges.map(({ url, answeredBy }) => (
            <li key={url}>
              <ObjectLink analysis={analysis} url={url} withStatus /> {answeredBy !== null && <Aside>tried</Aside>}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title="Authorization">
        <Facts>
          <Fact label="Identifier">
            {identifier === null ? (
              <Aside>not known</Aside>
            ) : (
              <>
                <WireText text={identifier.value} /> <Aside>{identifier.type}</Aside>
              </>
            )}
          </Fact>
          <Fact label="Wildcard">{wildcard ? 'yes: the order asked for every name right under it' : 'no'}</Fact>
          {orders.slice(0, MOST_LISTED).map((url, place) => (
            <Fact key={url} label={place === 0 ? 'Order' : 'Used again by'}>
              <ObjectLink analysis={analysis} url={url} withStatus />
            </Fact>
          ))}
        </Facts>
      </Panel>
    </>
  )
}
