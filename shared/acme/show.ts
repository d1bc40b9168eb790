/** Analysis → the stable JSON of `acmescope show --json`. Field names and shapes are a contract: scripts rely on them. */
import type { Finding } from '../finding.ts'
import type { RecordingSummary } from '../recording.ts'
import { readDetails } from '../x509/details.ts'
import { toFlows } from './flow/flows.ts'
import { byWhatItFollows, type InferredStep, infer, lanesWith } from './flow/infer.ts'
import type {
  Analysis,
  Authorization,
  Challenge,
  InnerJws,
  IssuedCertificate,
  JsonObject,
  Jws,
  Order,
  SignatureVerdict,
  Step,
} from './model.ts'

/** @returns plain data, ready for `JSON.stringify` */
export function toShowJson(
  recording: Pick<RecordingSummary, 'id' | 'name' | 'startedAt' | 'exchanges'>,
  analysis: Analysis,
  findings: readonly Finding[],
) {
  const { id, name, startedAt, exchanges } = recording
  const inferred = infer(analysis)
  const budget = { left: SHOWN_AT_LEAST + SHOWN_PER_STEP * analysis.steps.length }
  return {
    recording: { id, name, startedAt, exchanges },
    lanes: lanesWith(analysis.lanes, inferred),
    steps: showSteps(
      analysis,
      inferred.filter(({ seen }) => seen === null),
    ),
    observed: inferred.flatMap((one) => (one.seen === null ? [] : [showObserved(one, one.seen)])),
    flows: toFlows(analysis),
    nonces: [...analysis.nonces.values()],
    accounts: [...analysis.accounts.values()].map(({ url, status, contact, thumbprint, history }) => ({
      url,
      status,
      contact,
      thumbprint,
      history: history.map(({ exchange, status }) => ({ exchange, status })),
    })),
    certificates: [...analysis.certificates.values()].map(showCertificate),
    orders: [...analysis.orders.values()].map((order) => showOrder(analysis, order, budget)),
    findings,
  }
}

/** What was recorded and what is inferred, in one list: the latter after what it follows, with its number and no exchange. */
function showSteps(analysis: Analysis, inferred: readonly InferredStep[]) {
  const following = byWhatItFollows(inferred)
  return analysis.steps.flatMap((step) => [
    showStep(step),
    ...(following.get(step.exchange) ?? []).map((one) => showInferred(one, step.sequence)),
  ])
}

/** What was seen beside the exchanges. */
function showObserved(one: InferredStep, observation: string) {
  const { after, time, from, to, operation, phase, summary, order, authorization, identifier } = one
  return { observation, after, time, from, to, operation, phase, summary, order, authorization, identifier }
}

function showInferred(inferred: InferredStep, sequence: number) {
  const { time, from, to, operation, phase, summary, references, order, authorization, identifier } = inferred
  return {
    seq: sequence,
    exchange: null,
    time,
    from,
    to,
    operation,
    phase,
    method: null,
    url: null,
    status: null,
    summary,
    references: references.map(({ document, section, title }) => ({ document, section, title })),
    jws: null,
    problem: null,
    order,
    authorization,
    identifier,
    inferred: true,
  }
}

function showStep(step: Step) {
  const { exchange, sequence, time, from, to, operation, phase, method, url, status, summary, order, authorization } =
    step
  return {
    seq: sequence,
    exchange,
    time,
    from,
    to,
    operation,
    phase,
    method,
    url,
    status,
    summary,
    references: step.references.map(({ document, section, title }) => ({ document, section, title })),
    jws: step.decoded.jws && showJws(step.decoded.jws),
    problem: step.problem && {
      type: step.problem.type,
      detail: step.problem.detail,
      status: step.problem.status,
      subproblems: step.problem.subproblems,
    },
    order,
    authorization,
    identifier: step.identifier,
    inferred: false,
  }
}

export interface ShownJws {
  readonly alg: string | null
  readonly kid?: string | null
  readonly jwk?: JsonObject
  readonly nonce: string | null
  readonly url: string | null
  readonly payload: unknown
  readonly signature: SignatureVerdict['status']
  /** The JWS inside the payload: an account binding (§7.3.4) or a key change (§7.3.5). */
  readonly inner?: ShownJws & { readonly purpose: InnerJws['purpose'] }
}

