/** Did the TXT record reach the CA (RFC 8555 §8.4)? What the CA says of a dns-01 proof, held against what was written. */
import { txtValue } from '../../dns/match.ts'
import { hostOf } from '../fold/lanes.ts'
import { caLabel } from '../known/cas.ts'
import type { Challenge, DnsChange } from '../model.ts'
import { bare, keyAuthorization, txtOf } from '../proof/proof.ts'
import { reference } from '../registry/registry.ts'
import type { Complaint } from './complaints.ts'
import { judgeWrites, takenBack, type Verdict, type Write } from './dns-writes.ts'
import type { Evidence } from './evidence.ts'
import { detailOf, namesInWords, type Rule, type Said } from './rule.ts'
import { lookedAt } from './validation.ts'
import { between, clockTime, inWords, named, quoted, sentences, short, span } from './words.ts'

/** CAs word and type it differently; whatever these say of a proof by TXT record means that the right one was not found. */
const NOT_FOUND = ['unauthorized', 'dns', 'incorrectResponse', 'rejectedIdentifier', 'malformed']
const BY_TXT = ['dns-01', 'dns-account-01']

/** Server trouble as Boulder words it. */
const TROUBLE = /SERVFAIL|DNSSEC|REFUSED|NOTIMP|time(?:d )?out|server failure|network(?:ing)? error/i
/** As Pebble does, which calls it `unauthorized` and shows the response code as a byte. */
const TROUBLE_AT_PEBBLE = /^Error retrieving TXT records.{0,300}(?:time(?:d )?out|refused|server misbehaving|\\x0[25])/i

const verdictIs =
  (verdict: Verdict) =>
  ({ challenge }: Complaint, evidence: Evidence): boolean =>
    challenge !== null && judgeWrites(evidence, challenge).verdict === verdict

const txtRule = (rule: Pick<Rule, 'id' | 'holds' | 'topic' | 'say'>): Rule => ({
  types: NOT_FOUND,
  challenges: BY_TXT,
  reference: reference('RFC 8555 §8.4'),
  ...rule,
})

export const dnsRules: readonly Rule[] = [
  { ...serverTrouble(['dns']), challenges: BY_TXT, hint: TROUBLE },
  { ...serverTrouble(['unauthorized']), challenges: BY_TXT, hint: TROUBLE_AT_PEBBLE },
  txtRule({
    id: 'dns.txt-mismatch',
    holds: verdictIs('mismatch'),
    say: (complaint, evidence) => mismatch(complaint, evidence),
  }),
  txtRule({ id: 'dns.txt-never-written', holds: verdictIs('never-written'), say: neverWritten }),
  txtRule({ id: 'dns.wrong-zone', holds: isInWrongZone, topic: 'delegation', say: wrongZone }),
  txtRule({ id: 'dns.not-propagated', holds: verdictIs('written'), topic: 'propagation', say: notPropagated }),
  txtRule({
    id: 'dns.txt-mismatch',
    holds: sawWhatWasWritten,
    say: (complaint, evidence) => mismatch(complaint, evidence),
  }),
  txtRule({ id: 'dns.not-propagated', holds: verdictIs('unknown'), topic: 'propagation', say: notPropagated }),
  {
    id: 'dns.not-propagated',
    types: NOT_FOUND,
    challenges: ['dns-persist-01'],
    holds: verdictIs('written'),
    reference: reference('dns-persist-01 (draft) §4'),
    topic: 'propagation',
    say: notPropagated,
  },
  serverTrouble(['dns']),
  {
    ...serverTrouble(['malformed']),
    where: 'challenge',
    hint: /could not resolve|no IP addresses found|resolving URL/i,
  },
]

const wanted = (challenge: Challenge | null) =>
  challenge?.proof?.kind === 'txt'
    ? challenge.proof
    : { name: challenge?.proof?.kind === 'persistent-txt' ? challenge.proof.name : 'the name', value: null }

const writesFor = ({ challenge }: Complaint, evidence: Evidence): readonly Write[] =>
  challenge ? judgeWrites(evidence, challenge).writes : []

const written = ({ change, step }: Write): string =>
  `${short(change.value ?? 'a value')} at ${clockTime(change.at)} in ${named(step)}`

// ───────────────────────────── another value

