/** What became of requests whose nonce the CA refused: tried again, or not, and with what (RFC 8555 §6.5)? */
import type { Finding, Severity } from '../../finding.ts'
import { isCutText } from '../cut.ts'
import { hostOf } from '../fold/lanes.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { reusesOf } from './nonces.ts'
import { answerOf, capital, clockTime, named, short, span, stepsInWords } from './words.ts'

/** One request, refused again and again, and the try that ended it: one whose nonce was accepted, or not answered. */
interface Chain {
  readonly refused: [Step, ...Step[]]
  end: Step | null
}

export function checkNonceRetries(evidence: Evidence): readonly Finding[] {
  const chains = chainsOf(evidence.analysis.steps)
  const ends = endsOf(evidence)
  return [
    ...goodRetries(chains.filter(isGood)),
    ...chains.filter(isLong).map((chain) => repeatedly(evidence, ends, chain, 'info')),
    ...chains.filter(({ end }) => end === null).flatMap((chain) => givenUp(evidence, chain, ends)),
  ]
}

/** With 15 % of all nonces refused, as test servers do on purpose, two in a row are common and four are not. */
const MANY = 4
const isAnswered = ({ end }: Chain): boolean => end !== null && end.status !== null
const isGood = (chain: Chain): boolean => isAnswered(chain) && chain.refused.length < MANY
const isLong = (chain: Chain): boolean => isAnswered(chain) && chain.refused.length >= MANY

const isRefused = ({ problem }: Step): boolean => problem?.acmeType === 'badNonce'
const whoAndWhere = ({ from, url }: Step): string => `${from} ${url}`

/** A second try with another payload (a CSR or an inner request made anew) counts, unless one with the same follows. */
function chainsOf(steps: readonly Step[]): readonly Chain[] {
  const byStep = new Map<string, Chain>()
  const open = new Map<string, Chain>()
  for (const step of steps) {
    if (step.decoded.jws === null) continue
    const place = whoAndWhere(step)
    const chain = byStep.get(step.retryOf ?? '') ?? open.get(place)
    open.delete(place)
    if (!isRefused(step)) {
      if (chain) chain.end = step
      continue
    }
    const longer: Chain = chain && chain.end === null ? chain : { refused: [step], end: null }
    if (longer === chain) longer.refused.push(step)
    byStep.set(step.exchange, longer)
    open.set(place, longer)
  }
  return [...new Set(byStep.values())]
}

/** How runs ended. */
interface Ends {
  /** Client and CA → its last signed step. */
  readonly stayed: ReadonlyMap<string, Step>
  /** Orders whose certificate was fetched. */
  readonly fetched: ReadonlySet<string | null>
  /** Nonces that were spent twice. */
  readonly reused: ReadonlySet<string | null>
}

function endsOf(evidence: Evidence): Ends {
  const { steps, certificates, nonces } = evidence.analysis
  const reused = [...nonces.values()].filter((nonce) => reusesOf(evidence, nonce).length > 0)
  const signed = steps.filter(({ decoded }) => decoded.jws !== null)
  return {
    stayed: new Map(signed.map((step) => [whoAndWhom(step), step])),
    fetched: new Set([...certificates.values()].flatMap(({ order }) => order ?? [])),
    reused: new Set(reused.map(({ value }) => value)),
  }
}
const whoAndWhom = ({ from, url }: Step): string => `${from} ${hostOf(url)}`

const about = (steps: readonly Step[], object: string | null) => ({
  reference: reference('RFC 8555 §6.5'),
  exchanges: steps.map(({ exchange }) => exchange),
  object,
})

// ───────────────────────────── as it is meant to be

function goodRetries(chains: readonly Chain[]): readonly Finding[] {
  const [first] = chains
  if (!first) return []
  const [step] = first.refused
  const refused = chains.flatMap((chain) => chain.refused)
  const all = chains.flatMap((chain) => [...chain.refused, ...(chain.end ? [chain.end] : [])])
  return [
    {
      ...about(all, step.url),
      id: 'nonce.rejected-then-accepted',
      severity: 'info',
      title: `The CA refused the nonce of ${refused.length === 1 ? named(step) : stepsInWords(refused)}, and accepted the next one`,
      explanation: `${capital(named(step))} spent ${short(step.decoded.jws?.nonce ?? 'no nonce')} and was answered ${answerOf(step)}. ${capital(named(first.end ?? step))} sent the request again with ${short(first.end?.decoded.jws?.nonce ?? 'another nonce')} and was answered ${answerOf(first.end ?? step)}.`,
      fix: 'Nothing to do: this is how it is meant to be.',
      consequenceOf: null,
    },
  ]
}

