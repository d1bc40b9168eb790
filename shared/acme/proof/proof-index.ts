/** Which challenge is this the proof of? What was written or served, looked up among what is expected. */
import { txtValue } from '../../dns/match.ts'
import { MAX_TXT } from '../limits.ts'
import type { Challenge, DnsChange, Proof, TxtMatch } from '../model.ts'
import { bare } from './proof.ts'

export interface ProofIndex {
  /** TXT value → URLs of the challenges that want it. */
  readonly byValue: Map<string, readonly string[]>
  /** Name that is proven → URLs of its challenges, the newest last; those that are over are passed over. */
  readonly byName: Map<string, readonly string[]>
  /** Token → URL of the http-01 challenge. */
  readonly byToken: Map<string, string>
}

export const noProofs = (): ProofIndex => ({ byValue: new Map(), byName: new Map(), byToken: new Map() })

/** Challenges of one name or value that are looked at, at most: those of the newest orders. */
const MAX_EACH = 32

/** Takes up what a challenge wants, in place; `before` is the same challenge as it was known. */
export function indexProof(index: ProofIndex, before: Challenge | undefined, after: Challenge): void {
  const { proof, url, token } = after
  if (proof === null) return
  const name = nameOf(proof)
  if (proof.kind === 'http') index.byToken.set(token ?? '', url)
  if (proof.kind === 'txt' && proof.value !== null && proof.value !== txtOf(before)) {
    add(index.byValue, proof.value, url)
  }
  if (name !== null && nameOf(before?.proof ?? null) === null) add(index.byName, name, url)
}

const txtOf = (challenge: Challenge | undefined): string | null =>
  challenge?.proof?.kind === 'txt' ? challenge.proof.value : null

const nameOf = (proof: Proof | null): string | null =>
  proof?.kind === 'txt' || proof?.kind === 'persistent-txt' ? bare(proof.name) : null

function add(map: Map<string, readonly string[]>, key: string, url: string): void {
  const known = map.get(key) ?? []
  if (!known.includes(url)) map.set(key, [...known.slice(1 - MAX_EACH), url])
}

type Challenges = ReadonlyMap<string, Challenge>
type Written = Pick<DnsChange, 'name' | 'value' | 'type'>

/**
 * The challenges a written record belongs to. By value where the value can be computed: that is proof, whatever the
 * name (a CNAME may lead elsewhere). Otherwise by name, to those still open: a tie, not a judgement (`matches: null`),
 * or a mismatch (`matches: false`) when the value was known and another was written.
 */
export function matchTxt(index: ProofIndex, challenges: Challenges, change: Written): readonly TxtMatch[] {
  if (change.value === null || change.value.length > MAX_TXT) return []
  if (change.type !== null && change.type !== 'TXT') return []
  const value = txtValue(change.value)
  const wanting = look(challenges, index.byValue.get(value))
  if (wanting.length) return wanting.map((challenge) => toMatch(challenge, true))
  const named = change.name === null ? [] : openOnes(index, challenges, bare(change.name))
  return named.map((challenge) => toMatch(challenge, isProven(challenge.proof, value)))
}

const look = (challenges: Challenges, urls: readonly string[] = []): readonly Challenge[] =>
  urls.flatMap((url) => challenges.get(url) ?? [])

const OVER: readonly (string | null)[] = ['valid', 'invalid']

function openOnes(index: ProofIndex, challenges: Challenges, name: string): readonly Challenge[] {
  return look(challenges, index.byName.get(name)).filter(({ status }) => !OVER.includes(status))
}

/** Null where the wanted value is not known. */
function isProven(proof: Proof | null, value: string): boolean | null {
  if (proof?.kind === 'persistent-txt') return isPersistent(proof, value)
  return proof?.kind === 'txt' && proof.value !== null ? proof.value === value : null
}

/** draft-ietf-acme-dns-persist §4: `issuer; accounturi=…[; policy=wildcard][; persistUntil=…]`, in the syntax of CAA. */
function isPersistent(proof: Proof & { kind: 'persistent-txt' }, value: string): boolean | null {
  if (proof.account === null || !proof.issuers.length) return null
  const [issuer = '', ...parameters] = value.split(';').map((part) => part.trim())
  const said = new Map(parameters.map((part) => part.split(/=(.*)/s, 2) as [string, string]))
  return (
    proof.issuers.includes(issuer.toLowerCase()) &&
    said.get('accounturi') === proof.account &&
    (!proof.wildcard || said.get('policy')?.toLowerCase() === 'wildcard')
  )
}

const toMatch = ({ url, authorization }: Challenge, matches: boolean | null): TxtMatch => ({
  challenge: url,
  authorization,
  matches,
})
