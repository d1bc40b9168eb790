/** One measurement of `analysis.ts`, in a process with `--expose-gc`; sends its figures to the parent. Times in ms. */
import { analyse, startAnalysis } from '../../shared/acme/analyse.ts'
import { check } from '../../shared/acme/checks/index.ts'
import { decode, decodeAll, noKeys } from '../../shared/acme/decode.ts'
import { decodeNext, startKeyring } from '../../shared/acme/jws/keyring.ts'
import type { Analysis, Decoded } from '../../shared/acme/model.ts'
import type { Fact } from '../../shared/exchange.ts'
import { type Materials, makeMaterials, manyOrders } from './many-orders.ts'
import { median } from './table.ts'

export interface Figures {
  /** Of the whole recording. */
  readonly speed: {
    readonly unchecked: number
    readonly checked: number
    readonly fold: number
    readonly judge: number
  }
  /** Of 100 exchanges folded one at a time, by where in the recording they are. */
  readonly growth: {
    readonly windows: readonly { readonly from: number; readonly milliseconds: number }[]
    readonly first: number
    readonly last: number
  }
  /** Bytes. */
  readonly memory: { readonly perExchange: number; readonly total: number }
}

export type Measurement = keyof Figures

const MEASUREMENTS: { readonly [M in Measurement]: (materials: Materials, count: number) => Promise<Figures[M]> } = {
  speed: measureSpeed,
  growth: measureGrowth,
  memory: measureMemory,
}

/** The compiler has seen everything by then. */
const WARM_UP = 5_000
const AT_ONCE = 32

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [milliseconds: number, result: T]> {
  globalThis.gc?.()
  const from = performance.now()
  const result = await work()
  return [performance.now() - from, result]
}

async function measureSpeed(materials: Materials, count: number): Promise<Figures['speed']> {
  const warm = [...manyOrders(materials, WARM_UP)]
  await decodeUnchecked(warm)
  check(analyse(startAnalysis(), await decodeAll(warm)), false)
  const facts = [...manyOrders(materials, count)]
  const [unchecked] = await timed(() => decodeUnchecked(facts).then(() => null))
  const [checked, decoded] = await timed(() => decodeAll(facts))
  const [fold, analysis] = await timed(() => analyse(startAnalysis(), decoded))
  const [judge, findings] = await timed(() => check(analysis, false))
  mustBeGood(analysis, findings.length)
  return { unchecked, checked, fold, judge }
}

/** What is measured must be what it says: every signature checked and good, nothing to remark. */
function mustBeGood({ steps }: Analysis, findings: number): void {
  const bad = steps.find(({ decoded }) => decoded.jws && decoded.jws.signature.status !== 'valid')
  if (bad || findings)
    throw new Error(`the recording is not as it should be: ${bad?.summary ?? `${findings} findings`}`)
}

/** No account's key is known, so nothing is checked but what brings its key along. */
async function decodeUnchecked(facts: readonly Fact[]): Promise<void> {
  for (let at = 0; at < facts.length; at += AT_ONCE)
    await Promise.all(facts.slice(at, at + AT_ONCE).map((fact) => decode(fact, noKeys)))
}

const WINDOW = 100
const ROUNDS = 9
const WINDOWS = 6

/**
 * The median of several rounds: one window is a millisecond, and a collection of garbage takes longer. What lies between
 * two windows is folded at once, which leads to the same analysis.
 */
async function measureGrowth(materials: Materials, count: number): Promise<Figures['growth']> {
  const decoded = await decodeAll([...manyOrders(materials, count)])
  for (let round = 0; round < ROUNDS; round++) foldWindows(decoded.slice(0, WARM_UP))
  const rounds = Array.from({ length: ROUNDS }, () => foldWindows(decoded))
  const windows = windowsOf(count).map((from, index) => ({
    from,
    milliseconds: median(rounds.map((round) => round[index] ?? 0)),
  }))
  return { windows, first: windows[0]?.milliseconds ?? 0, last: windows.at(-1)?.milliseconds ?? 0 }
}

/** In each round: what comes right after a collection of garbage is slow whatever it is, and would flatter the rest. */
const FIRST = 1_000

/** Where the windows begin: the first after the warm-up, the last so that it ends with the recording. */
const windowsOf = (count: number): readonly number[] =>
  Array.from({ length: WINDOWS }, (_, index) => FIRST + Math.floor(((count - WINDOW - FIRST) * index) / (WINDOWS - 1)))

function foldWindows(decoded: readonly Decoded[]): readonly number[] {
  globalThis.gc?.()
  let analysis = startAnalysis()
  let done = 0
  return windowsOf(decoded.length).map((from) => {
    analysis = analyse(analysis, decoded.slice(done, from))
    done = from + WINDOW
    const window = decoded.slice(from, done)
    const start = performance.now()
    for (const one of window) analysis = analyse(analysis, [one])
    return performance.now() - start
  })
}

/** From 10,000 on, so that what is loaded once does not count. Facts are made, decoded, folded and let go of. */
async function measureMemory(materials: Materials, count: number): Promise<Figures['memory']> {
  const ring = startKeyring(noKeys)
  let analysis = startAnalysis()
  let batch: Decoded[] = []
  let atFirst = 0
  const before = used()
  const from = Math.floor(count / 5)
  for (const fact of manyOrders(materials, count)) {
    batch.push(...(await decodeNext(ring, [fact])))
    if (batch.length === 1_000 || fact.sequence === count) {
      analysis = analyse(analysis, batch)
      batch = []
    }
    if (fact.sequence === from) atFirst = used()
  }
  const atLast = used()
  if (analysis.steps.length !== count) throw new Error(`${analysis.steps.length} steps of ${count}`)
  return { perExchange: (atLast - atFirst) / (count - from), total: atLast - before }
}

function used(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const [measurement = '', count] = process.argv.slice(2)
if (!Object.hasOwn(MEASUREMENTS, measurement)) throw new Error(`There is no measurement ${measurement}`)
const figures = await MEASUREMENTS[measurement as Measurement](await makeMaterials(), Number(count))
if (process.send) process.send(figures, () => process.disconnect())
else console.log(figures)