export function showJws({ alg, kid, jwk, nonce, url, payload, signature, inner }: Jws): ShownJws {
  return {
    alg,
    ...(jwk ? { jwk } : { kid }),
    nonce,
    url,
    payload: payload.kind === 'json' ? payload.value : payload.kind === 'text' ? payload.text : null,
    signature: signature.status,
    ...(inner && { inner: { purpose: inner.purpose, ...showJws(inner.jws) } }),
  }
}

/**
 * Characters that may be spent on the authorizations of orders. Any number of orders may list the same ones: what is shown
 * grows with the recording, and not with the product of two of its lists.
 */
interface Budget {
  left: number
}
const SHOWN_AT_LEAST = 500_000
const SHOWN_PER_STEP = 5_000

function showOrder(analysis: Analysis, order: Order, budget: Budget) {
  return {
    url: order.url,
    status: order.status,
    identifiers: order.identifiers,
    history: order.history.map(({ exchange, status }) => ({ exchange, status })),
    authorizations: order.authorizations.map((url) => showAuthorization(analysis, url, budget)),
  }
}

/** As one that nobody looked at, once that is spent. */
function showAuthorization(analysis: Analysis, url: string, budget: Budget) {
  const authorization = budget.left > 0 ? analysis.authorizations.get(url) : undefined
  const shown = toAuthorization(analysis, url, authorization)
  if (authorization) budget.left -= JSON.stringify(shown).length
  return shown
}

function toAuthorization(analysis: Analysis, url: string, authorization: Authorization | undefined) {
  const challenges = (authorization?.challenges ?? []).flatMap((challenge) => analysis.challenges.get(challenge) ?? [])
  const chosen = challenges.find((one) => one.answeredBy !== null) ?? challenges.find((one) => one.status !== 'pending')
  return {
    url,
    identifier: authorization?.identifier ?? null,
    wildcard: authorization?.wildcard ?? false,
    status: authorization?.status ?? null,
    challenges: challenges.map(({ type, status, url }) => ({ type, status, url })),
    challenge: chosen ? showChallenge(analysis, chosen, authorization) : null,
  }
}

function showChallenge(analysis: Analysis, challenge: Challenge, authorization: Authorization | undefined) {
  return {
    type: challenge.type,
    status: challenge.status,
    url: challenge.url,
    token: challenge.token,
    expectedTxt: challenge.proof?.kind === 'txt' ? challenge.proof.value : null,
    records: authorization ? recordsOf(analysis, challenge) : [],
    proof: challenge.proof,
    served: (analysis.proofsSeen.get(challenge.url) ?? [])
      .filter(({ how }) => how === 'served')
      .map(({ exchange, matches }) => ({ exchange, matches })),
  }
}

/** What was written for a challenge; `matches` is null where the recording's values were cut and nothing can be said. */
export const recordsOf = ({ proofsSeen }: Analysis, { url }: Challenge) =>
  (proofsSeen.get(url) ?? [])
    .filter(({ how }) => how === 'written')
    .map(({ place, value, matches }) => ({ name: place, content: value, matches }))

function showCertificate({ url, chain }: IssuedCertificate) {
  const [leaf, ...issuers] = chain
  return {
    url,
    subject: leaf?.subject ?? null,
    sans: leaf?.sans ?? [],
    issuer: leaf?.issuer ?? null,
    notBefore: leaf?.notBefore ?? null,
    notAfter: leaf?.notAfter ?? null,
    serial: leaf?.serial ?? null,
    keyType: leaf?.key.type ?? null,
    scts: (leaf && readDetails(leaf)?.scts)?.map(({ log, logId, at }) => ({ log, logId, at })) ?? [],
    // Whether this one signed the one before it.
    chain: issuers.map(({ subject, issuer, notAfter }, at) => ({
      subject,
      issuer,
      notAfter,
      signature: chain[at]?.signedByNext?.status ?? null,
    })),
  }
}
