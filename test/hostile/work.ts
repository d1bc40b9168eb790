/**
 * How much is done, counted and not timed: a machine that is busy with something else does not change it. V8 counts how
 * often each block of our own code runs; what it does in one go (a copy of a list, a look through one) counts by length.
 */
import { type Profiler, Session } from 'node:inspector'
import { setFlagsFromString } from 'node:v8'

export interface Counter {
  readonly start: () => void
  /** What was done since it was started; what ran between two counts, too, is counted with the second. */
  readonly stop: () => number
}

/** The code under test must be loaded after this, or only its calls are counted, and not what goes round in them. */
export function createCounter(): Counter {
  // What is compiled anew while it is counted is counted in another way.
  for (const flag of ['--no-opt', '--no-flush-bytecode']) setFlagsFromString(flag)
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  let undo: readonly (() => void)[] = []
  let atOnce = 0
  return {
    start() {
      atOnce = 0
      undo = patchAll((count) => {
        atOnce += count
      })
    },
    stop() {
      const blocks = takeBlocks(session)
      for (const one of undo.toReversed()) one()
      return blocks + atOnce
    },
  }
}

/** Those that ran since they were taken last. The session is of this very thread, and answers before `post` returns. */
function takeBlocks(session: Session): number {
  let taken: readonly Profiler.ScriptCoverage[] = []
  session.post('Profiler.takePreciseCoverage', (error, answer) => {
    if (error) throw error
    taken = answer.result
  })
  return taken
    .filter(({ url }) => /\/(?:shared|proxy)\//.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0)
}

// ───────────────────────────── what is done in one go

type Method = (this: unknown, ...given: unknown[]) => unknown
/** How many items a call went over. */
type Cost = (result: unknown, self: unknown) => number

const lengthOf = (value: unknown): number => (value as { length?: number } | null)?.length ?? 0
const ofResult: Cost = lengthOf
const ofSelf: Cost = (_, self) => lengthOf(self)
/** As far as what was found, or the whole. */
const searched: Cost = (found, self) => (typeof found === 'number' && found >= 0 ? found + 1 : lengthOf(self))

const COSTS: readonly (readonly [on: object, cost: Cost, names: readonly string[]])[] = [
  [Array.prototype, ofResult, ['slice', 'concat', 'with', 'toSpliced', 'flat', 'toSorted', 'toReversed']],
  [Array.prototype, searched, ['indexOf', 'lastIndexOf']],
  [Array.prototype, ofSelf, ['join', 'includes']],
  [Object, ofResult, ['keys', 'values', 'entries']],
]

/** Spread, destructuring, `for … of` and `new Set(…)` go this way, one item at a time. */
const ITERATORS = [[], new Map(), new Set()].map((one) => Object.getPrototypeOf(one[Symbol.iterator]()) as object)

function patchAll(count: (items: number) => void): readonly (() => void)[] {
  const counting =
    (cost: Cost) =>
    (original: Method): Method =>
      function counted(...given) {
        const result = original.apply(this, given)
        count(cost(result, this))
        return result
      }
  return [
    ...COSTS.flatMap(([on, cost, names]) => names.map((name) => patch(on, name, counting(cost)))),
    ...ITERATORS.map((iterator) =>
      patch(
        iterator,
        'next',
        counting(() => 1),
      ),
    ),
  ]
}

/** @returns what takes it back */
function patch(on: object, name: string, by: (original: Method) => Method): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(on, name)
  if (!descriptor) throw new Error(`there is no ${name}`)
  Object.defineProperty(on, name, { ...descriptor, value: by(descriptor.value) })
  return () => Object.defineProperty(on, name, descriptor)
}
