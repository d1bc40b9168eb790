/** Is every request signed by the key it claims, with an algorithm that ACME allows (RFC 8555 §6.2)? */
import type { Finding } from '../../finding.ts'
import { jsonObject, listField, strings } from '../json.ts'
import { cureFor } from '../known/cures.ts'
import type { Jws, KeySource, Step } from '../model.ts'
import { problemRow, reference } from '../registry/registry.ts'
import { isAcme } from './acme-request.ts'
import type { Evidence } from './evidence.ts'
import { checkInnerJws, isForbidden, isMac } from './inner-jws.ts'
import { answerOf, capital, inWords, named, quoted, sentences, short, stepsInWords } from './words.ts'

export function checkSignatures(evidence: Evidence): readonly Finding[] {
  const signed = evidence.analysis.steps.filter((step) => step.decoded.jws !== null && isAcme(step))
  return [...invalid(evidence, signed), ...algorithms(evidence, signed), ...refusedKeys(evidence)]
}

// ───────────────────────────── signatures

interface Signer {
  readonly valid: Step[]
  readonly invalid: Step[]
}

function invalid(evidence: Evidence, signed: readonly Step[]): readonly Finding[] {
  return [...bySigner(signed)]
    .filter(([, { invalid }]) => invalid.length > 0)
    .map(([signer, steps]) => signatureInvalid(evidence, signer, steps))
}

function bySigner(signed: readonly Step[]): ReadonlyMap<string, Signer> {
  const signers = new Map<string, Signer>()
  for (const step of signed) {
    const { jws } = step.decoded
    const status = signatureOf(jws)
    if (!jws || status === 'unverifiable') continue
    const name = jws.kid ?? jws.thumbprint ?? ''
    const signer = signers.get(name) ?? { valid: [], invalid: [] }
    signers.set(name, signer)
    signer[status].push(step)
  }
  return signers
}

/** The new key signs a key change as well (§7.3.5); either signature may be wrong. */
function signatureOf(jws: Jws | null): 'valid' | 'invalid' | 'unverifiable' {
  const verdict = jws?.signature.status ?? 'unverifiable'
  return verdict === 'valid' && jws?.inner?.jws.signature.status === 'invalid' ? 'invalid' : verdict
}

function signatureInvalid(evidence: Evidence, signer: string, { valid, invalid }: Signer): Finding {
  const [first] = invalid as [Step, ...Step[]]
  const many = invalid.length > 1
  const accepted = invalid.filter(({ status }) => status !== null && status < 300)
  return {
    id: 'jws.signature-invalid',
    severity: 'error',
    title: many
      ? `The signatures of ${stepsInWords(invalid)} do not verify`
      : `The ${short(first.decoded.jws?.alg ?? '')} signature of ${named(first)} does not verify`,
    explanation: [
      keyInWords(first, signer),
      valid.length
        ? `${valid.length} other ${valid.length === 1 ? 'request' : 'requests'} signed for it (first ${stepsInWords(valid.slice(0, 1))}) ${valid.length === 1 ? 'does' : 'do'} verify, so the key is right.`
        : 'Nothing that was signed for it verifies.',
      accepted.length
        ? `The CA accepted ${stepsInWords(accepted)} all the same: it does not check, or the recording was changed after it was made.`
        : `The CA answered ${answerOf(first)}.`,
    ].join(' '),
    fix: valid.length
      ? `Send the very bytes that were signed: something between ${evidence.clientOf(first)}'s signing and its sending changes the protected header or the payload, or this one request was signed with another key.`
      : sentences(
          `See that ${evidence.clientOf(first)} signs with the key it registered this account with: it may have been given another key file, or the account of another run.`,
          cureFor('ca', evidence.clientRowOf(first)),
        ),
    reference: reference('RFC 8555 §6.2'),
    exchanges: invalid.map(({ exchange }) => exchange),
    object: first.url,
    consequenceOf: null,
  }
}

