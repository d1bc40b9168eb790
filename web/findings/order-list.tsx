/** How each order ended, where there are several. */
import { useState } from 'react'
import type { OrderOutcome, OrderVerdict } from '../../shared/acme/verdict/order-verdicts.ts'
import type { Verdict } from '../../shared/acme/verdict/verdict.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { Chip, ToneShape } from '../theme/chip.tsx'
import { duration } from '../theme/time.ts'
import type { Tone } from '../theme/tone.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './findings.module.css'

const outcomes: Readonly<Record<OrderOutcome, readonly [Tone, string]>> = {
  issued: ['ok', 'issued'],
  failed: ['bad', 'failed'],
  open: ['warn', 'open'],
}

const FIRST = 8
const MOST_NAMES = 20

/** Those that failed first. */
const byOutcome = (orders: readonly OrderVerdict[]): readonly OrderVerdict[] =>
  orders.toSorted((a, b) => Number(a.outcome === 'issued') - Number(b.outcome === 'issued'))

function OrderLine({ order }: { order: OrderVerdict }) {
  const [tone, word] = outcomes[order.outcome]
  return (
    <li>
      <PlaceLink
        className={styles.orderLink}
        to={order.order === null ? { step: order.exchange } : { view: 'flow', order: order.order, step: null }}
      >
        <WireText text={order.names.slice(0, MOST_NAMES).join(', ') || 'no names'} cut />
      </PlaceLink>
      {order.took !== null && <span className={styles.aside}>{duration(order.took)}</span>}
      <Chip tone={tone}>
        <ToneShape tone={tone} />
        {word}
      </Chip>
    </li>
  )
}

export function OrderList({ verdict }: { verdict: Verdict }) {
  const [isWhole, setWhole] = useState(false)
  const { orders } = verdict
  if (orders.length < 2) return null
  const shown = byOutcome(orders).slice(0, isWhole ? MOST_ORDERS : FIRST)
  return (
    <section className={styles.orders} aria-label="Orders">
      <h3>Orders</h3>
      <ul>
        {shown.map((order) => (
          <OrderLine key={order.exchange} order={order} />
        ))}
      </ul>
      {!isWhole && orders.length > FIRST && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          {(orders.length - FIRST).toLocaleString('en')} more
        </button>
      )}
    </section>
  )
}

/** The rest are in the flow's own list. */
const MOST_ORDERS = 200