/** Said of a challenge that failed, and of one that nobody waited for. */
export function mismatch(
  { challenge, step, where }: Pick<Complaint, 'challenge' | 'step' | 'where'>,
  evidence: Evidence,
): Said {
  const { name, value } = wanted(challenge)
  const writes = challenge ? judgeWrites(evidence, challenge).writes : []
  return {
    title: `The TXT record at ${short(name)} was given another value than its challenge wants`,
    explanation: sentences(
      value === null ? '' : `Wanted: ${short(value)}, the digest of the token and the account’s key.`,
      `Written: ${inWords(writes.slice(0, 4).map(written))}.`,
      challenge && originOf(writes[0]?.change, challenge, evidence),
      where === 'challenge' && lookedAt({ challenge, step }),
    ),
    fix: 'Let one client, with one account key, write this record, and for the challenge of the order at hand. Look for a second client, a copied account file, or a hook that keeps an old value.',
  }
}

const MAX_ACCOUNTS = 50

/** Whose proof the wrong value is: of an earlier challenge, or of this one made with another account's key. */
function originOf(change: DnsChange | undefined, challenge: Challenge, { analysis }: Evidence): string {
  const other = change?.matches.find(({ matches, challenge: url }) => matches === true && url !== challenge.url)
  if (other) return `That value belongs to another challenge, ${short(other.challenge)}.`
  const value = txtValue(change?.value ?? '')
  const account = [...analysis.accounts.values()]
    .slice(0, MAX_ACCOUNTS)
    .find(({ thumbprint }) => thumbprint !== null && txtOf(keyAuthorization(challenge.token, thumbprint)) === value)
  return account ? `That value was made with the key of another account, ${short(account.url)}.` : ''
}

/** Nobody can compute what is wanted, but the CA quotes what it saw, and that is what was written. */
function sawWhatWasWritten(complaint: Complaint, evidence: Evidence): boolean {
  const seen = seenByCa(complaint)
  return (
    seen !== null &&
    verdictIs('unknown')(complaint, evidence) &&
    writesFor(complaint, evidence).some(({ change }) => txtValue(change.value ?? '') === seen)
  )
}

/** Boulder quotes up to 100 characters of the first record it found. */
const seenByCa = (complaint: Complaint): string | null =>
  /incorrect TXT record "([^"\n]{1,200})"/i.exec(detailOf(complaint))?.[1] ?? null

// ───────────────────────────── no value

function neverWritten(complaint: Complaint, evidence: Evidence): Said {
  const { name, value } = wanted(complaint.challenge)
  const answered = evidence.stepOf(complaint.challenge?.answeredBy ?? '')
  return {
    title: `No TXT record was written for ${namesInWords(complaint)}, but the CA was told to look for it`,
    explanation: sentences(
      `Wanted: ${short(value ?? 'the digest')} at ${short(name)}.`,
      `The DNS provider’s API is in this recording, and no accepted request to it carries that value.`,
      answered && `Even so ${named(answered)} at ${clockTime(answered.time)} said that the proof was in place.`,
      lookedAt(complaint),
    ),
    fix: `See what ${evidence.clientOf(complaint.step)} says about writing the record: the provider refused it, a hook failed without telling, or the record is written by another tool.`,
  }
}

// ───────────────────────────── another place

/** The value was written, but nowhere the CA looks unless a CNAME leads there. */
function isInWrongZone(complaint: Complaint, evidence: Evidence): boolean {
  if (!verdictIs('written')(complaint, evidence)) return false
  const writes = writesFor(complaint, evidence)
  return writes.every((write) => misplaced(write, wanted(complaint.challenge).name, evidence) !== null)
}

/** In words why a record is not where the name is looked for; null when it is. */
function misplaced({ change, step }: Write, name: string, evidence: Evidence): string | null {
  const [place, zone] = [change.name, zoneOf(change)]
  if (place !== null && bare(place) !== bare(name))
    return `It stands at ${short(place)}, which counts only if ${short(name)} is a CNAME to it.`
  if (zone !== null && !isBelow(name, zone)) return `The zone ${short(zone)} does not hold ${short(name)}.`
  const nearer = zone === null ? undefined : nearerZone(name, zone, evidence.dnsStepsOf(step.from))
  return nearer === undefined ? null : `The zone ${short(nearer)} is nearer to the name, and is asked first.`
}

/** An id is no name of a zone. */
const zoneOf = ({ zone }: DnsChange): string | null => (zone?.includes('.') ? zone.toLowerCase() : null)

const isBelow = (name: string, zone: string): boolean => {
  const [below, above] = [name, zone].map((text) => text.toLowerCase().replace(/\.$/, '')) as [string, string]
  return below === above || below.endsWith(`.${above}`)
}

const MAX_LOOKUPS = 200

