/** What hangs from a directory: its accounts, and what they ordered. */
import { NONCES } from '../../shared/acme/course/tree.ts'
import type { Analysis, Directory } from '../../shared/acme/model.ts'
import { Aside } from '../inspector/facts.tsx'
import { PlaceLink } from '../session/place-link.tsx'
import frame from './frame.module.css'
import { Fact, Facts, ObjectLink, Panel } from './frame.tsx'
import styles from './objects.module.css'

const MOST_LISTED = 100

export function DirectoryFacts({ analysis, directory }: { analysis: Analysis; directory: Directory }) {
  const hangsHere = (url: string) => analysis.resources.get(url)?.directory === directory.url
  const accounts = [...analysis.accounts.keys()].filter(hangsHere)
  const orders = [...analysis.orders.keys()].filter(hangsHere)
  return (
    <>
      <Panel title="Accounts" aside={accounts.length === 0 ? 'none in this recording' : String(accounts.length)}>
        <ul className={styles.links}>
          {accounts.slice(-MOST_LISTED).map((url) => (
            <li key={url}>
              <ObjectLink analysis={analysis} url={url} withStatus />
            </li>
          ))}
        </ul>
        {accounts.length > MOST_LISTED && (
          <p className={styles.more}>the newest {MOST_LISTED}; the others are in the list</p>
        )}
      </Panel>
      <Panel title="In this recording">
        <Facts>
          <Fact label="Orders">{orders.length === 0 ? <Aside>none</Aside> : orders.length}</Fact>
          <Fact label="Nonces">
            <PlaceLink to={{ object: NONCES }} className={frame.link}>
              {analysis.nonces.size} in the ledger
            </PlaceLink>
          </Fact>
        </Facts>
      </Panel>
    </>
  )
}
