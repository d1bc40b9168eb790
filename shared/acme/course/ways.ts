/** The lines of a machine: from status to status, around corners, and where their labels stand. */
import { layouts } from './layouts.ts'
import { type Machine, type MachineKind, type Point, STATE_HEIGHT, STATE_WIDTH, type State } from './machine.ts'

export interface Way {
  /** For the `d` of an SVG path. */
  readonly path: string
  /** The middle of its label. */
  readonly label: Point
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const RADIUS = 8
/** Room for what frames an outermost status, and above it for the label of an outermost line. */
const MARGIN = 8
const LABEL = 20

/** The line between two statuses: as it was laid by hand, straight, or in an arc where nobody foresaw it. */
export function wayOf({ kind, states }: Machine, from: string, to: string): Way | null {
  const { ways, oddWays = {}, labels = {} } = layouts[kind]
  const [ends, laid] = [`${from} ${to}`, ways[`${from} ${to}`] ?? oddWays[`${from} ${to}`]]
  if (laid) return { path: roundedPath(laid), label: labels[ends] ?? middleOf(laid) }
  const [start, end] = [from, to].map((status) => states.find((state) => state.status === status))
  if (!start || !end) return null
  return isNeighbour(start, end) ? straight(start, end) : arc(start, end)
}

const isNeighbour = ({ at: [x, y] }: State, { at: [toX, toY] }: State): boolean =>
  y === toY && toX > x && toX - x < STATE_WIDTH * 2

function straight({ at: [x, y] }: State, { at: [toX] }: State): Way {
  const middle = y + STATE_HEIGHT / 2
  return {
    path: `M ${x + STATE_WIDTH} ${middle} L ${toX} ${middle}`,
    label: [(x + STATE_WIDTH + toX) / 2, middle],
  }
}

/** In one row over the tops of what stands between, else from row to row. */
function arc({ at: [x, y] }: State, { at: [toX, toY] }: State): Way {
  const [startX, endX] = [x + STATE_WIDTH / 2 + 8, toX + STATE_WIDTH / 2 - 8]
  if (y !== toY) {
    const [startY, endY] = toY > y ? [y + STATE_HEIGHT, toY] : [y, toY + STATE_HEIGHT]
    const middle = (startY + endY) / 2
    return {
      path: `M ${startX} ${startY} C ${startX} ${middle} ${endX} ${middle} ${endX} ${endY}`,
      label: [(startX + endX) / 2, middle],
    }
  }
  const top = y - ARC
  return {
    path: `M ${startX} ${y} C ${startX} ${top} ${endX} ${top} ${endX} ${toY}`,
    label: [(startX + endX) / 2, (y + 3 * top) / 4],
  }
}

const ARC = 56

/** A line through the corners, each rounded. */
function roundedPath(corners: readonly Point[]): string {
  const parts = corners.map((corner, place) => {
    const [before, after] = [corners[place - 1], corners[place + 1]]
    if (!before) return `M ${corner.join(' ')}`
    if (!after) return `L ${corner.join(' ')}`
    return `L ${towards(corner, before).join(' ')} Q ${corner.join(' ')} ${towards(corner, after).join(' ')}`
  })
  return parts.join(' ')
}

/** The point a radius away from a corner, or half of the way where that is nearer. */
function towards([x, y]: Point, [toX, toY]: Point): Point {
  const length = Math.hypot(toX - x, toY - y) || 1
  const part = Math.min(RADIUS, length / 2) / length
  return [x + (toX - x) * part, y + (toY - y) * part]
}

/** The middle of a line's longest straight part. */
function middleOf(corners: readonly Point[]): Point {
  let longest = -1
  let middle: Point = corners[0] ?? [0, 0]
  for (const [place, [x, y]] of corners.entries()) {
    const [toX, toY] = corners[place + 1] ?? [x, y]
    const length = Math.hypot(toX - x, toY - y)
    if (length <= longest) continue
    longest = length
    middle = [(x + toX) / 2, (y + toY) / 2]
  }
  return middle
}

/** Whether the line between two statuses goes over the tops of others. */
export function isArc({ kind, states }: Machine, from: string, to: string): boolean {
  const { ways, oddWays = {} } = layouts[kind]
  const [start, end] = [from, to].map((status) => states.find((state) => state.status === status))
  if (ways[`${from} ${to}`] || oddWays[`${from} ${to}`] || !start || !end) return false
  return start.at[1] === end.at[1] && !isNeighbour(start, end)
}

/** All that is drawn of a machine; with an arc there is something above its topmost status. */
export function boxOf({ kind, states }: Machine, hasArcs: boolean): Box {
  const shown = new Set(states.map(({ status }) => status))
  const corners = [
    ...states.flatMap(({ at: [x, y] }): readonly Point[] => [
      [x, hasArcs ? y - ARC : y],
      [x + STATE_WIDTH, y + STATE_HEIGHT],
    ]),
    ...waysAmong(kind, shown),
  ]
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - LABEL]
  return { left, top, width: Math.max(...xs) + MARGIN - left, height: Math.max(...ys) + MARGIN - top }
}

const waysAmong = (kind: MachineKind, shown: ReadonlySet<string>): readonly Point[] =>
  Object.entries(layouts[kind].ways).flatMap(([ends, corners]) =>
    ends.split(' ').every((status) => shown.has(status)) ? corners : [],
  )
