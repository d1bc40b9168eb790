/** All that can be asked for, chapter by chapter: a new field is a row in one of them. */
import { course } from './fields/course.ts'
import { marks } from './fields/marks.ts'
import { measures } from './fields/measures.ts'
import { messages } from './fields/messages.ts'
import { objects } from './fields/objects.ts'
import type { Chapter, FieldRow, TextRow } from './fields/row.ts'
import { whom } from './fields/whom.ts'

export const CHAPTERS: readonly Chapter[] = [marks, course, whom, objects, messages, measures]

export const FIELDS: readonly FieldRow[] = CHAPTERS.flatMap(({ rows }) => rows)

const byName = new Map(FIELDS.flatMap((row) => [row.name, ...row.aliases].map((name) => [name, row])))

/** By its name or another one it goes by, in any case; null for none. */
export const fieldRow = (name: string): FieldRow | null => byName.get(name.toLowerCase()) ?? null

const isEverywhere = (row: FieldRow): row is TextRow => row.kind === 'text' && row.isEverywhere

/** Where a bare word is looked for. */
export const EVERYWHERE: readonly TextRow[] = FIELDS.filter(isEverywhere)

/** The field a mistyped name is nearest to, when it is near enough to be meant. */
export function nearestField(name: string): string | null {
  const wanted = name.toLowerCase()
  const near = [...byName.keys()]
    .map((known) => ({ known, far: distance(wanted, known) }))
    .filter(({ known, far }) => known.length > 3 && far <= 2)
    .sort((a, b) => a.far - b.far || Number(b.known[0] === wanted[0]) - Number(a.known[0] === wanted[0]))
  return near[0]?.known ?? null
}

/** Levenshtein's, of two names; what is longer than any name of ours is far from all. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 3
}
