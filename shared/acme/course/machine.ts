/** The state machine of each kind of object: its statuses and moves from the specs, with places to draw them at. */
import { stringField } from '../json.ts'
import type { JsonObject } from '../model.ts'
import { extensionFieldsOf, isReachable, statusesOf, transitionsOf } from '../registry/registry.ts'
import type { ObjectKind, StatusRow, TransitionRow } from '../specs/row.ts'
import { layouts } from './layouts.ts'

export type MachineKind = 'account' | 'order' | 'authorization' | 'challenge' | 'certificate'

/** In pixels, y downwards. */
export type Point = readonly [x: number, y: number]

export interface State {
  readonly status: string
  /** Null for a status that no document we know describes. */
  readonly row: StatusRow | null
  /** The upper left corner. */
  readonly at: Point
  /** Nothing leads out of it. */
  readonly isLast: boolean
}

export interface Machine {
  readonly kind: MachineKind
  readonly states: readonly State[]
  readonly moves: readonly TransitionRow[]
}

export const STATE_WIDTH = 128
export const STATE_HEIGHT = 46

/**
 * The machine of one object. Statuses that an extension adds are there when the object makes use of it: when it has come
 * to one, or has a field of that extension's.
 * @param seen statuses the object came to; those that nobody described are put beneath the others
 */
export function machineFor(kind: MachineKind, seen: readonly string[], wire: JsonObject | null): Machine {
  const rows = statusesOf(kind).filter((row) => seen.includes(row.status) || isOffered(kind, row, wire))
  const known = new Set(rows.map(({ status }) => status))
  const moves = transitionsOf(kind).filter(({ from, to }) => known.has(from) && known.has(to))
  const strange = [...new Set(seen)].filter((status) => !known.has(status)).slice(0, MOST_STRANGE)
  return {
    kind,
    moves,
    states: [
      ...rows.map((row) => toState(kind, row, moves)),
      ...strange.map((status, place) => ({ status, row: null, at: below(kind, place), isLast: false })),
    ],
  }
}

/** No CA makes up more than one or two. */
const MOST_STRANGE = 5

function toState(kind: MachineKind, row: StatusRow, moves: readonly TransitionRow[]): State {
  const { status } = row
  const others = moves.filter(({ from, to }) => from !== to)
  return {
    status,
    row,
    at: layouts[kind].places[status] ?? below(kind, 0),
    isLast: !others.some(({ from }) => from === status),
  }
}

const below = (kind: MachineKind, place: number): Point => {
  const lowest = Math.max(...Object.values(layouts[kind].places).map(([, y]) => y))
  return [place * (STATE_WIDTH + 76), lowest + STATE_HEIGHT + 48]
}

const documentOf = ({ cite }: { readonly cite: string }): string => cite.slice(0, cite.lastIndexOf(' §'))

function isOffered(kind: MachineKind, row: StatusRow, wire: JsonObject | null): boolean {
  const document = documentOf(row)
  if (document === 'RFC 8555' || row.ours) return true
  const fields = kind === 'certificate' ? [] : extensionFieldsOf(kind satisfies ObjectKind)
  return fields.some((field) => documentOf(field) === document && wire !== null && Object.hasOwn(wire, field.field))
}

/** The status that an object of this kind begins with; null where the documents do not say. */
export function firstStatus(kind: MachineKind): string | null {
  const moves = transitionsOf(kind).filter(({ from, to }) => from !== to)
  return statusesOf(kind).find(({ status }) => !moves.some(({ to }) => to === status))?.status ?? null
}

/** What must have lain between two statuses: all that every way from one to the other leads through, in order. */
export function between(kind: MachineKind, from: string, to: string): readonly string[] {
  const moves = transitionsOf(kind)
  if (from === to || moves.some((move) => move.from === from && move.to === to)) return []
  if (!isReachable(kind, from, to)) return []
  const needed = statusesOf(kind)
    .map(({ status }) => status)
    .filter((status) => status !== from && status !== to && !leadsAround(moves, from, to, status))
  return needed.toSorted((one, other) => (isReachable(kind, one, other) ? -1 : 1))
}

/** Whether a way leads from one status to another that leaves a third out. */
function leadsAround(moves: readonly TransitionRow[], from: string, to: string, without: string): boolean {
  const seen = new Set([without])
  const open = [from]
  for (let status = open.pop(); status !== undefined; status = open.pop()) {
    if (status === to) return true
    if (seen.has(status)) continue
    seen.add(status)
    for (const move of moves) if (move.from === status) open.push(move.to)
  }
  return false
}

/** The status of a wire object; null when it shows none. */
export const statusIn = (wire: JsonObject | null): string | null => stringField(wire, 'status')
