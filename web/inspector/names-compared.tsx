/** What was ordered, asked for and issued, name by name. */
import { type NameRow, nameRows } from '../../shared/acme/compare-names.ts'
import type { Analysis, Order } from '../../shared/acme/model.ts'
import { leafOf } from '../../shared/x509/leaf.ts'
import type { Certificate, Csr } from '../../shared/x509/model.ts'
import { WireText } from '../theme/wire-text.tsx'
import own from './certificate.module.css'
import { Match } from './checks.tsx'
import styles from './facts.module.css'
import { Aside, Section } from './facts.tsx'

interface Compared {
  readonly order: Order | null
  readonly csr: Csr | null
  readonly certificate: Certificate | null
}

/** The three that belong together, as far as the recording has them. */
export function comparedFor(analysis: Analysis, orderUrl: string | null, own: Partial<Compared>): Compared {
  const order = analysis.orders.get(orderUrl ?? '') ?? null
  const issued = analysis.certificates.get(order?.certificate ?? '')
  return { order, csr: order?.csr ?? null, certificate: (issued && leafOf(issued.chain)) ?? null, ...own }
}

const Cell = ({ has }: { has: boolean | null }) => (
  <td>{has === null ? <Aside>–</Aside> : <Match matches={has}>{has ? 'yes' : 'no'}</Match>}</td>
)

export function NamesCompared({ order, csr, certificate }: Compared) {
  const known = [order?.identifiers.length ? order : null, csr, certificate].filter((one) => one !== null)
  if (known.length < 2) return null
  const ordered = order?.identifiers.length ? order.identifiers.map(({ value }) => value) : null
  const rows = nameRows(ordered, csr?.names ?? null, certificate?.sans ?? null)
  const shown = rows.length <= MOST_SHOWN ? rows : rows.filter(differs).slice(0, MOST_SHOWN)
  return (
    <Section title="Ordered, asked for, issued">
      <table className={own.compared}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Order</th>
            <th scope="col">CSR</th>
            <th scope="col">Certificate</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, ordered, requested, issued }) => (
            <tr key={name}>
              <th scope="row">
                <WireText text={name} />
              </th>
              <Cell has={ordered} />
              <Cell has={requested} />
              <Cell has={issued} />
            </tr>
          ))}
          {csr && certificate && <KeyRow csr={csr} certificate={certificate} />}
        </tbody>
      </table>
      <Others rows={rows} shown={shown.length} />
    </Section>
  )
}

/** Of more names than this only those are listed on which the three differ. */
const MOST_SHOWN = 20

const differs = ({ ordered, requested, issued }: NameRow): boolean => [ordered, requested, issued].includes(false)

function Others({ rows, shown }: { rows: readonly NameRow[]; shown: number }) {
  if (rows.length === shown) return null
  const different = rows.filter(differs).length
  const same = rows.length - different
  return (
    <p className={styles.note}>
      {different > shown && `${different - shown} more differ. `}
      {same > 0 && `${same} names are the same in all of them.`}
    </p>
  )
}

function KeyRow({ csr, certificate }: { csr: Csr; certificate: Certificate }) {
  const isSame = csr.key.spkiSha256 === certificate.key.spkiSha256
  return (
    <tr>
      <th scope="row">the key</th>
      <td>
        <Aside>–</Aside>
      </td>
      <td>{csr.key.type}</td>
      <td>
        <Match matches={isSame}>{isSame ? 'the same' : `another, ${certificate.key.type}`}</Match>
      </td>
    </tr>
  )
}
