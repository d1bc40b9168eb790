/** What came to the client's challenge port while the CA was looking (RFC 8555 §8.3): a fact, where a forwarder stood there. */
import type { Step } from '../model.ts'
import type { Complaint } from './complaints.ts'
import type { Evidence } from './evidence.ts'
import { clockTime, inWords, named, sentences, short } from './words.ts'

/** Addresses and answers that are told of one by one. */
const MOST_TOLD = 4

/** Empty where no forwarder is known to have been there, and for a proof that is not fetched. */
export function cameToPort({ challenge }: Pick<Complaint, 'challenge'>, evidence: Evidence): string {
  if (challenge?.type !== 'http-01' || !evidence.seesPorts()) return ''
  const looks = evidence.looksAt(challenge.url)
  const last = looks.at(-1)
  if (!last) {
    return 'No request for this proof came to the forwarder at the client’s port, which recorded others: whoever looked did not get so far.'
  }
  return sentences(
    `${looks.length === 1 ? 'One request' : `${looks.length} requests`} for this proof came to the client’s port, from ${from(looks)}; the last at ${clockTime(last.time)} in ${named(last)}.`,
    answers(looks, evidence),
  )
}

function from(looks: readonly Step[]): string {
  const all = [...new Set(looks.map(({ decoded }) => short(decoded.head.client.address ?? 'an unknown address')))]
  return inWords(all.length > MOST_TOLD ? [...all.slice(0, MOST_TOLD), `${all.length - MOST_TOLD} more`] : all)
}

function answers(looks: readonly Step[], { analysis }: Evidence): string {
  const served = analysis.proofsSeen.get(looks[0]?.challenge ?? '') ?? []
  const right = new Set(served.filter(({ matches }) => matches).map(({ exchange }) => exchange))
  const wrong = looks.filter(({ exchange }) => !right.has(exchange))
  if (wrong.length === 0)
    return 'Each was answered rightly: look for what else the CA asks, or for another place from which it gets no answer.'
  const [first] = wrong
  return `${right.size === 0 ? 'None' : `Only ${right.size}`} got the proof: ${short(first?.summary ?? '')}.`
}
