/** Orders, renewals and revocations that the CA refuses as such (RFC 8555 §7.4, §7.6; RFC 9773 §5; profiles). */

import { canonicalIp } from '../../x509/ip.ts'
import { hostOf } from '../fold/lanes.ts'
import { payloadObject } from '../fold/traits.ts'
import { isObject, listField, stringField } from '../json.ts'
import { caLabel } from '../known/cas.ts'
import { MAX_NAMES } from '../limits.ts'
import type { JsonObject, Step } from '../model.ts'
import { readIdentifier } from '../problem.ts'
import { reference } from '../registry/registry.ts'
import type { Complaint } from './complaints.ts'
import type { Evidence } from './evidence.ts'
import { subjects } from './outcome.ts'
import { detailOf, namesInWords, type Rule } from './rule.ts'
import { capital, clockTime, inWords, named, sentences, short } from './words.ts'

const ca = ({ step }: Pick<Complaint, 'step'>): string => caLabel(hostOf(step.url))
const asked = (step: Step, field: string): string | null => stringField(payloadObject(step.decoded), field)

// ───────────────────────────── what was asked for

const profileOf = ({ step, order }: Complaint): string | null =>
  asked(step, 'profile') ?? stringField(order?.wire, 'profile')

const profileRule = (types: readonly string[], hint?: RegExp): Rule => ({
  id: 'order.profile-refused',
  types,
  ...(hint && { hint }),
  reference: reference('ACME profiles (draft) §4'),
  topic: 'profile',
  say: (complaint, evidence) => ({
    title: `${ca(complaint)} refuses the profile ${short(profileOf(complaint) ?? 'asked for')} for ${namesInWords(complaint)}`,
    explanation: sentences(
      `${capital(named(complaint.step))} at ${clockTime(complaint.step.time)} was refused.`,
      offered(complaint, evidence),
    ),
    fix: 'Ask for a profile that the directory lists and that this account may use, or for none.',
  }),
})

function offered({ step }: Complaint, { directoryOf }: Evidence): string {
  const profiles = directoryOf(step.url)?.meta?.profiles
  if (!isObject(profiles)) return 'Its directory lists no profiles.'
  return `Its directory lists ${inWords(namesIn(profiles)) || 'none'}.`
}

/** A directory may list any number, and is told of with each complaint. */
const listed = new WeakMap<JsonObject, readonly string[]>()

function namesIn(profiles: JsonObject): readonly string[] {
  const names = listed.get(profiles) ?? Object.keys(profiles).slice(0, MAX_NAMES).map(short)
  listed.set(profiles, names)
  return names
}

const REPLACED = /\breplac|\bARI\b|cert ?id|given certificate|predecessor/i

const replacesRule = (rule: Pick<Rule, 'types' | 'operations' | 'holds'>): Rule => ({
  ...rule,
  id: 'renewal.replaces-conflict',
  reference: reference('RFC 9773 §5'),
  topic: 'renewal',
  say: ({ step }) => ({
    title:
      step.problem?.acmeType === 'alreadyReplaced'
        ? `The certificate that this order is to replace was replaced already`
        : `${ca({ step })} does not know the certificate that is to be renewed`,
    explanation: sentences(
      `${capital(named(step))} at ${clockTime(step.time)} spoke of ${short(asked(step, 'replaces') ?? step.url)}.`,
    ),
    fix: 'One certificate is replaced by one order only, by the account it was issued to, for at least one of its names, and at the CA that issued it.',
  }),
})

