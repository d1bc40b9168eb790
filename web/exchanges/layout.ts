/** Which columns are shown, in which order and how wide: the person's, kept from visit to visit. */
import { useLocalStorage } from '@mantine/hooks'
import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  type Updater,
  useTable,
} from '@tanstack/react-table'
import { COLUMNS, type Column, columnOf, STRETCHES } from './columns.tsx'
import { FIRST_ORDER, type Order } from './sifting.ts'

export interface Layout {
  /** What somebody chose; a column that is not here shows or yields by itself. */
  readonly shown: Readonly<Record<string, boolean>>
  /** Ids; empty: as they stand in the table of columns. */
  readonly order: readonly string[]
  /** In CSS pixels. */
  readonly widths: Readonly<Record<string, number>>
  readonly sort: Order
}

const FIRST_LAYOUT: Layout = { shown: {}, order: [], widths: {}, sort: FIRST_ORDER }

const LEAST = 44
const MOST = 1200

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of an object what is of a kind and stands under a column's id. */
const entriesOf = <T>(value: unknown, isOne: (one: unknown) => one is T): Readonly<Record<string, T>> =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).filter(
      (entry): entry is [string, T] => columnOf(entry[0]) !== undefined && isOne(entry[1]),
    ),
  )

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isWidth = (value: unknown): value is number => typeof value === 'number' && value >= LEAST && value <= MOST
const isId = (value: unknown): value is string => typeof value === 'string' && columnOf(value) !== undefined

/** A layout from what an older version, or anybody, kept; what is no part of one is left out. */
export function readLayout(text: string | undefined): Layout {
  const kept = parse(text)
  if (!isObject(kept)) return FIRST_LAYOUT
  const sort = isObject(kept.sort) && isId(kept.sort.column) ? kept.sort : FIRST_ORDER
  return {
    shown: entriesOf(kept.shown, isFlag),
    order: [...new Set(Array.isArray(kept.order) ? kept.order.filter(isId) : [])],
    widths: entriesOf(kept.widths, isWidth),
    sort: { column: String(sort.column), descending: sort.descending === true },
  }
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

/** Shown without anybody asking for it; it yields when there is no room. */
const isUsual = ({ yields }: Column): boolean => yields !== undefined

/**
 * Ids of the columns that are drawn in that room: those somebody chose, and of the usual ones as many as fit.
 * @param room in CSS pixels; 0 while it is not known
 */
export function shownIn({ shown, widths }: Layout, room: number): ReadonlySet<string> {
  const widthOf = ({ id, width }: Column): number => widths[id] ?? width
  const drawn = new Set(COLUMNS.filter((one) => shown[one.id] ?? isUsual(one)))
  const yielding = [...drawn]
    .filter(({ id, yields }) => shown[id] === undefined && (yields ?? 0) > 0)
    .sort((a, b) => (a.yields ?? 0) - (b.yields ?? 0))
  const total = () => [...drawn].reduce((sum, one) => sum + widthOf(one), 0)
  while (room > 0 && total() > room) {
    const next = yielding.pop()
    if (next === undefined) break
    drawn.delete(next)
  }
  return new Set([...drawn].map(({ id }) => id))
}

const features = tableFeatures({
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
})

const definitions = COLUMNS.map(({ id, label, width }) => ({
  id,
  header: label,
  size: width,
  minSize: LEAST,
  maxSize: MOST,
}))

/** The columns alone are the library's: it is given no rows, which are thousands and drawn a screenful at a time. */
const noRows: readonly [] = []

const applied = <T>(updater: Updater<T>, before: T): T =>
  typeof updater === 'function' ? (updater as (before: T) => T)(before) : updater

const everyColumn = COLUMNS.map(({ id }) => id)

export function useLayout(room: number) {
  const [layout, setLayout] = useLocalStorage<Layout>({
    key: 'acmescope.columns',
    defaultValue: FIRST_LAYOUT,
    getInitialValueInEffect: false,
    deserialize: readLayout,
  })
  const change = (part: Partial<Layout>) => setLayout((before) => ({ ...before, ...part }))
  const drawn = shownIn(layout, room)
  const order = layout.order.length > 0 ? [...layout.order] : everyColumn
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: {
      columnVisibility: Object.fromEntries(everyColumn.map((id) => [id, drawn.has(id)])),
      columnOrder: order,
      columnSizing: { ...layout.widths },
    },
    onColumnSizingChange: (updater: Updater<Record<string, number>>) =>
      setLayout((before) => ({ ...before, widths: applied(updater, { ...before.widths }) })),
  })
  const heads = table.getHeaderGroups()[0]?.headers ?? []
  return { layout, change, drawn, heads, reset: () => setLayout({ ...FIRST_LAYOUT, sort: layout.sort }) }
}

export type TableLayout = ReturnType<typeof useLayout>
export type Head = TableLayout['heads'][number]

/** Moves a column by one place among all, shown or not. */
export function moved({ order }: Layout, id: string, by: 1 | -1): readonly string[] {
  const ids = [...(order.length > 0 ? order : everyColumn)]
  for (const one of everyColumn) if (!ids.includes(one)) ids.push(one)
  const at = ids.indexOf(id)
  const other = ids[at + by]
  if (at < 0 || other === undefined) return ids
  ids[at + by] = id
  ids[at] = other
  return ids
}

/** The tracks of the grid that heads and rows share. One of them takes what is left over. */
export function tracksOf(heads: readonly { readonly id: string; readonly width: number }[]): string {
  const stretched = heads.some(({ id }) => id === STRETCHES) ? STRETCHES : heads.at(-1)?.id
  return heads.map(({ id, width }) => (id === stretched ? `minmax(${width}px, 1fr)` : `${width}px`)).join(' ')
}
