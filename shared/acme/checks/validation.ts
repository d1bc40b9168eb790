/** What the CA met when it went to look for a proof (RFC 8555 §8.3, RFC 8737 §3), and whether CAA lets it issue. */

import { hostOf } from '../fold/lanes.ts'
import { listField, strings } from '../json.ts'
import { caLabel } from '../known/cas.ts'
import { cdnOf } from '../known/cdns.ts'
import { MAX_NAMES } from '../limits.ts'
import type { Challenge, Proof } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Complaint } from './complaints.ts'
import type { Evidence } from './evidence.ts'
import { cameToPort } from './inbound.ts'
import { detailOf, namesInWords, type Rule } from './rule.ts'
import { isV6, visitsInWords, visitsOf } from './validation-record.ts'
import { clockTime, inWords, named, sentences, short } from './words.ts'

const ca = ({ step }: Complaint): string => caLabel(hostOf(step.url))
const proofOf = ({ challenge }: Complaint): Proof | null => challenge?.proof ?? null
const visited = ({ challenge }: Complaint): string => (challenge ? visitsInWords(challenge) : '')
const usedBy = ({ challenge }: Complaint): string | null => (challenge && visitsOf(challenge).at(-1)?.used) ?? null

/** When the CA had looked, and where that shows. */
export function lookedAt({ challenge, step }: Pick<Complaint, 'challenge' | 'step'>): string {
  const validated = challenge?.wire?.validated
  const shown = `${named(step)} ${typeof validated === 'string' ? 'shows ' : ''}at ${clockTime(step.time)}.`
  return typeof validated === 'string'
    ? `The CA looked at ${clockTime(validated)}, as ${shown}`
    : `This shows in ${shown}`
}

// ───────────────────────────── CAA

const CAA_HINT = /processing CAA for|rechecking caa/i

const caaRule = (rule: Pick<Rule, 'types' | 'hint'>): Rule => ({
  ...rule,
  id: 'validation.caa',
  reference: reference('RFC 8555 §9.7.6'),
  say: (complaint, evidence) => ({
    title: rule.types?.includes('caa')
      ? `A CAA record of ${namesInWords(complaint)} does not let ${ca(complaint)} issue`
      : `${ca(complaint)} could not look up the CAA records of ${namesInWords(complaint)}`,
    explanation: lookedAt(complaint),
    fix: rule.types?.includes('caa')
      ? `Let the CAA records allow it: ${issuers(complaint, evidence)}. The nearest CAA records going up from the name count; wildcards need issuewild where it is given. Look with \`dig CAA NAME\`.`
      : 'Every name server of the zone and of those above it must answer a CAA query, with “no such record” where there is none: SERVFAIL and silence forbid issuance.',
  }),
})

function issuers({ step }: Complaint, { directoryOf }: Evidence): string {
  const identities = strings(listField(directoryOf(step.url)?.meta, 'caaIdentities').slice(0, MAX_NAMES))
  if (!identities.length) return 'with the name of this CA, which its directory does not say'
  return `its directory names ${inWords(identities.map((identity) => `“${short(identity)}”`))} for it, as in 0 issue "${short(identities[0] ?? '')}"`
}

// ───────────────────────────── what came back

