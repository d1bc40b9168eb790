/**
 * Analysis → what is drawn: phases, steps, folded polls, gaps in time, each with its place. Pure geometry, no library
 * types: the page's canvas, the SVG and the HTML report share it.
 */
import type { Connection } from '../../exchange.ts'
import { endedAt } from '../../exchange.ts'
import { CLIENT_LANE } from '../fold/lanes.ts'
import type { Analysis, Lane, Phase, Step } from '../model.ts'
import { byWhatItFollows, type InferredStep, infer, lanesWith } from './infer.ts'

/** Heights in CSS pixels; a gap's grows with what it stands for. */
const ROW_HEIGHT = { phase: 30, step: 46, poll: 46, connection: 46, inferred: 46 } as const

/** A silence longer than this, in ms, is drawn as a gap. */
const GAP_FROM_MS = 1000

/** Of a gap of one second, for each ten times as long, and at most: an hour is felt to be longer than a minute. */
const GAP_HEIGHT = { least: 28, perDecade: 15, most: 112 } as const

interface RowBase {
  /** Stable across re-computation, so that a selection and an animation survive new steps. */
  readonly id: string
  /** Top, in CSS pixels from the top of the first row. */
  readonly y: number
  readonly height: number
}

export type FlowRow =
  | (RowBase & {
      readonly kind: 'phase'
      readonly phase: Phase
      /** The first of its name: several orders at once pass from phase to phase again and again. */
      readonly isFirst: boolean
    })
  | (RowBase & {
      readonly kind: 'step'
      readonly step: Step
      /** Id of the open poll it is one question of. */
      readonly poll: string | null
    })
  | (RowBase & {
      readonly kind: 'poll'
      /** Two or more questions after the same object. */
      readonly steps: readonly [Step, Step, ...Step[]]
      readonly fromStatus: string | null
      readonly toStatus: string | null
      readonly durationMs: number
      /** Drawn open: its steps follow as rows of their own. */
      readonly open: boolean
    })
  | (RowBase & { readonly kind: 'gap'; readonly durationMs: number })
  | (RowBase & { readonly kind: 'connection'; readonly connection: Connection })
  /** Not recorded: told from what was. Drawn so that nobody takes it for a fact. */
  | (RowBase & { readonly kind: 'inferred'; readonly inferred: InferredStep })

/** A run of rows of one phase, its own row being the first. */
export interface Band {
  /** Id of the phase's row. */
  readonly id: string
  readonly phase: Phase
  readonly y: number
  readonly height: number
}

export interface Flow {
  readonly lanes: readonly Lane[]
  /** Those that would be drawn, were they not hidden. */
  readonly hiddenLanes: readonly Lane[]
  readonly rows: readonly FlowRow[]
  /** From top to bottom, without gaps between them; what comes before the first phase is in none. */
  readonly bands: readonly Band[]
  readonly height: number
  readonly durationMs: number
  /** How many exchanges are drawn, folded ones too. */
  readonly exchanges: number
}

export interface FlowOptions {
  /** Ids of the polls that are drawn open. */
  readonly open: ReadonlySet<string>
  /** Ids of lanes that are not drawn, and with them every step that goes from or to one. */
  readonly hidden?: ReadonlySet<string>
  /** What was laid out before: rows and lanes that are still the same are taken over, so that nobody draws them anew. */
  readonly before?: Flow | null
}

/** A row before it has its place. */
type Loose = FlowRow extends infer R ? (R extends FlowRow ? Omit<R, 'y' | 'height'> : never) : never

