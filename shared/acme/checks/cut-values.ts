/** Values that somebody cut away before the recording came to us, and what cannot be checked for want of them. */
import type { Finding } from '../../finding.ts'
import { isCutText } from '../cut.ts'
import { payloadObject } from '../fold/traits.ts'
import { jsonObject, listField, stringField } from '../json.ts'
import { isCut as isCutKey } from '../jws/jwk.ts'
import type { Step } from '../model.ts'
import { reference } from '../registry/registry.ts'
import { isAcme } from './acme-request.ts'
import type { Evidence } from './evidence.ts'
import { capital, inWords } from './words.ts'

interface KindRow {
  /** In the plural. */
  readonly name: string
  /** What nobody can say without them. */
  readonly unchecked: string
  readonly isCut: (step: Step) => boolean
}

const cutField = (value: unknown, name: string): boolean => isCutText(stringField(value, name) ?? '')

const KINDS: readonly KindRow[] = [
  {
    name: 'signatures',
    unchecked: 'whether the requests are signed by the account they name',
    isCut: ({ decoded: { jws } }) => isCutText(jws?.raw.signature ?? ''),
  },
  {
    name: 'signed headers and payloads',
    unchecked: 'what those requests ask for',
    isCut: ({ decoded: { jws } }) => isCutText(jws?.raw.protected ?? '') || isCutText(jws?.raw.payload ?? ''),
  },
  {
    name: 'nonces',
    unchecked: 'whether each nonce was spent once',
    isCut: ({ decoded: { jws, replayNonce } }) => isCutText(jws?.nonce ?? '') || isCutText(replayNonce ?? ''),
  },
  {
    name: 'account keys',
    unchecked: 'which value a proof must have',
    isCut: ({ decoded: { jws } }) => jws?.jwk != null && isCutKey(jws.jwk),
  },
  {
    name: 'tokens',
    unchecked: 'which value a proof must have',
    isCut: ({ decoded: { response } }) => {
      const answer = jsonObject(response)
      return [answer, ...listField(answer, 'challenges')].some((one) => cutField(one, 'token'))
    },
  },
  {
    name: 'CSRs',
    unchecked: 'whether the CSR asks for the names of the order',
    isCut: ({ decoded }) => decoded.csr !== null && cutField(payloadObject(decoded), 'csr'),
  },
]

export function checkCutValues({ analysis: { steps } }: Evidence): readonly Finding[] {
  const acme = steps.filter(isAcme)
  const found = KINDS.map((kind) => ({ ...kind, steps: acme.filter(kind.isCut) })).filter((kind) => kind.steps.length)
  if (!found.length) return []
  const counts = found.map(
    (kind) => `${kind.name} (in ${kind.steps.length} ${kind.steps.length === 1 ? 'step' : 'steps'})`,
  )
  const cut = new Set(found.flatMap((kind) => kind.steps))
  const first = acme.find((step) => cut.has(step))
  return [
    {
      id: 'recording.cut-values',
      severity: 'info',
      title: `${capital(inWords(found.map(({ name }) => name)))} were cut from this recording`,
      explanation: `Shortened or replaced: ${inWords(counts)}. So nobody can say ${inWords([...new Set(found.map(({ unchecked }) => unchecked))])}. That does not make them wrong.`,
      fix: 'Nothing to do, where others published it. Of an own run, the recording as acmescope made it has all that is needed.',
      reference: reference('RFC 8555 §6.2'),
      exchanges: acme.filter((step) => cut.has(step)).map(({ exchange }) => exchange),
      object: first?.url ?? null,
      consequenceOf: null,
    },
  ]
}