export const orderRules: readonly Rule[] = [
  profileRule(['invalidProfile']),
  profileRule(['unauthorized', 'malformed'], /profile/i),
  replacesRule({ types: ['alreadyReplaced'] }),
  replacesRule({
    operations: ['newOrder'],
    holds: (complaint) => asked(complaint.step, 'replaces') !== null && REPLACED.test(detailOf(complaint)),
  }),
  replacesRule({ operations: ['renewalInfo'], holds: ({ step }) => (step.status ?? 0) < 500 }),
  {
    id: 'order.identifier-rejected',
    holds: ({ problem, where }) =>
      where !== 'challenge' &&
      [problem, ...problem.subproblems].some(({ acmeType }) => IDENTIFIER_TYPES.has(acmeType ?? '')),
    reference: reference('RFC 8555 §7.4'),
    say: rejected,
  },
  {
    id: 'order.identifier-rejected',
    types: ['malformed'],
    operations: ['newOrder', 'newAuthz', 'order'],
    hint: /domain name|identifier|public suffix|wildcard|ends in a dot|punycode|IP address/i,
    holds: ({ where, names }) => where !== 'challenge' && names.length > 0,
    reference: reference('RFC 8555 §7.4'),
    say: rejected,
  },
  {
    id: 'revocation.refused',
    types: ['alreadyRevoked', 'badRevocationReason', 'unauthorized'],
    operations: ['revokeCert'],
    isHarmless: isRevokedAlready,
    reference: reference('RFC 8555 §7.6'),
    say: ({ step, problem }) => ({
      title: `${ca({ step })} did not revoke the certificate: ${REVOCATION[problem.acmeType ?? '']?.what ?? 'refused'}`,
      explanation: `${capital(named(step))} at ${clockTime(step.time)}, signed with ${step.decoded.jws?.kid ? 'the account key' : 'another key'}${reasonOf(step)}, was refused.`,
      fix: REVOCATION[problem.acmeType ?? '']?.fix ?? '',
    }),
  },
]

const IDENTIFIER_TYPES = new Set(['rejectedIdentifier', 'unsupportedIdentifier'])

function rejected(complaint: Complaint, evidence: Evidence) {
  return {
    title: `${ca(complaint)} does not issue for ${namesInWords(complaint)}`,
    explanation: `${evidence.clientOf(complaint.step)} asked for it in ${named(complaint.step)} at ${clockTime(complaint.step.time)}.`,
    fix: isAddressAsName(complaint)
      ? 'An address is no DNS name: ask for it as an identifier of type “ip” (RFC 8738 §3), with a client and at a CA that can.'
      : 'Correct the name or leave it out: a public CA issues for whole public names only, without a dot at the end, of types it supports, and not for names its policy excludes.',
  }
}

/** A client that knows no other type of identifier takes whatever it is given for a name. */
function isAddressAsName({ step, names }: Complaint): boolean {
  const asked = listField(payloadObject(step.decoded), 'identifiers').map(readIdentifier)
  const addresses = asked.flatMap((one) =>
    one?.type === 'dns' && canonicalIp(one.value) ? one.value.toLowerCase() : [],
  )
  const known = new Set(addresses)
  return known.size > 0 && names.every((name) => known.has(name.toLowerCase()))
}

// ───────────────────────────── revocation

const REVOCATION: Readonly<Record<string, { readonly what: string; readonly fix: string }>> = {
  alreadyRevoked: { what: 'it was revoked before', fix: 'Nothing is left to do.' },
  badRevocationReason: {
    what: 'the reason is not allowed',
    fix: 'Give another reason (RFC 5280 §5.3.1): often 0, 1, 3, 4, 5 and 9 are allowed, 1 (key compromise) only with the certificate’s own key.',
  },
  unauthorized: {
    what: 'the key has no right to',
    fix: 'Sign with the account it was issued to, with the certificate’s own key, or with an account that has proven all of its names.',
  },
}

function reasonOf({ decoded }: Step): string {
  const reason = payloadObject(decoded)?.reason
  return typeof reason === 'number' ? `, with reason ${reason}` : ''
}

/** A certificate that was revoked before, in this recording, is as it was to be. */
function isRevokedAlready({ step, problem }: Complaint, { outcomes }: Evidence): boolean {
  return problem.acmeType === 'alreadyRevoked' && outcomes.ever(subjects.request(step))
}
