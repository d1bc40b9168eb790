/** The steps that exercised a section, by what they did. Long lists are drawn as far as they are looked at. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { reasonOf } from '../../shared/acme/coverage/reasons.ts'
import { grouped } from '../../shared/acme/grouped.ts'
import type { Operation, Step } from '../../shared/acme/model.ts'
import { operationRow } from '../../shared/acme/registry/registry.ts'
import { StepLine } from '../findings/step-lines.tsx'
import { useSelected } from '../session/location.ts'
import styles from './rfc.module.css'

type Row =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly count: number }
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'more'; readonly operation: Operation; readonly count: number }

const HEIGHTS: Readonly<Record<Row['kind'], number>> = { operation: 34, step: 28, more: 28 }

/** Of each operation, until somebody asks for all of them. */
const FIRST = 8

function toRows(steps: readonly Step[], open: ReadonlySet<string>): readonly Row[] {
  return [...grouped(steps, ({ operation }) => operation)].flatMap(([name, own]): readonly Row[] => {
    const operation = name as Operation
    const shown = open.has(name) || own.length <= FIRST + 1 ? own : own.slice(0, FIRST)
    const more = own.length - shown.length
    return [
      { kind: 'operation', operation, count: own.length },
      ...shown.map((step): Row => ({ kind: 'step', step })),
      ...(more > 0 ? [{ kind: 'more', operation, count: more } as const] : []),
    ]
  })
}

interface SectionStepsProps {
  readonly steps: readonly Step[]
  readonly cite: string
  readonly scroller: RefObject<HTMLElement | null>
}

export function SectionSteps({ steps, cite, scroller }: SectionStepsProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set())
  const [top, setTop] = useState(0)
  const rows = useMemo(() => toRows(steps, open), [steps, open])
  const list = useRef<HTMLUListElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => HEIGHTS[rows[at]?.kind ?? 'step'],
    scrollMargin: top,
    overscan: 12,
  })
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0))
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights belong to rows
  useLayoutEffect(() => virtual.measure(), [rows])
  const selected = useSelected()
  return (
    <section aria-label="Steps">
      <h3>Steps</h3>
      <ul className={styles.steps} ref={list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size, key }) => {
          const row = rows[index]
          return (
            row && (
              <li key={key} style={{ transform: `translateY(${start - top}px)`, height: size }}>
                <StepsRow
                  row={row}
                  cite={cite}
                  isSelected={row.kind === 'step' && row.step.exchange === selected}
                  unfold={(operation) => setOpen(new Set([...open, operation]))}
                />
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}

interface StepsRowProps {
  readonly row: Row
  readonly cite: string
  readonly isSelected: boolean
  readonly unfold: (operation: Operation) => void
}

function StepsRow({ row, cite, isSelected, unfold }: StepsRowProps) {
  if (row.kind === 'step') return <StepLine shown={row.step} isSelected={isSelected} />
  if (row.kind === 'more')
    return (
      <button type="button" className={styles.more} onClick={() => unfold(row.operation)}>
        {row.count.toLocaleString('en')} more
      </button>
    )
  return (
    <h4 className={styles.operation}>
      {operationRow(row.operation)?.label ?? 'Other'}
      <span className={styles.count}>{row.count.toLocaleString('en')}</span>
      <span className={styles.why}>{reasonOf(row.operation, cite)}</span>
    </h4>
  )
}
