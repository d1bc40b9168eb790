/**
 * Which sections of which documents a recording exercised, by which steps, and which rows of the specs it shows.
 *
 * One pass over the steps, remembered for as long as the steps are: when more are folded in, only what is new or was
 * replaced is gone over. Like an analysis, a coverage grows in place, and only the newest one is to be read.
 */

import type { Reference } from '../../reference.ts'
import type { Analysis, Step } from '../model.ts'
import { definitions } from '../registry/definitions.ts'
import { group } from '../registry/join-specs.ts'
import { citeOf, outlineSection } from '../registry/outline.ts'
import { rowsOf } from '../registry/registry.ts'
import type { Citation, Exercise } from '../specs/row.ts'
import { exercisesOf, objectOf } from './exercises.ts'
import { seenIn } from './seen.ts'

export interface Coverage {
  /** How many steps exercised the section. */
  readonly count: (cite: Citation) => number
  /** They themselves, in the order of the recording. */
  readonly steps: (cite: Citation) => readonly Step[]
  /** In how many steps a row was seen, by its key. */
  readonly seen: (key: string) => number
  /** The first of them. */
  readonly firstSeen: (key: string) => Step | null
}

/** What a step exercises, each section once: what it is cited for first. */
export function sectionsOf(step: Step, analysis: Analysis): readonly Citation[] {
  const state = stateOf(analysis)
  return state.sections[indexOf(state, step)] ?? []
}

const indexOf = ({ done }: State, { sequence }: Step): number => {
  let [from, to] = [0, done.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((done[middle]?.sequence ?? 0) < sequence) from = middle + 1
    else to = middle
  }
  return from
}

const known = new WeakMap<Analysis, Coverage>()

export function coverageOf(analysis: Analysis): Coverage {
  const before = known.get(analysis)
  if (before) return before
  const { byCite, byKey } = stateOf(analysis)
  const { steps } = analysis
  const coverage: Coverage = {
    count: (cite) => byCite.get(cite)?.length ?? 0,
    steps: (cite) => (byCite.get(cite) ?? []).flatMap((at) => steps[at] ?? []),
    seen: (key) => byKey.get(key)?.length ?? 0,
    firstSeen: (key) => steps[byKey.get(key)?.[0] ?? -1] ?? null,
  }
  known.set(analysis, coverage)
  return coverage
}

// ───────────────────────────── the pass

interface State {
  /** The steps that were gone over. */
  readonly done: Step[]
  /** Of each of them. */
  readonly sections: (readonly Citation[])[]
  /** Places of the steps that exercised a section, and of those that show a row. */
  readonly byCite: Map<Citation, number[]>
  readonly byKey: Map<string, number[]>
  /** URL of an object → the statuses it was shown with. */
  readonly statuses: Map<string, string[]>
  /** The lists that were added to, in order; and how long this list was before each step. So a step can be taken back. */
  readonly log: unknown[][]
  readonly marks: number[]
}

const states = new WeakMap<readonly Step[], State>()

const startState = (): State => ({
  done: [],
  sections: [],
  byCite: new Map(),
  byKey: new Map(),
  statuses: new Map(),
  log: [],
  marks: [],
})

function stateOf(analysis: Analysis): State {
  const state = states.get(analysis.steps) ?? startState()
  states.set(analysis.steps, state)
  const { steps } = analysis
  takeBack(state, unchanged(state.done, steps))
  for (let at = state.done.length; at < steps.length; at++) {
    const step = steps[at]
    if (step) goOver(state, step, analysis)
  }
  return state
}

/** How many steps from the first on are the same. */
function unchanged(done: readonly Step[], steps: readonly Step[]): number {
  const most = Math.min(done.length, steps.length)
  for (let at = 0; at < most; at++) if (done[at] !== steps[at]) return at
  return most
}

function takeBack(state: State, to: number): void {
  const { done, sections, log, marks } = state
  const mark = marks[to]
  if (mark === undefined) return
  for (const list of log.splice(mark).reverse()) list.pop()
  done.length = to
  sections.length = to
  marks.length = to
}

function goOver(state: State, step: Step, analysis: Analysis): void {
  const at = state.done.length
  state.marks.push(state.log.length)
  state.done.push(step)
  const type = analysis.challenges.get(step.challenge ?? '')?.type ?? null
  const seen = seenIn(step, type)
  const cites = exercised(step, seen, exercisesOf(step, analysis, hasChanged(state, step)))
  state.sections.push(cites)
  for (const cite of cites) add(state, state.byCite, cite, at)
  for (const key of seen) add(state, state.byKey, key, at)
}

function add<T>({ log }: State, lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key) ?? []
  if (list.length === 0) lists.set(key, list)
  list.push(item)
  log.push(list)
}

function hasChanged(state: State, step: Step): boolean {
  const url = objectOf(step)
  if (url === null || step.objectStatus === null) return false
  const before = state.statuses.get(url)?.at(-1)
  if (before === step.objectStatus) return false
  add(state, state.statuses, url, step.objectStatus)
  return before !== undefined
}

// ───────────────────────────── by rows

const byExercise = group(rowsOf('exercises'), ({ by }) => by)

function exercised(step: Step, seen: ReadonlySet<string>, exercises: readonly Exercise[]): readonly Citation[] {
  const cites = new Set(citedBy(step.references))
  for (const exercise of exercises) for (const { cite } of byExercise.get(exercise) ?? []) cites.add(cite)
  for (const key of seen) {
    const cite = extensions.get(key)
    if (cite !== undefined) cites.add(cite)
  }
  return [...cites]
}

/** Steps of one kind share their list of references. */
const cited = new WeakMap<readonly Reference[], readonly Citation[]>()

/** A page of a provider's own reference is no section. */
function citedBy(references: readonly Reference[]): readonly Citation[] {
  const known = cited.get(references)
  if (known) return known
  const cites = references.map(citeOf).filter((cite) => outlineSection(cite) !== null)
  cited.set(references, cites)
  return cites
}

/**
 * A field, a status, an error of another document than RFC 8555 cannot be there by chance. A type of challenge that is
 * only offered, and a header that everybody sends, exercise nothing yet.
 */
const extensions: ReadonlyMap<string, Citation> = new Map(
  definitions
    .filter(({ kind, cite }) => !cite.startsWith('RFC 8555 ') && kind !== 'challenge' && kind !== 'header')
    .map(({ key, cite }) => [key, cite]),
)
