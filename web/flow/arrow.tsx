/** A request's arrow from lane to lane: its words above the line, what came back at its end, and more beneath. */
import type { ReactNode } from 'react'
import type { StepMood } from '../../shared/acme/mood.ts'
import type { Tone } from '../theme/tone.ts'
import styles from './arrow.module.css'
import { useScene } from './flow-context.ts'
import { DENSE_BELOW, LINE_Y } from './geometry.ts'

/** A moment on the line, from 0 at its beginning to 1 at its end. */
export interface Tick {
  readonly at: number
  readonly tone: Tone
}

interface ArrowProps {
  readonly from: string
  readonly to: string
  readonly height: number
  readonly mood: StepMood | 'inferred'
  readonly label: ReactNode
  readonly answer: ReactNode
  /** Stands beneath the line, between the lanes. */
  readonly below?: ReactNode
  /** Left of the label, in pixels: for what the row puts there. */
  readonly indent?: number
  readonly ticks?: readonly Tick[]
}

const HEAD = 7
/** From a lifeline to what stands beside it. */
const BESIDE = 10
/** An arrow from a lane to itself. */
const LOOP = 40

export interface Ends {
  /** x where the arrow begins and where it ends. */
  readonly start: number
  readonly end: number
  /** Id of the lane that its answer stands right of. */
  readonly rightmost: string
  /** Too short for an operation and a name side by side. */
  readonly isShort: boolean
}

export function useEnds(from: string, to: string): Ends {
  const { geometry } = useScene()
  const start = geometry.laneX.get(from) ?? geometry.laneX.values().next().value ?? 0
  const end = geometry.laneX.get(to) ?? start
  const isShort = Math.abs(end - start) < DENSE_BELOW
  return { start, end: end === start ? start + LOOP : end, rightmost: end >= start ? to : from, isShort }
}

function Line({ start, end, ticks = [] }: Pick<Ends, 'start' | 'end'> & Pick<ArrowProps, 'ticks'>) {
  const right = end >= start
  const tip = right ? end - 1 : end + 2
  const back = right ? -HEAD : HEAD
  return (
    <>
      <line x1={start} x2={tip} y1={LINE_Y} y2={LINE_Y} />
      <path d={`M${tip + back} ${LINE_Y - 4} L${tip} ${LINE_Y} L${tip + back} ${LINE_Y + 4}`} />
      <circle cx={start + 0.5} cy={LINE_Y} r={2.5} />
      {ticks.map(({ at, tone }) => (
        <circle key={at} className={styles.tick} data-tone={tone} cx={start + at * (tip - start)} cy={LINE_Y} r={3} />
      ))}
    </>
  )
}

export function Arrow({ from, to, height, mood, label, answer, below, indent = 0, ticks }: ArrowProps) {
  const { geometry } = useScene()
  const { start, end, rightmost } = useEnds(from, to)
  const left = Math.min(start, end) + BESIDE
  const room = Math.abs(end - start) - 2 * BESIDE
  const answerAt = Math.max(start, end) + BESIDE
  const answerRoom = (geometry.room.get(rightmost) ?? 0) - 2 * BESIDE
  return (
    <>
      <svg className={styles.arrow} width={geometry.width} height={height} data-mood={mood} aria-hidden="true">
        <Line start={start} end={end} {...(ticks && { ticks })} />
      </svg>
      <span className={styles.label} style={{ left: left + indent, maxWidth: room - indent }}>
        {label}
      </span>
      <span className={styles.answer} style={{ left: answerAt, maxWidth: answerRoom }}>
        {answer}
      </span>
      {below && (
        <span className={styles.below} style={{ left, maxWidth: room }}>
          {below}
        </span>
      )}
    </>
  )
}

/** What began at a lane and went nowhere. */
export function Stub({ from, height, mood }: Pick<ArrowProps, 'from' | 'height' | 'mood'>) {
  const { geometry } = useScene()
  const start = geometry.laneX.get(from) ?? 0
  const end = start + 2 * LOOP
  return (
    <svg className={styles.arrow} width={geometry.width} height={height} data-mood={mood} aria-hidden="true">
      <line x1={start} x2={end} y1={LINE_Y} y2={LINE_Y} />
      <path d={`M${end - 4} ${LINE_Y - 4} l8 8 m0 -8 l-8 8`} />
      <circle cx={start + 0.5} cy={LINE_Y} r={2.5} />
    </svg>
  )
}
