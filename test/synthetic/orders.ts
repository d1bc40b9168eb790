/** What a synthetic client does to get a name proven (RFC 8555 §7.4, §7.5). */
import type { Headers } from '../../shared/exchange.ts'
import { type Bend, change } from './bend.ts'
import {
  type SyntheticAuthorization,
  type SyntheticChallenge,
  type SyntheticOrder,
  showAuthorization,
  showChallenge,
  showOrder,
} from './ca.ts'
import type { Client } from './client.ts'
import { sha256, thumbprintOf } from './materials.ts'
import type { Answer } from './wire.ts'

export interface OrderOptions {
  readonly names?: readonly string[]
  /** Those it hangs on, if not new ones: the CA uses valid authorizations again. */
  readonly authorizations?: readonly SyntheticAuthorization[]
  /** The CA answers with this order again. */
  readonly again?: SyntheticOrder
}

export interface Chosen {
  /** Of one name only, with its `*.`. */
  readonly name?: string
}

interface PollOptions {
  readonly times?: number
  /** The CA has not made up its mind when the client stops asking. */
  readonly undecided?: boolean
}

/** @param type of the challenges that this client chooses */
export function orderCalls({ ca, account, post, postAsGet }: Client, names: readonly string[], type: string) {
  function order(bend: Bend & OrderOptions = {}): SyntheticOrder {
    const made = bend.again ?? ca.makeOrder(bend.names ?? names, bend.authorizations)
    const payload = { identifiers: made.identifiers }
    post(ca.urls.newOrder, payload, bend, () => {
      const { identifiers: _, ...more } = change(payload, bend.payload) as Record<string, unknown>
      made.more = { ...made.more, ...more }
      settle(made)
      return { status: 201, body: showOrder(made), headers: [['Location', made.url]] }
    })
    return made
  }

  /** As §7.1.6 has it, once the authorizations say so. */
  function settle(one: SyntheticOrder): void {
    if (one.status !== 'pending') return
    if (one.authorizations.some(({ status }) => status === 'invalid')) one.status = 'invalid'
    else if (one.authorizations.every(({ status }) => status === 'valid')) one.status = 'ready'
  }

  const fetchAuthorization = (one: SyntheticAuthorization, bend: Bend = {}): boolean =>
    postAsGet(one.url, bend, () => ({ status: 200, body: showAuthorization(one) }))

  const fetchAuthorizations = (one: SyntheticOrder, bend: Bend = {}): boolean =>
    one.authorizations.map((authorization) => fetchAuthorization(authorization, bend)).every(Boolean)

  const pollOrder = (one: SyntheticOrder, bend: Bend = {}): boolean =>
    postAsGet(one.url, bend, () => {
      if (one.status === 'processing') one.status = one.error ? 'invalid' : 'valid'
      return { status: 200, body: showOrder(one) }
    })

  function newAuthz(name: string, bend: Bend = {}): SyntheticAuthorization {
    const made = ca.makeAuthorization(name, 'pending')
    const headers: Headers = [['Location', made.url]]
    const usually = () => ({ status: 201, body: showAuthorization(made), headers })
    post(ca.urls.newAuthz, { identifier: made.identifier }, bend, usually)
    return made
  }

  /** The challenges that the client has chosen, of what is still to be proven. */
  const chosen = (
    one: SyntheticOrder,
    of: Chosen = {},
  ): readonly (readonly [SyntheticAuthorization, SyntheticChallenge])[] =>
    one.authorizations
      .filter((authorization) => of.name === undefined || nameOf(authorization) === of.name)
      .filter(({ status }) => status === 'pending')
      .flatMap((authorization) => {
        const challenge = authorization.challenges.find((candidate) => candidate.type === type)
        return challenge ? [[authorization, challenge] as const] : []
      })

  /** Says that the proofs are in place. `result`, a problem, is what the polls will show; good unless told. */
  function answer(one: SyntheticOrder, bend: Bend & Chosen & { readonly result?: Answer } = {}): void {
    for (const [authorization, challenge] of chosen(one, bend)) {
      post(challenge.url, {}, bend, () => {
        const shown = showChallenge(challenge)
        challenge.status = bend.result ? 'invalid' : 'valid'
        challenge.error = (bend.result?.body as object | undefined) ?? null
        return { status: 200, body: shown, headers: [['Link', `<${authorization.url}>;rel="up"`]] }
      })
    }
  }

  /** Polls each authorization: pending, until the last of `times` (2 unless told) shows what became of it. */
  function pollAuthorizations(one: SyntheticOrder, bend: Bend & Chosen & PollOptions = {}): void {
    const { times = 2, after = 2000, undecided = false } = bend
    for (const [authorization, challenge] of chosen(one, bend)) {
      for (let poll = undecided ? 0 : 1; poll < times; poll++) {
        const { status, error } = challenge
        Object.assign(challenge, { status: 'pending', error: null })
        fetchAuthorization(authorization, { ...bend, after })
        Object.assign(challenge, { status, error })
      }
      if (undecided) continue
      if (challenge.status === 'valid' || challenge.status === 'invalid') authorization.status = challenge.status
      fetchAuthorization(authorization, { ...bend, after })
    }
    settle(one)
  }

  const expectedTxt = ({ token }: SyntheticChallenge): string => sha256(`${token}.${thumbprintOf(account.signer.jwk)}`)

  return {
    order,
    pollOrder,
    newAuthz,
    fetchAuthorization,
    fetchAuthorizations,
    deactivateAuthorization: (one: SyntheticAuthorization, bend: Bend = {}): boolean =>
      post(one.url, { status: 'deactivated' }, bend, () => {
        one.status = 'deactivated'
        return { status: 200, body: showAuthorization(one) }
      }),
    /** The challenge of the chosen type. */
    challengeOf: (one: SyntheticAuthorization): SyntheticChallenge => {
      const found = one.challenges.find((candidate) => candidate.type === type)
      if (!found) throw new Error(`no ${type} for ${nameOf(one)}`)
      return found
    },
    chosen,
    answer,
    pollAuthorizations,
    expectedTxt,
  }
}

const nameOf = ({ identifier, wildcard }: SyntheticAuthorization): string =>
  wildcard ? `*.${identifier.value}` : identifier.value
