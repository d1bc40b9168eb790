/** Is every request made as ACME wants it over HTTP: method, content type, User-Agent (RFC 8555 §6.1 to §6.3)? */
import { headerValue, mediaType } from '../../exchange.ts'
import type { Finding } from '../../finding.ts'
import { roleOf } from '../fold/lanes.ts'
import { isObject } from '../json.ts'
import type { Analysis, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import { isAcme, mustBeSigned } from './acme-request.ts'
import type { Evidence } from './evidence.ts'
import { answerOf, capital, inWords, named, quoted, short, stepsInWords } from './words.ts'

export function checkRequests(evidence: Evidence): readonly Finding[] {
  const { analysis } = evidence
  const { steps } = analysis
  return [
    ...some(
      steps.filter((step) => isPlainGet(analysis, step)),
      (found) => notPostAsGet(evidence, found),
    ),
    ...some(steps.filter(isOtherType), (found) => contentType(evidence, found)),
    ...some(steps.filter(isAnonymous), noUserAgent),
  ]
}

type Found = readonly [Step, ...Step[]]

const some = (found: readonly Step[], toFinding: (found: Found) => Finding): readonly Finding[] =>
  found.length ? [toFinding(found as unknown as Found)] : []

const about = (found: Found) => ({
  severity: 'warning' as const,
  exchanges: found.map(({ exchange }) => exchange),
  object: found[0].url,
  consequenceOf: null,
})

/** `Step 5 (newOrder) is`, `Steps 5 and 6 are`. */
const subject = (found: Found, one: string, many: string): string =>
  found.length === 1 ? `${capital(named(found[0]))} ${one}` : `${capital(stepsInWords(found))} ${many}`

// ───────────────────────────── GET

const isPlainGet = (analysis: Analysis, step: Step): boolean =>
  step.method === 'GET' && mustBeSigned(step) && !isOpenCertificate(analysis, step)

/** RFC 8739 §3.4: the certificate of a renewed order may be fetched by anybody, where client and CA agreed on it. */
function isOpenCertificate({ orders }: Analysis, { operation, order }: Step): boolean {
  const renewal = orders.get(order ?? '')?.wire?.['auto-renewal']
  return operation === 'certificate' && isObject(renewal) && renewal['allow-certificate-get'] === true
}

const notPostAsGet = (evidence: Evidence, found: Found): Finding => ({
  ...about(found),
  id: 'request.not-post-as-get',
  title: `${subject(found, 'asks', 'ask')} with GET, where a signed POST belongs`,
  explanation: `GET ${short(found[0].url)} was answered ${answerOf(found[0])}. A request without a signature lets anybody read what belongs to the account, so only the directory, a new nonce and renewal information are read with GET.`,
  fix: `${evidence.clientOf(found[0])} must send POST-as-GET: a signed POST whose payload is the empty string. A version that still uses GET was made for a draft of ACME; update it.`,
  reference: reference('RFC 8555 §6.3'),
})

// ───────────────────────────── content type

const JOSE = 'application/jose+json'

/** A recording without any headers does not say. */
function isOtherType(step: Step): boolean {
  const { jws, head } = step.decoded
  return jws !== null && isAcme(step) && head.request.headers.length > 0 && mediaType(head.request.headers) !== JOSE
}

function contentType(evidence: Evidence, found: Found): Finding {
  const types = new Set(found.map(({ decoded }) => headerValue(decoded.head.request.headers, 'content-type')))
  const sent = inWords([...types].map((type) => (type === null ? 'no content type' : quoted(type))))
  return {
    ...about(found),
    id: 'jws.content-type',
    title: `${subject(found, 'is', 'are')} sent with ${sent}, not ${JOSE}`,
    explanation: `A signed request says in Content-Type that it is ${JOSE}. The CA answered ${answerOf(found[0])}.`,
    fix: `${evidence.clientOf(found[0])} must set “Content-Type: ${JOSE}” on every signed request.`,
    reference: reference('RFC 8555 §6.2'),
  }
}

// ───────────────────────────── User-Agent

function isAnonymous({ to, decoded: { head } }: Step): boolean {
  const { headers } = head.request
  return roleOf(to) === 'ca' && headers.length > 0 && !headerValue(headers, 'user-agent')?.trim()
}

const noUserAgent = (found: Found): Finding => ({
  ...about(found),
  id: 'request.no-user-agent',
  title: `${subject(found, 'carries', 'carry')} no User-Agent`,
  explanation: `The client did not say who it is when it sent ${short(found[0].method)} ${short(found[0].url)}. A CA uses the name to tell the maker of a client of trouble with it, and some refuse requests without one.`,
  fix: 'Let the client send a User-Agent with its name and version on every request.',
  reference: reference('RFC 8555 §6.1'),
})