// ───────────────────────────── given up

function givenUp(evidence: Evidence, chain: Chain, ends: Ends): readonly Finding[] {
  const last = chain.refused.at(-1) as Step
  const isLast = ends.stayed.get(whoAndWhom(last)) === last
  if (isLast && !evidence.isOver) return []
  const worked = ends.fetched.has(last.order) || evidence.succeededAfter(last) !== undefined
  if (chain.refused.length > 1) return [repeatedly(evidence, ends, chain, worked ? 'info' : 'error')]
  return [notRetried(evidence, ends, last, worked ? 'info' : isLast ? 'error' : 'warning')]
}

const notRetried = (evidence: Evidence, ends: Ends, step: Step, severity: Severity): Finding => ({
  ...about([step], step.url),
  id: 'nonce.rejected-not-retried',
  severity,
  title: `The CA refused the nonce of ${named(step)}, and ${evidence.clientOf(step)} did not try again`,
  explanation: [
    `It was answered ${answerOf(step)}.`,
    originOf(evidence, step),
    step.decoded.replayNonce === null
      ? 'The answer brought no new nonce.'
      : `The answer brought a new nonce, ${short(step.decoded.replayNonce)}, to try again with.`,
    severity === 'error' ? 'The run ended there.' : '',
  ]
    .filter(Boolean)
    .join(' '),
  fix: `A refused nonce is no failure: ${evidence.clientOf(step)} should sign the same request again with the nonce of the refusal. Update it, or run it again.`,
  consequenceOf: causeOf(ends, [step]),
})

// ───────────────────────────── again and again

function repeatedly(evidence: Evidence, ends: Ends, { refused, end }: Chain, severity: Severity): Finding {
  const [first, ...again] = refused
  const areFresh = again.every((step, index) => isFresh(evidence, step, refused[index] ?? first))
  return {
    ...about([...refused, ...(end ? [end] : [])], first.url),
    id: 'nonce.rejected-repeatedly',
    severity,
    title: `The CA refused the nonces of ${stepsInWords(refused)}, one after the other`,
    explanation: [
      `${capital(named(first))} was answered ${answerOf(first)}, and so ${again.length === 1 ? 'was one further try' : `were ${again.length} further tries`}.`,
      originOf(evidence, first),
      areFresh
        ? 'Each try took a nonce that was given out since the refusal before it, so the CA does not know its own nonces: several servers without a common memory, or a proxy that answers from a cache; or it is a test CA, such as Pebble, that refuses some on purpose.'
        : 'The tries took nonces from before the refusals, and not those that the refusals brought.',
      end ? `${capital(named(end))} was let through.` : 'The client gave up.',
    ]
      .filter(Boolean)
      .join(' '),
    fix: areFresh
      ? `See that all requests of ${evidence.clientOf(first)} reach the same CA server, and that nothing between them caches answers (Replay-Nonce comes with Cache-Control: no-store).`
      : `${evidence.clientOf(first)} must take the Replay-Nonce of the refusal for the next try, and throw away the nonces it kept.`,
    consequenceOf: causeOf(ends, refused),
  }
}

/** Brought by the refusal itself, or asked for afterwards, as certbot does. */
function isFresh({ analysis, stepOf }: Evidence, { decoded }: Step, refusal: Step): boolean {
  const nonce = analysis.nonces.get(decoded.jws?.nonce ?? '')
  return (stepOf(nonce?.issuedBy ?? '')?.sequence ?? -1) >= refusal.sequence
}

/** Where the refused nonce came from, and how old it was. */
function originOf(evidence: Evidence, step: Step): string {
  const value = step.decoded.jws?.nonce
  if (value == null || isCutText(value)) return ''
  const issuer = evidence.stepOf(evidence.analysis.nonces.get(value)?.issuedBy ?? '')
  if (!issuer) return `No answer of this recording gave out the nonce ${short(value)}.`
  const age = Date.parse(step.time) - Date.parse(issuer.time)
  return `The nonce ${short(value)} came with ${named(issuer)} at ${clockTime(issuer.time)}, ${span(age)} before.`
}

/** The finding that says why the CA could not but refuse. */
function causeOf({ reused }: Ends, refused: readonly Step[]): string | null {
  const nonces = refused.map(({ decoded }) => decoded.jws?.nonce ?? null)
  if (nonces.includes(null)) return 'jws.malformed'
  return nonces.some((value) => reused.has(value)) ? 'nonce.reused' : null
}
