/** Does the CA know the account, and may it order (RFC 8555 §7.3)? */
import type { Finding } from '../../finding.ts'
import { hostOf } from '../fold/lanes.ts'
import { payloadObject } from '../fold/traits.ts'
import { stringField } from '../json.ts'
import { caLabel, eabSource } from '../known/cas.ts'
import { cureFor } from '../known/cures.ts'
import type { Directory, Operation, Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import type { Complaint } from './complaints.ts'
import type { Evidence } from './evidence.ts'
import { subjects } from './outcome.ts'
import type { Rule } from './rule.ts'
import { capital, clockTime, named, sentences, short } from './words.ts'

const ca = (url: string): string => caLabel(hostOf(url))
const sentEab = ({ decoded }: Step): boolean => payloadObject(decoded)?.externalAccountBinding != null

const GET_BINDING = 'Get a key identifier and a MAC key from the CA.'

export const accountRules: readonly Rule[] = [
  {
    id: 'account.other-ca',
    holds: isOfAnotherCa,
    reference: reference('RFC 8555 §6.2'),
    topic: 'ca',
    say: ({ step }, evidence) => ({
      title: `The account of ${named(step)} is not one of ${ca(step.url)}`,
      explanation: `The request to ${hostOf(step.url)} at ${clockTime(step.time)} was signed for the account ${short(step.decoded.jws?.kid ?? '')}, which this CA neither gave nor accepted in this recording.`,
      fix: `${evidence.clientOf(step)} uses an account that it has at ${ca(step.decoded.jws?.kid ?? '')} with the directory of ${ca(step.url)}: staging and production were mixed up, or the CA was changed and the old account kept.`,
    }),
  },
  {
    id: 'account.eab-rejected',
    types: ['externalAccountRequired', 'unauthorized', 'malformed'],
    operations: ['newAccount'],
    holds: (complaint) => sentEab(complaint.step) && isAboutEab(complaint),
    reference: reference('RFC 8555 §7.3.4'),
    topic: 'eab',
    say: ({ step }) => ({
      title: `${ca(step.url)} does not accept the external account ${short(bindingOf(step)?.kid ?? 'without a kid')}`,
      explanation: sentences(
        `${capital(named(step))} bound the new account to it at ${clockTime(step.time)}.`,
        eabFault(step),
      ),
      fix: sentences(
        'Check that the key identifier and the MAC key are of one pair, that the key is given in base64url as the CA shows it, and that the pair was not used up.',
        eabSource(hostOf(step.url)),
      ),
    }),
  },
  {
    id: 'account.eab-required',
    types: ['externalAccountRequired'],
    reference: reference('RFC 8555 §7.3.4'),
    topic: 'eab',
    say: ({ step }) => ({
      title: `${ca(step.url)} wants accounts to be bound to one it knows already`,
      explanation: `${capital(named(step))} at ${clockTime(step.time)} came without externalAccountBinding.`,
      fix: sentences(GET_BINDING, eabSource(hostOf(step.url))),
    }),
  },
  {
    id: 'account.action-required',
    types: ['userActionRequired'],
    reference: reference('RFC 8555 §7.3.3'),
    topic: 'terms',
    say: ({ step, problem }, evidence) => ({
      title: `${ca(step.url)} waits for a person before it goes on`,
      explanation: `${capital(named(step))} was refused at ${clockTime(step.time)}.${termsOf(step, evidence)}`,
      fix: problem.instance ? `Open ${short(problem.instance)} and do what it asks.` : 'Do what the CA asks.',
    }),
  },
  {
    id: 'account.action-required',
    types: ['malformed', 'unauthorized'],
    operations: ['newAccount'],
    hint: /terms of service|\bToS\b|agreement/i,
    reference: reference('RFC 8555 §7.3.3'),
    topic: 'terms',
    say: ({ step }, evidence) => ({
      title: `${ca(step.url)} wants its terms to be agreed to`,
      explanation: `${capital(named(step))} at ${clockTime(step.time)} did not agree to them.${termsOf(step, evidence)}`,
    }),
  },
  {
    id: 'account.unknown',
    types: ['accountDoesNotExist'],
    reference: reference('RFC 8555 §7.3.1'),
    topic: 'storage',
    say: ({ step }, evidence) => ({
      title: `${ca(step.url)} has no account for the key of ${evidence.clientOf(step)}`,
      explanation: `${capital(named(step))} at ${clockTime(step.time)} ${step.decoded.jws?.kid ? `named the account ${short(step.decoded.jws.kid)}` : 'only looked for an account, and nothing was registered afterwards'}.`,
      fix: 'Register the account, or give the client the key of the one that is there.',
    }),
  },
  {
    id: 'account.unknown',
    types: ['unauthorized', 'accountDoesNotExist'],
    hint: /account.{0,80}(?:deactivated|revoked)|(?:deactivated|revoked) account|account is not valid/i,
    reference: reference('RFC 8555 §7.3.6'),
    say: ({ step }, evidence) => ({
      title: `The account of ${evidence.clientOf(step)} at ${ca(step.url)} is deactivated`,
      explanation: `${capital(named(step))} was refused at ${clockTime(step.time)}.${deactivatedIn(step, evidence)}`,
      fix: 'A deactivated account never comes back: let the client make a new key and register with it.',
    }),
  },
]

// ───────────────────────────── another CA's account

/** Nothing of the URL says whose an account is; a CA may use several hosts. So what counts is what it gave or accepted. */
function isOfAnotherCa({ step, where }: Complaint, evidence: Evidence): boolean {
  const kid = step.decoded.jws?.kid
  if (where !== 'answer' || kid == null || !REFUSALS.has(step.problem?.acmeType ?? '')) return false
  const directory = evidence.directoryOf(step.url)
  return directory !== null && hostOf(kid) !== hostOf(directory.url) && !isKnownTo(evidence, kid, hostOf(step.url))
}

const REFUSALS = new Set(['malformed', 'unauthorized', 'accountDoesNotExist'])

const isKnownTo = ({ outcomes }: Evidence, kid: string, host: string): boolean =>
  outcomes.ever(subjects.account(host, kid))

// ───────────────────────────── external accounts

const bindingOf = ({ decoded }: Step) =>
  decoded.jws?.inner?.purpose === 'externalAccountBinding' ? decoded.jws.inner.jws : null

const isAboutEab = ({ problem, step }: Complaint): boolean =>
  problem.acmeType === 'externalAccountRequired' ||
  /external|\bEAB\b|binding|\bkid\b|key ?id|\bMAC\b|HMAC/i.test((problem.detail ?? '').slice(0, 2_000)) ||
  eabFault(step) !== null

/** What we see ourselves; the MAC cannot be checked, for its key never crosses the wire. */
function eabFault(step: Step): string | null {
  const inner = step.decoded.jws?.inner
  if (inner?.purpose !== 'externalAccountBinding') return null
  if (inner.jws.url !== null && inner.jws.url !== step.url)
    return `The binding is made for another URL: ${short(inner.jws.url)} instead of ${short(step.url)}.`
  const outer = step.decoded.jws?.thumbprint ?? null
  if (inner.payloadThumbprint !== null && outer !== null && inner.payloadThumbprint !== outer)
    return 'The binding holds another key than the one that signed the request.'
  return null
}

// ───────────────────────────── terms and ends

/** RFC 8555 §7.3.3 and §9.7.6. */
function termsOf({ decoded, url }: Step, { directoryOf }: Evidence): string {
  const link = decoded.links.find(({ rel }) => rel === 'terms-of-service')?.url
  const terms = link ?? stringField(directoryOf(url)?.meta, 'termsOfService')
  return terms === null ? '' : ` See ${short(terms)} for the terms.`
}

function deactivatedIn(step: Step, { stepsDoing }: Evidence): string {
  const ended = stepsDoing('account').findLast(
    (one) => one.sequence < step.sequence && one.from === step.from && one.objectStatus === 'deactivated',
  )
  return ended ? ` It was deactivated by ${named(ended)} at ${clockTime(ended.time)}.` : ''
}

// ───────────────────────────── what no answer says

/** A client that reads in the directory that an account must be bound, and has nothing to bind it with, stops there (§9.7.6). */
export function checkBinding(evidence: Evidence): readonly Finding[] {
  const { directories, steps } = evidence.analysis
  const binding = [...directories.values()].filter(({ meta }) => meta?.externalAccountRequired === true)
  if (!evidence.isOver || !binding.length) return []
  const used = new Set(steps.filter((step) => usesAccount(step)).map(({ url }) => evidence.caOf(url)))
  return binding.filter(({ url }) => !used.has(url)).flatMap((directory) => stoppedAt(evidence, directory))
}

function stoppedAt(evidence: Evidence, { url, exchanges }: Directory): readonly Finding[] {
  const step = evidence.stepOf(exchanges.at(-1) ?? '')
  if (!step) return []
  return [
    {
      id: 'account.eab-required',
      severity: 'error',
      title: `${ca(url)} wants accounts to be bound to one it knows already`,
      explanation: `Its directory says externalAccountRequired. ${evidence.clientOf(step)} read that at ${clockTime(step.time)} and stopped: nothing was registered in this recording.`,
      fix: sentences(GET_BINDING, eabSource(hostOf(url)), cureFor('eab', evidence.clientRowOf(step))),
      reference: reference('RFC 8555 §9.7.6'),
      exchanges,
      object: url,
      consequenceOf: null,
    },
  ]
}

/** Looking for an account that is not there uses none. */
const usesAccount = ({ operation, problem }: Step): boolean =>
  !BEFORE_ACCOUNT.has(operation) && !(operation === 'newAccount' && problem?.acmeType === 'accountDoesNotExist')

const BEFORE_ACCOUNT: ReadonlySet<Operation> = new Set(['directory', 'newNonce', 'other'])