/** Lays out a whole recording, or the part of one that the given analysis holds. */
export function toFlow(whole: Analysis, { open, hidden = NONE, before = null }: FlowOptions): Flow {
  const all = infer(whole)
  const inferred = hidden.size === 0 ? all : all.filter((step) => isShown(step, hidden))
  const analysis = hidden.size === 0 ? whole : without(whole, hidden)
  const loose = withPhasesAndGaps(foldPolls(bySequence(analysis)), byWhatItFollows(inferred), open)
  const rows = place(loose, before?.rows ?? [])
  const last = rows.at(-1)
  const height = last ? last.y + last.height : 0
  const lanes = lanesWith(analysis.lanes, inferred)
  return {
    lanes: kept(before?.lanes, lanes.length === 0 && rows.length > 0 ? [SOMEBODY] : lanes),
    hiddenLanes: kept(
      before?.hiddenLanes,
      lanesWith(whole.lanes, all).filter(({ id }) => hidden.has(id)),
    ),
    rows,
    bands: toBands(rows, height),
    height,
    durationMs: durationOf(analysis.steps),
    exchanges: analysis.steps.length,
  }
}

const NONE: ReadonlySet<string> = new Set()

/** Who opened connections and never got to say a name. */
const SOMEBODY: Lane = { id: CLIENT_LANE, role: 'client', label: 'Client', hosts: [] }

const isShown = ({ from, to }: Pick<Step, 'from' | 'to'>, hidden: ReadonlySet<string>): boolean =>
  !hidden.has(from) && !hidden.has(to)

/** Connections that carried nothing are drawn at the first lane. */
function without({ steps, lanes, connections, ...rest }: Analysis, hidden: ReadonlySet<string>): Analysis {
  return {
    ...rest,
    steps: steps.filter((step) => isShown(step, hidden)),
    lanes: lanes.filter(({ id }) => !hidden.has(id)),
    connections: hidden.has(lanes[0]?.id ?? '') ? [] : connections,
  }
}

type Item =
  | { readonly kind: 'steps'; readonly steps: readonly [Step, ...Step[]] }
  | { readonly kind: 'connection'; readonly connection: Connection }

function bySequence({ steps, connections }: Analysis): readonly (Step | Connection)[] {
  return connections.length ? [...steps, ...connections].toSorted((a, b) => a.sequence - b.sequence) : steps
}

/** Within an unbroken run of questions after objects, those after the same object become one item. */
function foldPolls(facts: readonly (Step | Connection)[]): readonly Item[] {
  const items: Item[] = []
  let run = new Map<string, Step[]>()
  for (const fact of facts) {
    const isPoll = 'operation' in fact && isQuestion(fact)
    if (!isPoll) run = new Map()
    if (!('operation' in fact)) items.push({ kind: 'connection', connection: fact })
    else if (isPoll && run.has(fact.url)) run.get(fact.url)?.push(fact)
    else {
      const steps: [Step, ...Step[]] = [fact]
      items.push({ kind: 'steps', steps })
      if (isPoll) run.set(fact.url, steps)
    }
  }
  return items
}

/** A look at an object that changes nothing and was answered; anything else deserves a row of its own. */
export const isQuestion = ({ operation, decoded, problem }: Step): boolean =>
  (operation === 'authorization' || operation === 'order' || operation === 'challenge') &&
  problem === null &&
  (decoded.jws ? decoded.jws.isPostAsGet : decoded.head.request.method === 'GET') &&
  decoded.head.failure === undefined

function* withPhasesAndGaps(items: readonly Item[], following: Following, open: FlowOptions['open']): Generator<Loose> {
  let phase: Phase | null = null
  let quietSince: number | null = null
  const met = new Set<Phase>()
  for (const item of items) {
    const starts = startOf(item)
    const first = item.kind === 'steps' ? item.steps[0] : null
    if (quietSince !== null && starts - quietSince >= GAP_FROM_MS)
      yield { kind: 'gap', id: `gap:${idOf(item)}`, durationMs: starts - quietSince }
    if (first?.phase && first.phase !== phase) {
      phase = first.phase
      yield { kind: 'phase', id: `phase:${first.exchange}`, phase, isFirst: !met.has(phase) }
      met.add(phase)
    }
    yield* rowsOf(item, open)
    yield* inferredAfter(item, following)
    quietSince = Math.max(quietSince ?? 0, endOf(item))
  }
}

type Following = ReturnType<typeof byWhatItFollows>

