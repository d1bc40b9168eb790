/** Recordings that have a finding, and recordings close to them that do not. */
import type { Fact } from '../../../shared/exchange.ts'
import type { SyntheticAuthorization, SyntheticChallenge } from '../ca.ts'
import { type IssuedOptions, issued } from '../scenarios.ts'
import type { Answer } from '../wire.ts'
import type { World } from '../world.ts'

export interface Case {
  /** Of the finding. */
  readonly id: string
  /** `error` unless told. */
  readonly severity?: 'warning' | 'info'
  /** What the recording is of. */
  readonly of: string
  readonly hit: () => Promise<Hit>
  /** Close to it, and without it. */
  readonly miss: () => Promise<readonly Fact[]>
}

export interface Hit {
  readonly facts: readonly Fact[]
  /** Real names, values and times, each of which the finding says. */
  readonly says: readonly string[]
}

export const factsOf = async (run: Promise<{ readonly facts: readonly Fact[] }>): Promise<readonly Fact[]> =>
  (await run).facts

/** A run in which the proof of the first name fails, as its authorization shows when it is polled. */
export async function failedProof(
  result: Answer,
  { more = {}, ...options }: IssuedOptions & { readonly more?: object } = {},
) {
  const run = await issued({ ...options, until: options.challenge === 'dns-01' ? 'writeTxt' : 'fetchAuthorizations' })
  const challenge = challengeIn(run.world, run.order.authorizations)
  challenge.more = { ...challenge.more, ...more }
  run.world.answer(run.order, { result })
  run.world.pollAuthorizations(run.order)
  return run
}

/** The challenge that the world's client answers, of the first name. */
export function challengeIn(world: World, authorizations: readonly SyntheticAuthorization[]): SyntheticChallenge {
  const [first] = authorizations
  if (!first) throw new Error('no authorization')
  return world.challengeOf(first)
}
