/**
 * Which authorizations and orders have a challenge that was answered (RFC 8555 §7.5.1). It is asked at every poll, so it
 * is kept, and not looked for among challenges, of which a CA may list as many as it likes.
 */

export interface Answers {
  /** URLs of authorizations of which a challenge was answered. */
  readonly authorizations: Set<string>
  /** URLs of orders that list one of these. */
  readonly orders: Set<string>
  /** Authorization → the orders that list it. */
  readonly listedBy: Map<string, string[]>
}

export const noAnswers = (): Answers => ({ authorizations: new Set(), orders: new Set(), listedBy: new Map() })

/** Takes note, in place, that an order lists an authorization; once for each pair. */
export function noteListed({ authorizations, orders, listedBy }: Answers, order: string, authorization: string): void {
  const known = listedBy.get(authorization)
  if (known) known.push(order)
  else listedBy.set(authorization, [order])
  if (authorizations.has(authorization)) orders.add(order)
}

/** Takes note, in place, that a challenge of an authorization was answered. */
export function noteAnswered({ authorizations, orders, listedBy }: Answers, authorization: string): void {
  if (authorizations.has(authorization)) return
  authorizations.add(authorization)
  for (const order of listedBy.get(authorization) ?? []) orders.add(order)
}
