/** What a section defines, and whether this recording shows it. */
import type { Coverage } from '../../shared/acme/coverage/coverage.ts'
import { grouped } from '../../shared/acme/grouped.ts'
import type { Definition, DefinitionKind } from '../../shared/acme/registry/definitions.ts'
import { PlaceLink } from '../session/place-link.tsx'
import styles from './rfc.module.css'

const TITLES: Readonly<Record<DefinitionKind, string>> = {
  field: 'Fields',
  status: 'Statuses',
  problem: 'Errors',
  challenge: 'Challenges',
  identifier: 'Identifiers',
  header: 'Headers',
  reason: 'Reason codes',
}

interface DefinitionsProps {
  readonly definitions: readonly Definition[]
  readonly coverage: Coverage
}

function Seen({ definition, coverage }: { definition: Definition; coverage: Coverage }) {
  const count = coverage.seen(definition.key)
  const first = coverage.firstSeen(definition.key)
  if (!first) return <span className={styles.notSeen}>not seen here</span>
  return (
    <PlaceLink to={{ step: first.exchange }} title={first.summary}>
      {count === 1 ? `in #${first.sequence}` : `in ${count.toLocaleString('en')} steps, first #${first.sequence}`}
    </PlaceLink>
  )
}

const Rows = ({ definitions, coverage }: DefinitionsProps) =>
  definitions.map((definition) => (
    <tr key={definition.key} data-seen={coverage.seen(definition.key) > 0}>
      <th scope="row">
        <code>{definition.name}</code>
        {definition.of !== null && <span className={styles.of}>{definition.of}</span>}
      </th>
      <td>{definition.text}</td>
      <td className={styles.seen}>
        <Seen definition={definition} coverage={coverage} />
      </td>
    </tr>
  ))

/** As many tables as there are kinds. */
export const SectionDefinitions = ({ definitions, coverage }: DefinitionsProps) => (
  <section aria-label="What it defines">
    {[...grouped(definitions, ({ kind }) => kind)].map(([kind, rows]) => (
      <table key={kind} className={styles.definitions}>
        <caption>{TITLES[kind as DefinitionKind]} it defines</caption>
        <thead className={styles.unseen}>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">What it is</th>
            <th scope="col">Seen</th>
          </tr>
        </thead>
        <tbody>
          <Rows definitions={rows} coverage={coverage} />
        </tbody>
      </table>
    ))}
  </section>
)
