/** Was the certificate asked for as the order has it (RFC 8555 §7.4), in a request that a CA can accept? */

import type { Finding } from '../../finding.ts'
import type { JudgedCsr } from '../../x509/model.ts'
import { compareNames, isSame, type NamesCompared } from '../compare-names.ts'
import { isCutText } from '../cut.ts'
import { payloadObject } from '../fold/traits.ts'
import { stringField } from '../json.ts'
import type { Order, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Citation } from '../specs/row.ts'
import { weaknesses } from './csr-weaknesses.ts'
import type { Evidence } from './evidence.ts'
import { answerOf, capital, inWords, listed, named, stepsInWords } from './words.ts'

export function checkCsrs(evidence: Evidence): readonly Finding[] {
  return attemptsIn(evidence).flatMap((attempt) => [...differs(evidence, attempt), ...rejected(evidence, attempt)])
}

/** One CSR, sent once or, after a rejected nonce, again. */
interface Attempt {
  readonly order: Order
  readonly csr: JudgedCsr | { readonly error: string }
  /** The last one decides. */
  readonly steps: readonly Step[]
  readonly last: Step
  /** It ended well all the same: another CSR was accepted, and the order became valid. */
  readonly isMended: boolean
}

function attemptsIn({ analysis, stepsDoing }: Evidence): readonly Attempt[] {
  const groups = new Map<string, [Step, ...Step[]]>()
  for (const step of stepsDoing('finalize')) {
    if (!step.decoded.csr) continue
    const key = `${step.order} ${stringField(payloadObject(step.decoded), 'csr')}`
    const group = groups.get(key)
    if (group) group.push(step)
    else groups.set(key, [step])
  }
  return [...groups.values()].flatMap((steps) => {
    const last = steps.at(-1) ?? steps[0]
    const order = analysis.orders.get(last.order ?? '')
    const { csr } = last.decoded
    return order && csr ? [{ order, csr, steps, last, isMended: order.status === 'valid' && isRefused(last) }] : []
  })
}

const isRefused = ({ status, problem }: Step): boolean => problem !== null || (status ?? 0) >= 400

/** What the findings about one attempt have in common. */
const about = ({ order, steps, isMended }: Attempt, cite: Citation) => ({
  severity: isMended ? ('info' as const) : ('error' as const),
  reference: reference(cite),
  exchanges: [...steps.toReversed().map(({ exchange }) => exchange), ...order.exchanges.slice(0, 1)],
  object: order.url,
  consequenceOf: null,
})

const later = ({ isMended }: Attempt): string => (isMended ? 'A later CSR was accepted.' : '')

const sentences = (...all: readonly string[]): string => all.filter(Boolean).join(' ')

// ───────────────────────────── its names

const DIFFERS = 'order.csr-differs'

/** A common name that can be no name of a host, such as a company's, asks for nothing. */
const askedBy = ({ names }: JudgedCsr): readonly string[] => names.filter((name) => !/[\s@]/.test(name))

const comparison = ({ order, csr }: Attempt): NamesCompared | null =>
  'error' in csr ? null : compareNames(order.identifiers, askedBy(csr))

function differs(evidence: Evidence, attempt: Attempt): readonly Finding[] {
  const compared = comparison(attempt)
  if (!compared || isSame(compared) || 'error' in attempt.csr) return []
  const { missing, extra } = compared
  const wanted = attempt.order.identifiers.map(({ value }) => value)
  const faults = [
    missing.length ? `does not ask for ${listed(missing)}` : '',
    extra.length ? `asks for ${listed(extra)}, which the order does not have` : '',
  ].filter(Boolean)
  return [
    {
      ...about(attempt, 'RFC 8555 §7.4'),
      id: DIFFERS,
      title: `The CSR of ${named(attempt.last)} ${faults.join(', and ')}`,
      explanation: sentences(
        `The order is for ${listed(wanted)}; the CSR is for ${listed(askedBy(attempt.csr)) || 'no name at all'}.`,
        `A CSR must name exactly what was ordered. The CA answered ${answerOf(attempt.last)}.`,
        later(attempt),
      ),
      fix: `${evidence.clientOf(attempt.last)} must make the CSR for the names of the order: ${listed(wanted)}. Where it is given a CSR that somebody else made, order the names that stand in that one.`,
    },
  ]
}

// ───────────────────────────── the CSR itself

/** What a CA complains of when it is the CSR that it does not like. */
const COMPLAINTS: readonly (string | null)[] = ['badCSR', 'badPublicKey']

/** The CA refuses this step because of its CSR, and the checks here say so: no other needs to. */
export function isAboutCsr(step: Step, order: Order | undefined): boolean {
  if (step.operation !== 'finalize' || !step.problem) return false
  const { csr } = step.decoded
  if (COMPLAINTS.includes(step.problem.acmeType) || isUnreadable(step)) return true
  const compared = order && csr && !('error' in csr) ? compareNames(order.identifiers, askedBy(csr)) : null
  return compared !== null && !isSame(compared) && ABOUT_NAMES.includes(step.problem.acmeType)
}