/** `404` of `Invalid response from http://…: 404` or `… returned 404`. */
function statusIn(complaint: Complaint): number | null {
  const found = [...detailOf(complaint).matchAll(/(?::|returned|status(?: code)?|code) "?([1-5]\d\d)\b/gi)].at(-1)
  return found ? Number(found[1]) : null
}

const isRefusedByCdn = (complaint: Complaint): boolean => {
  const status = statusIn(complaint) ?? 0
  return cdnOf(usedBy(complaint) ?? '') !== null && ((status >= 400 && status < 500) || (status >= 520 && status < 530))
}

function isBrokenV6({ challenge }: Complaint): boolean {
  const visit = challenge && visitsOf(challenge).at(-1)
  return !!visit?.used && isV6(visit.used) && visit.resolved.some((address) => !isV6(address))
}

function expected(complaint: Complaint): string {
  const proof = proofOf(complaint)
  if (proof?.kind !== 'http') return ''
  return `It expected ${proof.body === null ? 'the key authorization' : short(proof.body)} at ${short(proof.url)}.`
}

const REDIRECT = /redirects\b|redirect (?:loop|target|status)/i

const CONTENT: readonly (readonly [hint: RegExp, what: string])[] = [
  [/did not match|not match this challenge/i, 'another file than the proof'],
  [REDIRECT, 'a redirect it does not follow'],
  [/<html|<!doctype/i, 'a web page instead of the proof'],
]

function found(complaint: Complaint): string {
  const status = statusIn(complaint)
  const detail = detailOf(complaint)
  return CONTENT.find(([hint]) => hint.test(detail))?.[1] ?? (status === null ? 'no proof' : `status ${status}`)
}

const viaV6 = (complaint: Complaint): string =>
  isBrokenV6(complaint) ? 'The CA prefers IPv6: see that the AAAA record leads to this very server, or remove it.' : ''

// ───────────────────────────── the rules

/** Before those of dns-01. */
export const validationRules: readonly Rule[] = [
  caaRule({ types: ['caa'] }),
  {
    id: 'validation.secondary',
    where: 'challenge',
    hint: /^during secondary validation:/i,
    reference: reference('RFC 8555 §8.3'),
    say: (complaint, evidence) => ({
      title: `${ca(complaint)} found the proof for ${namesInWords(complaint)} from one place, and not from others`,
      explanation: sentences(lookedAt(complaint), visited(complaint), cameToPort(complaint, evidence)),
      fix: 'CAs look from several places of the world, whose addresses they do not tell: no firewall, geographic filter, rate limit or split DNS may stand in the way, and every name server must give the same answer.',
    }),
  },
  caaRule({ hint: CAA_HINT }),
  {
    id: 'validation.behind-cdn',
    challenges: ['http-01'],
    holds: isRefusedByCdn,
    reference: reference('RFC 8555 §8.3'),
    say: (complaint) => ({
      title: `${cdnOf(usedBy(complaint) ?? '')} answered for ${namesInWords(complaint)}, with status ${statusIn(complaint)}`,
      explanation: sentences(lookedAt(complaint), visited(complaint), expected(complaint)),
      fix: `${usedBy(complaint)} belongs to ${cdnOf(usedBy(complaint) ?? '')}. Let it pass /.well-known/acme-challenge/ on to this server over plain HTTP, unchanged and uncached (no access rule, no redirect to HTTPS that its own certificate breaks); or use dns-01, which does not mind who answers.`,
    }),
  },
  {
    id: 'validation.ipv6-broken',
    types: ['connection'],
    where: 'challenge',
    holds: isBrokenV6,
    reference: reference('RFC 8555 §8.3'),
    say: (complaint) => ({
      title: `${namesInWords(complaint)} does not answer at its IPv6 address ${usedBy(complaint)}`,
      explanation: sentences(lookedAt(complaint), visited(complaint)),
      fix: 'Let the server listen at that address and the firewall let it through, or remove the AAAA record: while it is there the CA goes there first.',
    }),
  },
  {
    id: 'validation.tls-alpn-not-served',
    types: ['unauthorized', 'tls', 'malformed', 'incorrectResponse', 'rejectedIdentifier'],
    challenges: ['tls-alpn-01'],
    hint: /ALPN|application protocol|validation certificate|acmeValidation|certs presented|unexpected identifiers|only speaks HTTP/i,
    reference: reference('RFC 8737 §3'),
    topic: 'alpn',
    say: (complaint) => ({
      title: `The server of ${namesInWords(complaint)} did not answer with the certificate for acme-tls/1`,
      explanation: sentences(lookedAt(complaint), visited(complaint), digest(complaint)),
      fix: sentences(
        cdnOf(usedBy(complaint) ?? '') &&
          `${usedBy(complaint)} belongs to ${cdnOf(usedBy(complaint) ?? '')}, which ends TLS itself: tls-alpn-01 cannot work through it.`,
      ),
    }),
  },
  {
    id: 'validation.wrong-content',
    types: ['unauthorized', 'rejectedIdentifier'],
    challenges: ['http-01'],
    reference: reference('RFC 8555 §8.3'),
    topic: 'http',
    say: wrongContent,
  },
  {
    id: 'validation.wrong-content',
    types: ['connection'],
    challenges: ['http-01'],
    hint: REDIRECT,
    reference: reference('RFC 8555 §8.3'),
    topic: 'http',
    say: wrongContent,
  },
]

function wrongContent(complaint: Complaint, evidence: Evidence) {
  return {
    title: `The CA asked for the proof of ${namesInWords(complaint)} and got ${found(complaint)}`,
    explanation: sentences(
      lookedAt(complaint),
      visited(complaint),
      expected(complaint),
      cameToPort(complaint, evidence),
    ),
    fix: viaV6(complaint),
  }
}

function digest(complaint: Complaint): string {
  const proof = proofOf(complaint)
  return proof?.kind === 'tls-alpn' && proof.digest !== null
    ? `The certificate must hold the digest ${proof.digest}.`
    : ''
}

/** After those of dns-01: by type alone. */
export const typeRules: readonly Rule[] = [
  {
    id: 'validation.unreachable',
    types: ['connection'],
    reference: reference('RFC 8555 §8.3'),
    say: unreachable,
  },
  {
    id: 'validation.unreachable',
    types: ['malformed'],
    where: 'challenge',
    hint: /unable to contact/i,
    reference: reference('RFC 8555 §8.3'),
    say: unreachable,
  },
  {
    id: 'validation.tls',
    types: ['tls'],
    reference: reference('RFC 8555 §6.7'),
    say: (complaint) => ({
      title: `The CA could not agree on TLS with the server of ${namesInWords(complaint)}`,
      explanation: sentences(lookedAt(complaint), visited(complaint)),
      fix: 'See what that address answers at port 443: `openssl s_client -connect ADDRESS:443 -servername NAME`. For http-01 it was a redirect that led to HTTPS.',
    }),
  },
  {
    id: 'validation.incorrect-response',
    types: ['incorrectResponse'],
    reference: reference('RFC 8555 §6.7'),
    say: (complaint) => ({
      title: `What the CA found for ${namesInWords(complaint)} is not what ${complaint.challenge?.type ?? 'the challenge'} asks for`,
      explanation: sentences(lookedAt(complaint), visited(complaint), expected(complaint), digest(complaint)),
      fix: 'The proof is made of the token of this challenge and the key of this account: an old file, another account or another client’s proof is no proof.',
    }),
  },
]

function unreachable(complaint: Complaint, evidence: Evidence) {
  const port = complaint.challenge && visitsOf(complaint.challenge).at(-1)?.port
  const used = usedBy(complaint)
  return {
    title: `The CA could not connect to ${namesInWords(complaint)}${used === null ? '' : ` at ${short(used)}`}`,
    explanation: sentences(lookedAt(complaint), visited(complaint), cameToPort(complaint, evidence)),
    fix: `Port ${port ?? portOf(complaint.challenge)} must be open to the whole Internet at the very address that the public DNS gives for the name: look at the firewall, the router’s forwarding, the AAAA record, and whether something listens there.`,
  }
}

/** http-01 and tls-alpn-01 have one port each, whatever the client listens at. */
const portOf = (challenge: Challenge | null): string => (challenge?.type === 'tls-alpn-01' ? '443' : '80')
