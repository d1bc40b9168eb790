/** Is every signed request of the right form, and meant for where it went (RFC 8555 §6.2 to §6.4)? */
import type { Finding } from '../../finding.ts'
import { isCutText } from '../cut.ts'
import { hostOf } from '../fold/lanes.ts'
import { grouped } from '../grouped.ts'
import type { InnerJws, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import { isAcme } from './acme-request.ts'
import type { Evidence } from './evidence.ts'
import { malformations } from './malformed.ts'
import { answerOf, capital, named, short, stepsInWords } from './words.ts'

export function checkJws(evidence: Evidence): readonly Finding[] {
  const { steps } = evidence.analysis
  const faults = steps.filter(isAcme).flatMap((step) => [...keyOrAccount(step), ...urls(step), ...malformations(step)])
  return [...grouped(faults, ({ kind, same, what }) => `${kind} ${same ?? what}`).values()].map((group) =>
    toFinding(evidence, group),
  )
}

/** One fault of one request. Those of one kind are told of once. */
export interface Fault {
  readonly step: Step
  readonly kind: keyof typeof KINDS
  /** After "Step 4 (newOrder) …". */
  readonly what: string
  /** What else helps, as whole sentences. */
  readonly more?: string
  /** Where it is about the request inside this one, which has rules of its own. */
  readonly inside?: InnerJws['purpose']
  /** What tells this fault from another of its kind; `what` unless given. */
  readonly same?: string
}

function toFinding(evidence: Evidence, [first, ...others]: readonly [Fault, ...Fault[]]): Finding {
  const { step, kind, what, more, inside } = first
  const { fix, cite } = inside ? INSIDE[inside] : KINDS[kind]
  return {
    id: `jws.${kind}`,
    severity: 'error',
    title: `${capital(named(step))} ${what}`,
    explanation: [
      `The ${short(step.method)} to ${short(step.url)} ${what}, and was answered ${answerOf(step)}.`,
      more ?? '',
      others.length ? `The same is true of ${stepsInWords(others.map((one) => one.step))}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    fix: fix(evidence.clientOf(step)),
    reference: reference(cite),
    exchanges: [step, ...others.map((one) => one.step)].map(({ exchange }) => exchange),
    object: step.url,
    consequenceOf: null,
  }
}

const KINDS = {
  'key-and-kid': {
    cite: 'RFC 8555 §6.2',
    fix: (client: string) =>
      `${client} must put “jwk”, the public key, into the protected header of newAccount (and of a revocation signed by the certificate's key), and “kid”, the account URL, into that of every other request; never both.`,
  },
  'url-mismatch': {
    cite: 'RFC 8555 §6.4',
    fix: (client: string) =>
      `${client} must reach the CA under the very name that the CA's directory gives. A reverse proxy that renames the host cannot be put before an ACME CA: let the client use HTTPS_PROXY, or give the CA's own name another address.`,
  },
  malformed: {
    cite: 'RFC 8555 §6.2',
    fix: (client: string) =>
      `${client} must send a flattened JWS: “protected”, “payload” and “signature”, each base64url without padding, and “alg”, “nonce”, “url” and either “jwk” or “kid” in the protected header.`,
  },
} as const

// ───────────────────────────── jwk or kid

/** §6.2: `jwk` where no account speaks yet, or a certificate's key does; `kid` everywhere else. */
function keyOrAccount(step: Step): readonly Fault[] {
  const { header, jwk, kid } = step.decoded.jws ?? {}
  if (!header) return []
  const fault = jwk || kid != null ? keyFault(step, 'jwk' in header, 'kid' in header) : NOBODYS
  return fault === null ? [] : [{ step, kind: 'key-and-kid', what: fault }]
}

/** A number or a list in the place of either is no more than nothing. */
const NOBODYS = 'does not say whose key signed it: neither a “jwk” nor a “kid” is there'

function keyFault({ operation, to }: Step, jwk: boolean, kid: boolean): string | null {
  if (jwk && kid) return 'names its key twice: “jwk” and “kid” exclude each other'
  if (operation === 'newAccount')
    return kid ? 'has “kid”, where an account is yet to be made: “jwk” belongs there' : null
  const isKnown = operation !== 'other' && operation !== 'revokeCert' && to.startsWith('ca:')
  return isKnown && jwk ? 'has “jwk”, where “kid”, the URL of the account, belongs' : null
}

// ───────────────────────────── the URL that was signed

function urls(step: Step): readonly Fault[] {
  const { jws } = step.decoded
  if (!jws) return []
  return [...urlFault(step, jws.url, ''), ...(jws.inner ? innerUrl(step, jws.inner) : [])]
}

/** What is inside is signed for the URL of the request around it (§7.3.4, §7.3.5). */
const innerUrl = (step: Step, { purpose, jws }: InnerJws): readonly Fault[] =>
  urlFault(step, jws.url, INSIDE[purpose].what).map((fault) => ({ ...fault, inside: purpose }))

const INSIDE = {
  externalAccountBinding: {
    what: 'carries an account binding that ',
    cite: 'RFC 8555 §7.3.4',
    fix: (client: string) =>
      `${client} must give the binding the same “url” as the request around it: that of newAccount.`,
  },
  keyChange: {
    what: 'carries a request that ',
    cite: 'RFC 8555 §7.3.5',
    fix: (client: string) =>
      `${client} must give the request inside the same “url” as the one around it: that of keyChange.`,
  },
} as const

function urlFault(step: Step, signed: string | null, inside: string): readonly Fault[] {
  if (signed === null || isSame(signed, step.url) || isCutText(signed) || isCutText(step.url)) return []
  const [meant, sent] = [short(hostOf(signed)), short(hostOf(step.url))]
  const renamed = meant !== sent && pathOf(signed) === pathOf(step.url)
  return [
    {
      step,
      kind: 'url-mismatch',
      what: `${inside}is signed for ${renamed ? meant : short(signed)}${inside || renamed ? `, not for ${renamed ? sent : short(step.url)}` : ', another URL'}`,
      ...(renamed && { same: `${inside}${meant} ${sent}`, more: renamedHost(meant, sent) }),
    },
  ]
}

const renamedHost = (meant: string, sent: string): string =>
  `Only the host differs: the client took ${meant} for the CA, and ${sent} is what its requests came in for. A reverse proxy between them does that.`

/** A client may write a default port or a capital letter that HTTP does not carry; that is for the CA to judge. */
function isSame(signed: string, sent: string): boolean {
  if (signed === sent) return true
  return URL.canParse(signed) && URL.canParse(sent) && new URL(signed).href === new URL(sent).href
}

const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
