/** The ledger of nonces (§6.5): who gave each, who spent it, what came of it. Only the rows in view are in the page. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { stepsByExchange } from '../../shared/acme/course/steps-by-exchange.ts'
import type { Analysis, Nonce, Step } from '../../shared/acme/model.ts'
import { Aside } from '../inspector/facts.tsx'
import { Chip, ToneShape } from '../theme/chip.tsx'
import { duration } from '../theme/time.ts'
import type { Tone } from '../theme/tone.ts'
import { WireText } from '../theme/wire-text.tsx'
import { StepLink } from './frame.tsx'
import { kinds } from './kinds.ts'
import styles from './nonces.module.css'
import objects from './objects.module.css'

const ROW = 30

const outcomes: Readonly<Record<Nonce['outcome'], { readonly tone: Tone; readonly word: string }>> = {
  accepted: { tone: 'ok', word: 'accepted' },
  rejected: { tone: 'bad', word: 'refused' },
  pending: { tone: 'busy', word: 'no answer yet' },
  unused: { tone: 'plain', word: 'not used' },
}

interface LedgerRow {
  readonly nonce: Nonce
  readonly issued: Step | null
  readonly used: readonly Step[]
}

/** Milliseconds from the answer that gave it to the request that spent it. */
function heldFor({ issued, used: [first] }: LedgerRow): string {
  if (!issued || !first) return ''
  const given = Date.parse(issued.time) + (issued.decoded.head.timings.total ?? 0)
  return duration(Math.max(0, Date.parse(first.time) - given))
}

const MOST_USES = 5

function Row({ row, top, place }: { row: LedgerRow; top: number; place: number }) {
  const { nonce, issued, used } = row
  const { tone, word } = outcomes[nonce.outcome]
  return (
    <tr
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={place + 2}
      data-testid="nonce"
    >
      <td>
        <WireText text={nonce.value} mono cut />
      </td>
      <td>
        {issued ? (
          <>
            <StepLink step={issued} /> <Aside>{issued.operation}</Aside>
          </>
        ) : (
          <Aside>not recorded</Aside>
        )}
      </td>
      <td>
        {used.slice(0, MOST_USES).map((step) => (
          <span key={step.exchange}>
            <StepLink step={step} /> <Aside>{step.operation}</Aside>{' '}
          </span>
        ))}
        {used.length > MOST_USES && `+${used.length - MOST_USES}`}
      </td>
      <td>{heldFor(row)}</td>
      <td>
        <Chip tone={tone}>
          <ToneShape tone={tone} />
          {word}
        </Chip>
        {used.length > 1 && <Aside> used {used.length} times</Aside>}
      </td>
    </tr>
  )
}

function toRows(analysis: Analysis): readonly LedgerRow[] {
  const steps = stepsByExchange(analysis)
  return [...analysis.nonces.values()].map((nonce) => ({
    nonce,
    issued: steps.get(nonce.issuedBy ?? '') ?? null,
    used: nonce.usedBy.flatMap((exchange) => steps.get(exchange) ?? []),
  }))
}

/** `14 nonces: 12 accepted, 1 refused, 1 not used` */
function tally(rows: readonly LedgerRow[]): string {
  const counts = Object.entries(outcomes).map(([outcome, { word }]) => ({
    word,
    count: rows.filter(({ nonce }) => nonce.outcome === outcome).length,
  }))
  const said = counts.filter(({ count }) => count > 0).map(({ word, count }) => `${count} ${word}`)
  return `${rows.length} ${rows.length === 1 ? 'nonce' : 'nonces'}: ${said.join(', ')}`
}

export function Nonces({ analysis }: { analysis: Analysis }) {
  const rows = useMemo(() => toRows(analysis), [analysis])
  const scroller = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  })
  const { Icon } = kinds.nonces
  return (
    <article className={styles.ledger} aria-label="Nonces" data-testid="object" data-kind="nonces">
      <header className={objects.head}>
        <div className={objects.title}>
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          <h2>Nonces</h2>
        </div>
        <div className={objects.address}>{tally(rows)}</div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className={styles.scroller} ref={scroller} tabIndex={0} aria-label="The ledger">
        <table aria-rowcount={rows.length + 1} className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Nonce</th>
              <th scope="col">Given in</th>
              <th scope="col">Spent in</th>
              <th scope="col">Held for</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index]
              return row && <Row key={row.nonce.value} row={row} top={start} place={index} />
            })}
          </tbody>
        </table>
      </section>
    </article>
  )
}