const SOURCES: Readonly<Record<KeySource, string>> = {
  jwk: 'which the request itself carries',
  'this recording': 'as this recording shows it',
  'another recording': 'as another recording showed it',
  recovered: 'recovered from other signatures',
}

function keyInWords({ decoded: { jws } }: Step, signer: string): string {
  if (jws?.signature.status === 'valid') return 'The request inside, which the new key must sign, is not signed by it.'
  const { thumbprint, key } = jws?.signature ?? {}
  const whose = jws?.kid ? `the key of account ${short(signer)}` : 'the key'
  const source = key ? `, ${SOURCES[key]}` : ''
  return `It was checked with ${whose}${source}${thumbprint ? ` (thumbprint ${thumbprint})` : ''}: ${jws?.signature.reason}.`
}

// ───────────────────────────── algorithms

function algorithms(evidence: Evidence, signed: readonly Step[]): readonly Finding[] {
  return signed.flatMap((step) => [...outerAlgorithm(step), ...checkInnerJws(evidence, step)])
}

function outerAlgorithm(step: Step): readonly Finding[] {
  const alg = step.decoded.jws?.alg ?? null
  if (alg === null || !isForbidden(alg)) return []
  const why = isMac(alg)
    ? `${short(alg)} is a MAC: who can check it can also make it, so it proves nothing to the CA`
    : 'nothing is signed with it, so anybody could have sent this'
  return [
    {
      id: 'jws.algorithm-not-allowed',
      severity: 'error',
      title: `${capital(named(step))} is signed with ${short(alg)}, which ACME does not allow`,
      explanation: `The protected header says “alg”: ${quoted(alg)}, and ${why}. The CA answered ${answerOf(step)}.`,
      fix: 'Sign with the account key: ES256, or RS256 with an RSA key, are accepted everywhere.',
      reference: reference('RFC 8555 §6.2'),
      exchanges: [step.exchange],
      object: step.url,
      consequenceOf: null,
    },
  ]
}

// ───────────────────────────── what the CA says of the key

const REFUSALS: readonly (string | null)[] = ['badPublicKey', 'badSignatureAlgorithm']

/** At finalize, badPublicKey is about the key of the CSR, which has a check of its own. */
function refusedKeys(evidence: Evidence): readonly Finding[] {
  return evidence.analysis.steps.flatMap((step) => {
    const type = step.problem?.acmeType ?? null
    if (!REFUSALS.includes(type) || (type === 'badPublicKey' && step.operation === 'finalize')) return []
    return [keyRefused(evidence, step)]
  })
}

function keyRefused(evidence: Evidence, step: Step): Finding {
  const { jws, response } = step.decoded
  const accepted = strings(listField(jsonObject(response), 'algorithms'))
  const later = evidence.succeededAfter(step)
  const kind = [jws?.jwk?.kty, jws?.jwk?.crv].filter((one) => typeof one === 'string').join(' ')
  return {
    id: 'jws.public-key-refused',
    severity: later ? 'info' : 'error',
    title: `The CA refuses ${step.problem?.acmeType === 'badPublicKey' ? 'the account key' : `signatures with ${short(jws?.alg ?? 'this algorithm')}`} of ${named(step)}`,
    explanation: [
      `The request was signed with ${short(jws?.alg ?? 'an unknown algorithm')}${kind ? `, by a key of kind ${short(kind)}` : ''}, and answered ${answerOf(step)}.`,
      accepted.length
        ? `The CA says that it accepts ${inWords(accepted.map(short))}.`
        : (problemRow(step.problem?.acmeType ?? null)?.meaning ?? ''),
      later ? `${capital(named(later))} was accepted, so the client found its way.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    fix: cureFor('key', evidence.clientRowOf(step)),
    reference: reference('RFC 8555 §6.2'),
    exchanges: [step.exchange, ...(later ? [later.exchange] : [])],
    object: step.url,
    consequenceOf: null,
  }
}
