/** Whole runs in one line: `await issued()`, or with one stage bent: `await issued({ bend: { finalize: problem(…) } })`. */

import type { Bend, Meeting } from './bend.ts'
import type { SyntheticOrder } from './ca.ts'
import type { Answer } from './wire.ts'
import { type AnotherOptions, another, startWorld, type World, type WorldOptions } from './world.ts'

/** In the order of a good run. */
export const STAGES = [
  'directory',
  'register',
  'order',
  'fetchAuthorizations',
  'writeTxt',
  'answer',
  'pollAuthorizations',
  'deleteTxt',
  'finalize',
  'pollOrder',
  'fetchCertificate',
] as const
export type Stage = (typeof STAGES)[number]

/** An answer instead of the usual one, or any other bend of that stage. */
export type Bends = { readonly [S in Stage]?: Answer | Parameters<World[S]>[S extends WithOrder ? 1 : 0] }
type WithOrder = Exclude<Stage, 'directory' | 'register' | 'order' | 'deleteTxt'>

export interface IssuedOptions extends WorldOptions {
  readonly bend?: Bends
  /** The run ends after this stage. */
  readonly until?: Stage
  /** Stages that this client does not do. */
  readonly without?: readonly Stage[]
  /** In a world that is there already, instead of a new one. */
  readonly world?: World
}

export interface Issued {
  readonly world: World
  readonly order: SyntheticOrder
  readonly facts: World['facts']
}

/**
 * A client orders a certificate and gets it. Where it is refused (status ≥ 400), unanswered, or its proof fails, it takes
 * its TXT records back and stops, as clients do.
 */
export async function issued({
  bend = {},
  until,
  without = [],
  world: given,
  ...options
}: IssuedOptions = {}): Promise<Issued> {
  const world = given ?? (await startWorld(options))
  const bends = Object.fromEntries(Object.entries(bend).map(([stage, one]) => [stage, toBend(one ?? {})])) as Bended
  let order: SyntheticOrder | null = null
  const isByDns = (options.challenge ?? 'dns-01') === 'dns-01'
  for (const stage of STAGES) {
    if (without.includes(stage) || (!isByDns && (stage === 'writeTxt' || stage === 'deleteTxt'))) continue
    order = await run(world, stage, bends, order)
    if (stage === until) break
    if (isEnd(bends[stage]) || (stage === 'pollAuthorizations' && order?.status === 'invalid')) {
      if (isByDns && !without.includes('deleteTxt')) world.deleteTxt()
      break
    }
  }
  return { world, order: order ?? world.ca.makeOrder([]), facts: world.facts }
}

/** A good run of another client in the world of a run. */
export const issuedIn = async (world: World, { bend, until, without, ...other }: IssuedOptions & AnotherOptions) =>
  issued({
    ...(other.challenge === undefined ? {} : { challenge: other.challenge }),
    ...(bend && { bend }),
    ...(until && { until }),
    ...(without && { without }),
    world: await another(world, other),
  })

type Bended = { readonly [S in Stage]?: Exclude<Bends[S], Answer> & Bend }

const isAnswer = (bend: object): bend is Answer => 'status' in bend && 'body' in bend
const toBend = (bend: object): object => (isAnswer(bend) ? { answer: bend } : bend)

const isEnd = (bend: Meeting = {}): boolean =>
  (bend.answer?.status ?? 0) >= 400 || bend.failure !== undefined || (bend.state ?? 'complete') !== 'complete'

async function run(
  world: World,
  stage: Stage,
  bends: Bended,
  order: SyntheticOrder | null,
): Promise<SyntheticOrder | null> {
  if (stage === 'directory') world.directory(bends.directory)
  if (stage === 'register') world.register(bends.register)
  if (stage === 'order') return world.order(bends.order)
  if (stage === 'deleteTxt') world.deleteTxt(bends.deleteTxt)
  if (!order) return null
  if (stage === 'fetchAuthorizations') world.fetchAuthorizations(order, bends.fetchAuthorizations)
  if (stage === 'writeTxt') world.writeTxt(order, bends.writeTxt)
  if (stage === 'answer') world.answer(order, bends.answer)
  if (stage === 'pollAuthorizations') world.pollAuthorizations(order, bends.pollAuthorizations)
  if (stage === 'finalize') await world.finalize(order, bends.finalize)
  if (stage === 'pollOrder') world.pollOrder(order, bends.pollOrder)
  if (stage === 'fetchCertificate') world.fetchCertificate(order, bends.fetchCertificate)
  return order
}
