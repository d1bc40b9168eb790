/** The list of recordings: which, and in what order. */
import type { RecordingSummary } from '../../shared/recording.ts'

export const KINDS = ['all', 'recorded', 'imported', 'examples'] as const
export type Kind = (typeof KINDS)[number]

export interface Order {
  readonly column: Column
  readonly descending: boolean
}

export type Column = 'name' | 'started' | 'length' | 'exchanges' | 'size'

export const NEWEST_FIRST: Order = { column: 'started', descending: true }

const kindOf = ({ origin, source }: RecordingSummary): Kind => {
  if (origin === 'example') return 'examples'
  return source === 'live' ? 'recorded' : 'imported'
}

export const SOURCE_WORDS: Readonly<Record<Kind, string>> = {
  all: 'All',
  recorded: 'Recorded',
  imported: 'Imported',
  examples: 'Example',
}

export const sourceWord = (recording: RecordingSummary): string => SOURCE_WORDS[kindOf(recording)]

/** In ms; null for one that never ended: its recorder was stopped in the middle, or it still goes on. */
export function lengthOf({ startedAt, endedAt }: RecordingSummary): number | null {
  if (endedAt === undefined) return null
  return Math.max(0, Date.parse(endedAt) - Date.parse(startedAt))
}

const inOrderOf: Readonly<Record<Column, (a: RecordingSummary, b: RecordingSummary) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true, sensitivity: 'base' }),
  started: (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt),
  length: (a, b) => (lengthOf(a) ?? -1) - (lengthOf(b) ?? -1),
  exchanges: (a, b) => a.exchanges - b.exchanges,
  size: (a, b) => a.bytes - b.bytes,
}

/** The one being written first, examples last, in between as it is wanted. */
const rankOf = (recording: RecordingSummary, live: string | null): number => {
  if (recording.id === live) return 0
  return recording.origin === 'example' ? 2 : 1
}

export interface Wanted {
  readonly kind: Kind
  readonly order: Order
  /** Of names. */
  readonly words: string
}

export function arrange(
  recordings: readonly RecordingSummary[],
  live: string | null,
  { kind, order, words }: Wanted,
): readonly RecordingSummary[] {
  const lower = words.trim().toLowerCase()
  const by = inOrderOf[order.column]
  return recordings
    .filter((one) => (kind === 'all' || kindOf(one) === kind) && one.name.toLowerCase().includes(lower))
    .sort((a, b) => rankOf(a, live) - rankOf(b, live) || (order.descending ? by(b, a) : by(a, b)))
}

/** A column that is chosen again turns round; a name begins at A, everything else with the most. */
export const nextOrder = (order: Order, column: Column): Order =>
  order.column === column ? { column, descending: !order.descending } : { column, descending: column !== 'name' }

export const canChange = ({ origin }: RecordingSummary): boolean => origin === 'stored'