/** A zone below the one written to that the provider was found to have, too. */
function nearerZone(name: string, zone: string, lookUps: Evidence['analysis']['steps']): string | undefined {
  const found = lookUps
    .slice(-MAX_LOOKUPS)
    .flatMap(({ operation, dns }) =>
      operation === 'dns.findZone' && (dns?.found ?? 0) > 0 ? (dns?.zone?.name ?? []) : [],
    )
  return found.find((other) => other.length > zone.length && isBelow(name, other) && isBelow(other, zone))
}

function wrongZone(complaint: Complaint, evidence: Evidence): Said {
  const { name, value } = wanted(complaint.challenge)
  const [write] = writesFor(complaint, evidence)
  return {
    title: `The TXT value for ${namesInWords(complaint)} was written where the CA does not look`,
    explanation: sentences(
      `${short(value ?? 'The value')} was written to ${short(write?.change.zone ?? 'a zone')} at ${clockTime(write?.change.at ?? '')}.`,
      write && misplaced(write, name, evidence),
      lookedAt(complaint),
    ),
    fix: `Look where the name leads: \`dig +trace TXT ${short(name)}\`.`,
  }
}

// ───────────────────────────── not yet there

function notPropagated(complaint: Complaint, evidence: Evidence): Said {
  const { challenge, step } = complaint
  const { name } = wanted(challenge)
  const { verdict, writes } = challenge ? judgeWrites(evidence, challenge) : { verdict: null, writes: [] }
  const last = writes.at(-1)
  const seen = seenByCa(complaint)
  const early = last ? gone(last, challenge, evidence) : ''
  return {
    title:
      verdict === 'written'
        ? `The right TXT value for ${short(name)} was written, but the CA did not see it`
        : `A TXT value was written for ${short(name)}, but the CA did not see the right one`,
    explanation: sentences(
      last && `${last.change.provider} accepted ${written(last)}.`,
      verdict === 'unknown' &&
        'Whether it is the right one cannot be checked here: the token or the account’s key is not known whole.',
      lookedAt(complaint),
      last && waited(last, challenge, step.time),
      ...serversSaid(challenge, evidence),
      seen !== null && `It saw ${quoted(seen)} instead, an older value or another client’s.`,
      early,
    ),
    fix: early
      ? 'Let the client delete the record when the authorization is decided, and no sooner.'
      : 'If that was long enough, the zone that the API writes to is not the one the world is asked about: compare `dig NS ZONE` with the provider’s name servers.',
  }
}

const MOST_SERVERS = 4

/** What the zone's own servers said, where they were watched. */
function serversSaid(challenge: Challenge | null, evidence: Evidence): readonly string[] {
  const said = evidence.serversSaid(challenge?.url ?? '').slice(0, MOST_SERVERS)
  return said.length === 0 ? [] : [`acmescope asked the zone’s name servers itself: ${said.map(short).join('; ')}.`]
}

/** Between the write and the CA's look, or its answer where it does not tell when it looked. */
function waited({ change }: Write, challenge: Challenge | null, answered: string): string {
  const validated = challenge?.wire?.validated
  const looked = typeof validated === 'string' ? between(change.at, validated) : null
  const told = between(change.at, challenge?.history.find(({ status }) => status === 'invalid')?.at ?? answered)
  if (looked !== null && looked >= 0) return `That was ${span(looked)} after the write.`
  return told === null ? '' : `The CA’s answer came ${span(told)} after the write.`
}

/** A client may clear up too early. */
function gone(write: Write, challenge: Challenge | null, { writes, stepOf }: Evidence): string {
  const removal = takenBack(writes, write)
  const answered = stepOf(challenge?.answeredBy ?? '')
  const isEarly = removal && answered && removal.step.sequence < answered.sequence
  return isEarly ? `It was deleted at ${clockTime(removal.change.at)}, before the CA was told to look.` : ''
}

// ───────────────────────────── trouble

function serverTrouble(types: readonly string[]): Rule {
  return {
    id: 'dns.server-trouble',
    types,
    reference: reference('RFC 8555 §6.7'),
    say: (complaint) => ({
      title: /NXDOMAIN|no valid A/i.test(detailOf(complaint))
        ? `The CA found nothing in the public DNS for ${namesInWords(complaint)}`
        : `${caLabel(hostOf(complaint.step.url))} had trouble with the name servers of ${namesInWords(complaint)}`,
      explanation: lookedAt(complaint),
      fix: /NXDOMAIN|no valid A/i.test(detailOf(complaint))
        ? 'Make the record, and see that the registry delegates the zone to the name servers you think of.'
        : 'Ask every name server of the zone from outside: each must answer, over UDP and TCP, and with signatures that hold where the zone is signed (DNSSEC). https://dnsviz.net and https://unboundtest.com show what a validating resolver sees.',
    }),
  }
}
