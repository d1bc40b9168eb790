/** The state machine of an object: as a drawing, or in words for who would rather read. */
import { SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import type { Course } from '../../shared/acme/course/course.ts'
import { StatusChip } from '../theme/chip.tsx'
import { Cite, Panel } from './frame.tsx'
import styles from './machine.module.css'
import { courseInWords, type DrawnMachine, drawMachine } from './machine-drawing.ts'
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

export function MachinePanel({ course }: { course: Course }) {
  const [shape, setShape] = useState<Shape>('drawn')
  const [looked, setLooked] = useState<string | null>(null)
  const { ref, width } = useElementSize()
  const drawn = useMemo(() => drawMachine(course), [course])
  const isOurs = course.found.kind === 'certificate'
  const isCramped = width > 0 && width < drawn.box.width * LEAST_ZOOM
  const shown = isCramped ? 'words' : shape
  return (
    <Panel
      title="Course"
      aside={isOurs ? 'No document draws it for certificates; we do, from what happened.' : null}
      action={
        <SegmentedControl
          size="xs"
          aria-label="Show the states"
          value={shown}
          disabled={isCramped}
          onChange={(value) => setShape(value as Shape)}
          data={[
            { value: 'drawn', label: 'Drawn' },
            { value: 'words', label: 'In words' },
          ]}
        />
      }
    >
      <div ref={ref} className={styles.machine} data-testid="machine">
        {shown === 'drawn' && width > 0 && (
          <>
            <MachineView drawn={drawn} width={width} look={setLooked} />
            <Caption course={course} drawn={drawn} looked={looked} />
          </>
        )}
        {shown === 'words' && <InWords drawn={drawn} />}
      </div>
    </Panel>
  )
}
