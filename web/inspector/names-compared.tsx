/** What was ordered, asked for and issued, name by name. */
import { nameRows } from '../../shared/acme/compare-names.ts'
import type { Analysis, Order } from '../../shared/acme/model.ts'
import { leafOf } from '../../shared/x509/leaf.ts'
import type { Certificate, Csr } from '../../shared/x509/model.ts'
import own from './certificate.module.css'
import { Match } from './checks.tsx'
import { Section } from './facts.tsx'
import styles from './inspector.module.css'

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
  <td>{has === null ? <span className={styles.aside}>–</span> : <Match matches={has}>{has ? 'yes' : 'no'}</Match>}</td>
)

export function NamesCompared({ order, csr, certificate }: Compared) {
  const known = [order?.identifiers.length ? order : null, csr, certificate].filter((one) => one !== null)
  if (known.length < 2) return null
  const ordered = order?.identifiers.length ? order.identifiers.map(({ value }) => value) : null
  const rows = nameRows(ordered, csr?.names ?? null, certificate?.sans ?? null)
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
          {rows.map(({ name, ordered, requested, issued }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <Cell has={ordered} />
              <Cell has={requested} />
              <Cell has={issued} />
            </tr>
          ))}
          {csr && certificate && <KeyRow csr={csr} certificate={certificate} />}
        </tbody>
      </table>
    </Section>
  )
}

function KeyRow({ csr, certificate }: { csr: Csr; certificate: Certificate }) {
  const isSame = csr.key.spkiSha256 === certificate.key.spkiSha256
  return (
    <tr>
      <th scope="row">the key</th>
      <td>
        <span className={styles.aside}>–</span>
      </td>
      <td>{csr.key.type}</td>
      <td>
        <Match matches={isSame}>{isSame ? 'the same' : `another, ${certificate.key.type}`}</Match>
      </td>
    </tr>
  )
}
