/** Who an account is, and what it ordered. */
import type { Account, Analysis } from '../../shared/acme/model.ts'
import { Aside, Copy } from '../inspector/facts.tsx'
import { WireText } from '../theme/wire-text.tsx'
import { Fact, Facts, ObjectLink, Panel } from './frame.tsx'
import styles from './objects.module.css'

const MOST_LISTED = 100

export function AccountFacts({ analysis, account }: { analysis: Analysis; account: Account }) {
  const { contact, thumbprint, jwk, url } = account
  const orders = [...analysis.orders.values()].filter((order) => order.account === url)
  return (
    <>
      <Panel title="Account">
        <Facts>
          <Fact label="Contact">
            {contact.length === 0 ? (
              <Aside>none given</Aside>
            ) : (
              contact.slice(0, MOST_LISTED).map((one) => (
                <div key={one}>
                  <WireText text={one} />
                </div>
              ))
            )}
          </Fact>
          <Fact label="Key">
            {typeof jwk?.kty === 'string' ? (
              <WireText text={[jwk.kty, jwk.crv].filter((one) => typeof one === 'string').join(' ')} />
            ) : (
              <Aside>not shown by this recording</Aside>
            )}
          </Fact>
          {thumbprint !== null && (
            <Fact label="Thumbprint">
              <WireText text={thumbprint} mono /> <Copy value={thumbprint} label="Copy the thumbprint" />
            </Fact>
          )}
        </Facts>
      </Panel>
      <Panel title="Orders" aside={orders.length === 0 ? 'none in this recording' : String(orders.length)}>
        <ul className={styles.links}>
          {orders.slice(-MOST_LISTED).map((order) => (
            <li key={order.url}>
              <ObjectLink analysis={analysis} url={order.url} withStatus />
            </li>
          ))}
        </ul>
        {orders.length > MOST_LISTED && (
          <p className={styles.more}>the newest {MOST_LISTED}; the others are in the list</p>
        )}
      </Panel>
    </>
  )
}
