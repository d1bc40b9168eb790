/**
 * What ties a step to others: the answer that gave its nonce, the request that spent the one it gave, the request it
 * sends again, and the step that brought what it is about. The fold keeps all of it by name, so each is a look-up.
 */
import type { Analysis, Step } from '../model.ts'

export type LinkKind = 'nonce' | 'retry' | 'order' | 'challenge' | 'certificate'

/** From the step that gave or made something to one that uses it. */
export interface StepLink {
  readonly kind: LinkKind
  /** Ids of exchanges; one of them is the step that was asked about. */
  readonly from: string
  readonly to: string
  /** What the other end did, in a few words: `gave its nonce`. */
  readonly words: string
}

/** A nonce that is spent again and again (which is wrong) needs no more lines than this to be seen. */
const MAX_USES = 4

/** The links of one step, of nonces first; none to itself. Costs the same however long the recording is. */
export function linksOf(analysis: Analysis, step: Step): readonly StepLink[] {
  return [...nonceLinks(analysis, step), ...retryLinks(step), ...objectLinks(analysis, step)].filter(
    ({ from, to }) => from !== to,
  )
}

function nonceLinks({ nonces }: Analysis, { exchange, decoded }: Step): readonly StepLink[] {
  const spent = nonces.get(decoded.jws?.nonce ?? '')
  const given = nonces.get(decoded.replayNonce ?? '')
  const uses = given?.issuedBy === exchange ? given.usedBy.slice(0, MAX_USES) : []
  return [
    ...toLink('nonce', spent?.issuedBy, exchange, 'gave its nonce'),
    ...uses.map((to): StepLink => ({ kind: 'nonce', from: exchange, to, words: 'spends its nonce' })),
  ]
}

const retryLinks = ({ exchange, retryOf }: Step): readonly StepLink[] =>
  toLink('retry', retryOf, exchange, 'was refused')

/** The nearest of what a step is about: a challenge was shown by its authorization, that was listed by its order. */
function objectLinks(analysis: Analysis, step: Step): readonly StepLink[] {
  const { exchange, operation } = step
  const order = analysis.orders.get(step.order ?? '')
  if (operation === 'certificate') return toLink('certificate', order?.finalizedBy, exchange, 'asked for it')
  const [shown] = analysis.challenges.get(step.challenge ?? '')?.exchanges ?? []
  if (shown !== undefined) return toLink('challenge', shown, exchange, 'has its challenge')
  const [ordered] = order?.exchanges ?? []
  return toLink('order', ordered, exchange, step.authorization === null ? 'made its order' : 'listed it')
}

const toLink = (kind: LinkKind, from: string | null | undefined, to: string, words: string): readonly StepLink[] =>
  from == null ? [] : [{ kind, from, to, words }]
