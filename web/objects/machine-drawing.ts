/** A course as it is drawn: what stands where, what is strong and what is faint, and the words for each. */
import type { Course, Taken, Visit } from '../../shared/acme/course/course.ts'
import type { Point, State } from '../../shared/acme/course/machine.ts'
import { type Box, boxOf, isArc, type Way, wayOf } from '../../shared/acme/course/ways.ts'
import { reference } from '../../shared/acme/registry/registry.ts'
import type { TransitionRow } from '../../shared/acme/specs/row.ts'
import { type Reference, shortCitationOf } from '../../shared/reference.ts'
import { shownText } from '../../shared/shown-text.ts'
import { clockTime, duration } from '../theme/time.ts'

export interface DrawnState {
  readonly id: string
  readonly status: string
  readonly at: Point
  /** `implied`: passed through unseen. */
  readonly role: 'visited' | 'implied' | 'possible'
  readonly isCurrent: boolean
  readonly isLast: boolean
  /** Beneath the status: how long it stayed so. */
  readonly detail: string
  /** In a sentence. */
  readonly words: string
  readonly reference: Reference | null
}

export interface DrawnMove {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly way: Way
  /** `odd`: no document has it, and yet there is nothing to be said against it. */
  readonly role: 'taken' | 'implied' | 'odd' | 'wrong' | 'possible'
  readonly label: string
  readonly words: string
  readonly reference: Reference | null
}

export interface DrawnMachine {
  readonly box: Box
  readonly states: readonly DrawnState[]
  /** What was not taken first, so that what was lies over it. */
  readonly moves: readonly DrawnMove[]
}

export function drawMachine(course: Course): DrawnMachine {
  const { machine, taken } = course
  const states = machine.states.map((state, place) => drawState(course, state, `s${place}`))
  const idOf = new Map(states.map(({ status, id }) => [status, id]))
  const rows = new Map(machine.moves.map((row) => [`${row.from} ${row.to}`, row]))
  const made = new Set(taken.map(({ from, to }) => `${from} ${to}`))
  const moves = [
    ...machine.moves.filter(({ from, to }) => !made.has(`${from} ${to}`)).map((row) => possible(row, course)),
    ...taken.map((one) => drawTaken(one, rows.get(`${one.from} ${one.to}`) ?? null)),
  ]
  const drawn = moves.flatMap(({ from, to, ...rest }, place): DrawnMove[] => {
    const [way, source, target] = [wayOf(machine, from, to), idOf.get(from), idOf.get(to)]
    return way && source && target ? [{ ...rest, id: `m${place}`, way, source, target }] : []
  })
  const hasArcs = taken.some(({ from, to }) => isArc(machine, from, to))
  return { box: boxOf(machine, hasArcs), states, moves: drawn }
}

/** A status in a sentence; those of documents are short. */
const nameOf = (status: string): string => shownText(status.length > 40 ? `${status.slice(0, 40)}…` : status)

// ───────────────────────────── statuses

function drawState({ visits, implied }: Course, state: State, id: string): DrawnState {
  const { status, row, at, isLast } = state
  const own = visits.filter((visit) => visit.status === status)
  const isCurrent = visits.at(-1)?.status === status
  const role = own.length ? 'visited' : implied.has(status) ? 'implied' : 'possible'
  return {
    id,
    status,
    at,
    role,
    isCurrent,
    isLast,
    detail: role === 'implied' ? 'not seen' : detailOf(own, isCurrent),
    words: sentence(
      `${nameOf(status)}: ${row?.text ?? 'a status that no document describes'}`,
      stateHistory(own, role, isLast),
    ),
    reference: row && !row.ours ? reference(row.cite) : null,
  }
}

function detailOf(own: readonly Visit[], isCurrent: boolean): string {
  const last = own.at(-1)
  if (!last) return ''
  if (isCurrent) return `since ${clockTime(last.at)}`
  return `for ${duration(own.reduce((sum, { stayed }) => sum + (stayed ?? 0), 0))}`
}

function stateHistory(own: readonly Visit[], role: DrawnState['role'], isLast: boolean): string {
  if (role === 'implied') return 'No answer showed it, yet it must have been so.'
  const end = isLast ? 'Nothing leads out of it.' : ''
  return own.length ? `Seen at ${own.map(({ at }) => clockTime(at)).join(', ')}. ${end}` : end
}

// ───────────────────────────── moves

type Laid = Omit<DrawnMove, 'id' | 'way' | 'source' | 'target'> & Pick<Taken, 'from' | 'to'>

const ways = (row: TransitionRow): string => `${row.from} → ${row.to} when ${row.when}`

function possible(row: TransitionRow, { visits }: Course): Laid {
  const wasThere = visits.some(({ status }) => status === row.from)
  return {
    from: row.from,
    to: row.to,
    role: 'possible',
    label: '',
    words: sentence(ways(row), wasThere ? 'It did not happen here.' : ''),
    reference: reference(row.cite),
  }
}

function drawTaken({ from, to, how, visits }: Taken, row: TransitionRow | null): Laid {
  const arrived = visits.filter(({ status }) => status === to)
  return {
    from,
    to,
    role: roles[how],
    label: arrived.map(({ number, at }) => `${number} · ${clockTime(at)}`).at(-1) ?? '',
    words: row ? sentence(ways(row), takenHow[how]) : `${nameOf(from)} → ${nameOf(to)}: ${takenHow[how]}`,
    reference: row && reference(row.cite),
  }
}

const roles: Readonly<Record<Taken['how'], DrawnMove['role']>> = {
  seen: 'taken',
  implied: 'implied',
  impossible: 'wrong',
  asked: 'odd',
  crossed: 'odd',
  unknown: 'odd',
}

const takenHow: Readonly<Record<Taken['how'], string>> = {
  seen: 'It happened here.',
  implied: 'It must have happened between two answers, unseen.',
  impossible: 'No document allows this move.',
  asked: 'The client asked for it, of what had ended already, and the CA obliged.',
  crossed: 'Two questions were under way at once; nobody knows which was looked up first.',
  unknown: 'No document describes one of the two.',
}

const sentence = (first: string, then: string): string => `${first}. ${then}`.trim()

// ───────────────────────────── the whole

/** `pending → ready → processing → valid in 23.4 s`; what was not seen stands in brackets. */
export function courseInWords({ machine, visits }: Course): string {
  const [first, last] = [visits[0], visits.at(-1)]
  if (!first || !last) return 'No answer showed a status.'
  const text = machine.states.find(({ status }) => status === first.status)?.row?.text
  if (visits.length === 1 && first.through.length === 0) return [nameOf(first.status), text].filter(Boolean).join(': ')
  const names = visits.flatMap(({ through, status }) => [...through.map((one) => `(${one})`), nameOf(status)])
  const took = Date.parse(last.at) - Date.parse(first.at)
  const time = visits.length > 1 && Number.isFinite(took) ? `, in ${duration(took)}` : ''
  return `${names.slice(0, MOST_NAMED).join(' → ')}${names.length > MOST_NAMED ? ' → …' : ''}${time}`
}

const MOST_NAMED = 12

export const cited = (of: Reference | null): string => (of ? shortCitationOf(of) : '')
