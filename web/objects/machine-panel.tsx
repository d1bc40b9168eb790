/** The state machine of an object: as a drawing, or in words for who would rather read. */
import { SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import type { Course } from '../../shared/acme/course/course.ts'
import { StatusChip } from '../theme/chip.tsx'
import { Cite, Panel } from './frame.tsx'
import styles from './machine.module.css'
import { courseInWords, type DrawnMachine, type DrawnMove, drawMachine } from './machine-drawing.ts'
import { MachineView } from './machine-view.tsx'

/** One line beneath the drawing: what the pointer is on, or else the whole course. */
function Caption({ course, drawn, looked }: { course: Course; drawn: DrawnMachine; looked: string | null }) {
  const on = [...drawn.states, ...drawn.moves].find(({ id }) => id === looked)
  return (
    <p className={styles.caption} data-testid="machine-caption">
      {on ? on.words : courseInWords(course)} {on && <Cite of={on.reference} />}
    </p>
  )
}

const legend: readonly (readonly [DrawnMove['role'], string])[] = [
  ['taken', 'seen'],
  ['implied', 'must have happened'],
  ['odd', 'in no document'],
  ['wrong', 'not allowed'],
  ['possible', 'could have happened'],
]

/** What the kinds of line say, as far as they are drawn. */
function Legend({ drawn }: { drawn: DrawnMachine }) {
  const roles = new Set(drawn.moves.map(({ role }) => role))
  return (
    <ul className={styles.legend}>
      {legend
        .filter(([role]) => roles.has(role))
        .map(([role, words]) => (
          <li key={role}>
            <svg width="26" height="8" aria-hidden="true">
              <path className={styles.way} d="M 1 4 H 25" data-role={role} />
            </svg>
            {words}
          </li>
        ))}
    </ul>
  )
}

function InWords({ drawn }: { drawn: DrawnMachine }) {
  return (
    <ul className={styles.words}>
      {drawn.states.map((state) => (
        <li key={state.id}>
          <p>
            <StatusChip status={state.status} /> {state.words.slice(state.words.indexOf(':') + 2)}{' '}
            <Cite of={state.reference} />
          </p>
          <ul>
            {drawn.moves
              .filter(({ source }) => source === state.id)
              .map((move) => (
                <li key={move.id} data-role={move.role}>
                  {move.words} <Cite of={move.reference} />
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

type Shape = 'drawn' | 'words'

/** Drawn smaller than this, nobody could read it. */
const LEAST_ZOOM = 0.6
const CAPTION = 39

const ShapeChoice = ({ shape, setShape }: { shape: Shape; setShape: (shape: Shape) => void }) => (
  <SegmentedControl
    size="xs"
    aria-label="Show the states"
    value={shape}
    onChange={(value) => setShape(value as Shape)}
    data={[
      { value: 'drawn', label: 'Drawn' },
      { value: 'words', label: 'In words' },
    ]}
  />
)

/** In one line, and all of it for who asks. */
const Cramped = ({ course, drawn }: { course: Course; drawn: DrawnMachine }) => (
  <details className={styles.all}>
    <summary>{courseInWords(course)}</summary>
    <InWords drawn={drawn} />
  </details>
)

export function MachinePanel({ course }: { course: Course }) {
  const [shape, setShape] = useState<Shape>('drawn')
  const [looked, setLooked] = useState<string | null>(null)
  const { ref, width } = useElementSize()
  const drawn = useMemo(() => drawMachine(course), [course])
  const isOurs = course.found.kind === 'certificate'
  const isCramped = width > 0 && width < drawn.box.width * LEAST_ZOOM
  const shown = isCramped ? 'cramped' : shape
  return (
    <Panel
      title="Course"
      aside={isOurs ? 'No document draws it for certificates; we do, from what happened.' : null}
      action={
        <>
          {shown === 'drawn' && <Legend drawn={drawn} />}
          {!isCramped && <ShapeChoice shape={shape} setShape={setShape} />}
        </>
      }
    >
      <div
        ref={ref}
        className={styles.machine}
        // Its room is kept until it is known how wide that is.
        style={{ minHeight: width > 0 ? undefined : drawn.box.height + CAPTION }}
        data-testid="machine"
      >
        {shown === 'drawn' && width > 0 && (
          <>
            <MachineView drawn={drawn} width={width} look={setLooked} />
            <Caption course={course} drawn={drawn} looked={looked} />
          </>
        )}
        {shown === 'words' && <InWords drawn={drawn} />}
        {shown === 'cramped' && <Cramped course={course} drawn={drawn} />}
      </div>
    </Panel>
  )
}
