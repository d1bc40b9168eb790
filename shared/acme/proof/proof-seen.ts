/** What a recording shows of a proof: what was written or served, where, and whether it is what the challenge expects. */
import type { DnsChange, HttpProofSeen, ProofSeen } from '../model.ts'

/** Challenge → what was seen of its proof; grows in place. */
type Seen = Map<string, readonly ProofSeen[]>

const add = (seen: Seen, challenge: string, one: ProofSeen): void => {
  const known = seen.get(challenge)
  if (known) (known as ProofSeen[]).push(one)
  else seen.set(challenge, [one])
}

/** A record that is deleted takes nothing back: it had been written. */
export function seeWritten(seen: Seen, { action, exchange, name, value, matches }: DnsChange): void {
  if (action === 'delete') return
  for (const match of matches)
    add(seen, match.challenge, { exchange, how: 'written', place: name, value, matches: match.matches })
}

export const seeServed = (seen: Seen, { challenge, exchange, url, matches }: HttpProofSeen): void =>
  add(seen, challenge, { exchange, how: 'served', place: url, value: null, matches })
