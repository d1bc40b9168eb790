/** Words about the certificate: fetched, revoked, renewed (RFC 8555 §7.4.2, §7.6, RFC 9773). */
import { headerValue } from '../../../exchange.ts'
import { readCertificate } from '../../../x509/certificate.ts'
import type { Certificate } from '../../../x509/model.ts'
import { idInUrl, type RenewalInfo, readCertificateId, readRenewalInfo } from '../../ari.ts'
import { readBase64url } from '../../base64url.ts'
import { stringField } from '../../json.ts'
import type { DecodedExchange, Operation } from '../../model.ts'
import { reasonRow } from '../../registry/registry.ts'
import { payloadObject } from '../traits.ts'
import { clip, list, minute, type Words } from './subject.ts'

const certificate: Words = {
  intent: ({ isAlternate }) => (isAlternate ? 'Download another chain' : 'Download the certificate'),
  outcome({ decoded, isAlternate }) {
    const { response } = decoded
    if (response.kind !== 'certificates') return 'No certificate in the answer'
    const [leaf, ...rest] = response.chain
    if (!leaf) return `Certificate chain (${clip(response.errors[0] ?? 'empty')})`
    const root = isAlternate ? `, under ${clip(response.chain.at(-1)?.issuer ?? '')}` : ''
    const title = isAlternate ? 'Another chain' : 'Certificate'
    return [`${title} for ${list(leaf.sans)}`, `${above(rest)}${root}`, ...further(decoded)].join(', ')
  },
}

const above = (issuers: readonly Certificate[]): string =>
  issuers.length === 0 ? 'without its chain' : `with ${issuers.length} above it`

function further({ links, head }: DecodedExchange): readonly string[] {
  const others = links.filter(({ rel }) => rel === 'alternate').length
  const isShortTerm = headerValue(head.response?.headers ?? [], 'cert-not-before') !== null
  return [
    ...(others ? [`${others} more ${others === 1 ? 'chain' : 'chains'} to choose from`] : []),
    ...(isShortTerm ? ['renewed by itself'] : []),
  ]
}

const revokeCert: Words = {
  intent: ({ decoded }) => `Revoke ${revocation(decoded)}`,
  outcome: ({ decoded }) => `Revoked ${revocation(decoded)}`,
}

/** `the certificate for a.test, with its own key: its key was compromised (keyCompromise)`. */
function revocation(decoded: DecodedExchange): string {
  const payload = payloadObject(decoded)
  const which = `the certificate${namesIn(stringField(payload, 'certificate'))}`
  const signer = decoded.jws?.jwk ? ', with its own key' : ''
  const reason = payload?.reason
  return `${which}${signer}${typeof reason === 'number' ? `: ${reasonWords(reason)}` : ''}`
}

function reasonWords(code: number): string {
  const row = reasonRow(code)
  return row ? `${row.text} (${row.name})` : `reason ${code}, which is not registered`
}

/** ` for a.test, b.test`, from DER in base64url; empty when it cannot be read. */
function namesIn(base64url: string | null): string {
  const der = readBase64url(base64url ?? '')
  try {
    return der?.length ? ` for ${list(readCertificate(der).sans)}` : ''
  } catch {
    return ''
  }
}

const renewalInfo: Words = {
  intent({ decoded }) {
    const id = readCertificateId(idInUrl(decoded.head.request.url))
    return 'error' in id ? 'Ask when to renew' : `Ask when to renew certificate ${id.serial}`
  },
  outcome(subject) {
    const info = readRenewalInfo(subject.decoded)
    return info ? windowWords(info) : renewalInfo.intent(subject)
  },
}

const PLACES: Readonly<Record<NonNullable<RenewalInfo['place']>, string>> = {
  before: 'not yet',
  within: 'now',
  after: 'overdue',
}

function windowWords({ window, fault, place }: RenewalInfo): string {
  if (!window) return `Renewal information that does not count: ${fault}`
  const [start, end] = [minute(window.start), minute(window.end)]
  return `Renew between ${start} and ${end} UTC${place ? ` (${PLACES[place]})` : ''}`
}

export const certificateWords: Partial<Record<Operation, Words>> = {
  certificate,
  revokeCert,
  renewalInfo,
}
