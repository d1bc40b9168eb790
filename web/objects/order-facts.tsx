/** What an order is made of: its names with their authorizations, how far it is, the CSR and the certificate. */
import { objectAt } from '../../shared/acme/course/found.ts'
import { stepOf } from '../../shared/acme/course/steps-by-exchange.ts'
import type { Analysis, Order } from '../../shared/acme/model.ts'
import { Aside } from '../inspector/facts.tsx'
import { comparedFor, NamesCompared } from '../inspector/names-compared.tsx'
import { ProblemCard } from '../inspector/problem-card.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { Fact, Facts, ObjectLink, Panel, StepLink } from './frame.tsx'
import styles from './objects.module.css'

interface OrderProps {
  readonly analysis: Analysis
  readonly order: Order
}

const MOST_LISTED = 100

export function Authorizations({ analysis, urls }: { analysis: Analysis; urls: readonly string[] }) {
  const valid = urls.filter((url) => analysis.authorizations.get(url)?.status === 'valid').length
  return (
    <Panel title="Authorizations" aside={`${valid} of ${urls.length} seen valid`}>
      <progress
        className={styles.progress}
        value={valid}
        max={urls.length}
        aria-label="Authorizations that were seen valid"
      />
      <ul className={styles.links}>
        {urls.slice(0, MOST_LISTED).map((url) => (
          <li key={url}>
            <ObjectLink analysis={analysis} url={url} withStatus />
          </li>
        ))}
      </ul>
      {urls.length > MOST_LISTED && <p className={styles.more}>and {urls.length - MOST_LISTED} more in the list</p>}
    </Panel>
  )
}

function CertificateFact({ analysis, order }: OrderProps) {
  if (order.certificate === null) return null
  return (
    <Fact label="Certificate">
      {objectAt(analysis, order.certificate) ? (
        <ObjectLink analysis={analysis} url={order.certificate} withStatus />
      ) : (
        <Aside>named by the CA, and not fetched in this recording</Aside>
      )}
    </Fact>
  )
}

export function OrderFacts({ analysis, order }: OrderProps) {
  const finalized = order.finalizedBy === null ? null : stepOf(analysis, order.finalizedBy)
  return (
    <>
      {order.error !== null && <ProblemCard problem={order.error} />}
      {order.authorizations.length > 0 && <Authorizations analysis={analysis} urls={order.authorizations} />}
      <Panel title="Order">
        <Facts>
          <Fact label="Account">
            {order.account === null ? <Aside>not known</Aside> : <ObjectLink analysis={analysis} url={order.account} />}
          </Fact>
          <Fact label="CSR">
            {finalized === null ? <Aside>not sent yet</Aside> : <StepLink step={finalized} />}{' '}
            {order.csr && <Aside>{order.csr.key.type}</Aside>}
          </Fact>
          <CertificateFact analysis={analysis} order={order} />
          {order.replaces !== null && (
            <Fact label="Replaces">
              <WireText text={order.replaces} mono />
            </Fact>
          )}
        </Facts>
      </Panel>
      <div className={styles.borrowed}>
        <NamesCompared {...comparedFor(analysis, order.url, {})} />
      </div>
    </>
  )
}
