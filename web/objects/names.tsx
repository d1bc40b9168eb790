/** Names ordered, asked for and issued, side by side; of very many only how many there are. */
import { type comparedFor, NamesCompared } from '../inspector/names-compared.tsx'
import { Fact, Facts, Panel } from './frame.tsx'
import styles from './objects.module.css'

/** More than this nobody reads one by one. */
const MOST_NAMES = 200

export function Names(compared: ReturnType<typeof comparedFor>) {
  const { order, csr, certificate } = compared
  const counts = [order?.identifiers.length, csr?.names.length, certificate?.sans.length]
  if (Math.max(...counts.map((count) => count ?? 0)) <= MOST_NAMES)
    return (
      <div className={styles.borrowed}>
        <NamesCompared {...compared} />
      </div>
    )
  const [ordered = '–', asked = '–', issued = '–'] = counts
  return (
    <Panel title="Ordered, asked for, issued">
      <Facts>
        <Fact label="Names ordered">{ordered}</Fact>
        <Fact label="In the CSR">{asked}</Fact>
        <Fact label="In the certificate">{issued}</Fact>
      </Facts>
    </Panel>
  )
}