/** CAs differ in what they call a CSR for other names. */
const ABOUT_NAMES: readonly (string | null)[] = ['unauthorized', 'malformed', 'rejectedIdentifier']

function rejected(evidence: Evidence, attempt: Attempt): readonly Finding[] {
  const reasons = [reusedKey(evidence, attempt), unsigned(attempt), complaint(attempt)]
  const found = reasons.find((reason) => reason !== null)
  if (!found) return []
  const compared = comparison(attempt)
  return [
    {
      ...about(attempt, found.cite),
      id: 'order.csr-rejected',
      title: found.title,
      explanation: sentences(found.explanation, again(attempt), later(attempt)),
      fix: found.fix(evidence.clientOf(attempt.last)),
      consequenceOf: compared && !isSame(compared) ? DIFFERS : null,
    },
  ]
}

const again = ({ steps }: Attempt): string =>
  steps.length > 1 ? `The same CSR was sent in ${stepsInWords(steps)}.` : ''

interface Reason {
  readonly title: string
  readonly explanation: string
  readonly fix: (client: string) => string
  readonly cite: Citation
}

/** §11.1. Told by the thumbprints of both keys (RFC 7638), whatever the CA made of it. */
function reusedKey({ analysis }: Evidence, { csr, last }: Attempt): Reason | null {
  if ('error' in csr || csr.key.thumbprint === null) return null
  const { signature } = last.decoded.jws ?? {}
  const account = analysis.accounts.get(last.account ?? '')
  const thumbprints = [signature?.status === 'valid' ? signature.thumbprint : null, account?.thumbprint ?? null]
  if (!thumbprints.includes(csr.key.thumbprint)) return null
  return {
    title: `The CSR of ${named(last)} has the account's own key`,
    explanation: `The key of the CSR (${csr.key.type}, thumbprint ${csr.key.thumbprint}) is the one that the account signs with. It must not stand in a certificate: who has the key of the server would have the account as well. The CA answered ${answerOf(last)}.`,
    fix: (client) =>
      `Let ${client} make a key of its own for the certificate; where it is told which key to use, name another file than that of the account key.`,
    cite: 'RFC 8555 §11.1',
  }
}

function unsigned({ csr, last }: Attempt): Reason | null {
  if ('error' in csr || csr.signature.status !== 'invalid') return null
  return {
    title: `The CSR of ${named(last)} is not signed by its own key`,
    explanation: `A CSR is signed with the key it asks a certificate for, and here ${csr.signature.reason}. The CA answered ${answerOf(last)}.`,
    fix: (client) =>
      `Make the CSR anew, and let ${client} send it as it is: something changed it after it was signed, or signed it with another key than the one in it.`,
    cite: 'RFC 8555 §7.4',
  }
}

/** What could not be read here, and was not cut by those who published the recording. */
const isUnreadable = ({ decoded }: Step): boolean =>
  decoded.csr !== null && 'error' in decoded.csr && !isCutText(stringField(payloadObject(decoded), 'csr') ?? '')

function complaint(attempt: Attempt): Reason | null {
  const { csr, last } = attempt
  if (!last.problem) return null
  if (isUnreadable(last) && 'error' in csr) return unreadable(last, csr.error)
  if (!COMPLAINTS.includes(last.problem.acmeType)) return null
  const what = last.problem.acmeType === 'badPublicKey' ? 'the key of the CSR' : 'the CSR'
  const suspicions = 'error' in csr ? [] : weaknesses(csr)
  return {
    title: `The CA refuses ${what} of ${named(last)}`,
    explanation: sentences(
      `It answered ${answerOf(last)}.`,
      'error' in csr
        ? ''
        : `The CSR: a key of kind ${csr.key.type}, signed ${csr.signatureAlgorithm}, for ${listed(csr.names) || 'no name'}.`,
      suspicions.length ? `What CAs of the public web do not take: ${inWords(suspicions)}.` : '',
    ),
    fix: (client) =>
      `Let ${client} make a new CSR with a key that every CA takes: RSA of 2048 or 4096 bits, or EC P-256, with the names of the order in its subjectAltName.`,
    cite: 'RFC 8555 §7.4',
  }
}

const unreadable = (last: Step, error: string): Reason => ({
  title: `The CSR of ${named(last)} cannot be read`,
  explanation: `What is wrong with “csr”: ${error}. The CA answered ${answerOf(last)}.`,
  fix: (client) =>
    `${capital(client)} must send the DER octets of the CSR in base64url, without PEM's BEGIN and END lines, without line breaks and without padding.`,
  cite: 'RFC 8555 §7.4',
})