function* inferredAfter(item: Item, following: Following): Generator<Loose> {
  if (item.kind === 'connection' || following.size === 0) return
  for (const { exchange } of item.steps)
    for (const inferred of following.get(exchange) ?? []) yield { kind: 'inferred', id: inferred.id, inferred }
}

function* rowsOf(item: Item, open: FlowOptions['open']): Generator<Loose> {
  if (item.kind === 'connection')
    return yield { kind: 'connection', id: item.connection.id, connection: item.connection }
  const [first, second, ...more] = item.steps
  if (!second) return yield { kind: 'step', id: first.exchange, step: first, poll: null }
  const id = `poll:${first.exchange}`
  const isOpen = open.has(id)
  const last = more.at(-1) ?? second
  yield {
    kind: 'poll',
    id,
    steps: [first, second, ...more],
    fromStatus: first.objectStatus,
    toStatus: last.objectStatus,
    durationMs: Date.parse(last.time) - Date.parse(first.time),
    open: isOpen,
  }
  if (isOpen) for (const step of item.steps) yield { kind: 'step', id: step.exchange, step, poll: id }
}

const idOf = (item: Item): string => (item.kind === 'steps' ? item.steps[0].exchange : item.connection.id)
const startOf = (item: Item): number =>
  Date.parse(item.kind === 'steps' ? item.steps[0].time : item.connection.startedAt)
const endOf = (item: Item): number =>
  item.kind === 'steps' ? latestEnd(item.steps) : Date.parse(item.connection.startedAt)

const latestEnd = (steps: readonly Step[]): number =>
  steps.reduce((latest, step) => Math.max(latest, endedAt(step.decoded.head)), 0)

function place(loose: Iterable<Loose>, before: readonly FlowRow[]): readonly FlowRow[] {
  const rows: FlowRow[] = []
  let y = 0
  for (const row of loose) {
    const known = before[rows.length]
    const height = row.kind === 'gap' ? gapHeight(row.durationMs) : ROW_HEIGHT[row.kind]
    rows.push(known?.y === y && known.height === height && isSame(known, row) ? known : { ...row, y, height })
    y += height
  }
  return rows
}

function isSame(known: FlowRow, row: Loose): boolean {
  if (known.id !== row.id) return false
  if (known.kind === 'step' && row.kind === 'step') return known.step === row.step && known.poll === row.poll
  if (known.kind === 'poll' && row.kind === 'poll') return known.open === row.open && isEqual(known.steps, row.steps)
  if (known.kind === 'phase' && row.kind === 'phase') return known.phase === row.phase && known.isFirst === row.isFirst
  if (known.kind === 'gap' && row.kind === 'gap') return known.durationMs === row.durationMs
  if (known.kind === 'connection' && row.kind === 'connection') return known.connection === row.connection
  if (known.kind === 'inferred' && row.kind === 'inferred') return isSameInference(known.inferred, row.inferred)
  return false
}

/** What was inferred from the same exchange may change with what becomes of the challenge. */
const isSameInference = (one: InferredStep, other: InferredStep): boolean =>
  one.summary === other.summary &&
  one.outcome === other.outcome &&
  one.evidence === other.evidence &&
  one.to === other.to &&
  one.seen === other.seen

const isEqual = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index])

const kept = <T>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] =>
  before && isEqual(before, now) ? before : now

/** @param ms at least `GAP_FROM_MS`; what is no number stands for the shortest gap */
function gapHeight(ms: number): number {
  const { least, perDecade, most } = GAP_HEIGHT
  return Math.round(Math.min(most, least + perDecade * Math.log10(Math.max(1, ms / GAP_FROM_MS || 1))))
}

function toBands(rows: readonly FlowRow[], end: number): readonly Band[] {
  const starts = rows.filter((row) => row.kind === 'phase')
  return starts.map(({ id, phase, y }, index) => ({ id, phase, y, height: (starts[index + 1]?.y ?? end) - y }))
}

function durationOf(steps: readonly Step[]): number {
  const [first] = steps
  if (!first) return 0
  return latestEnd(steps) - Date.parse(first.time)
}
