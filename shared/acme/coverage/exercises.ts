/** What a step shows of sections that it is not cited for. The rows that say which sections are in the specs. */
import { roleOf } from '../fold/lanes.ts'
import { jsonObject, listField } from '../json.ts'
import type { Analysis, Step } from '../model.ts'
import { operationRow } from '../registry/registry.ts'
import type { Exercise, ObjectKind } from '../specs/row.ts'

/** @param changed its answer shows another status of the object than the answer before did */
export function exercisesOf(step: Step, analysis: Analysis, changed: boolean): readonly Exercise[] {
  if (roleOf(step.to) !== 'ca') return []
  const { jws, csr, location, links, replayNonce, request, response } = step.decoded
  const holds: readonly (readonly [Exercise, boolean])[] = [
    ['atCa', true],
    ['json', jws !== null || request.kind === 'json' || response.kind === 'json'],
    ['signed', jws !== null],
    ['signedUrl', jws?.url != null],
    ['nonceGiven', replayNonce !== null],
    ['linked', location !== null || links.length > 0],
    ['statusChange', changed],
    ['csr', csr !== null],
    ['chain', response.kind === 'certificates'],
  ]
  return [...holds.flatMap(([exercise, held]) => (held ? [exercise] : [])), ...shown(step), ...proven(step, analysis)]
}

function shown({ operation, decoded, status }: Step): readonly Exercise[] {
  const kind = operationRow(operation)?.shows
  const object = jsonObject(decoded.response)
  if (!kind || !object || decoded.problem || status === null || status >= 400) return []
  const offers = kind === 'authorization' && listField(object, 'challenges').length > 0
  const kinds: readonly ObjectKind[] = offers ? [kind, 'challenge'] : [kind]
  return kinds.map((one): Exercise => `shows ${one}`)
}

/** The client said that its proof is in place. */
function proven(step: Step, { challenges, authorizations }: Analysis): readonly Exercise[] {
  const { jws } = step.decoded
  if (step.operation !== 'challenge' || !jws || jws.isPostAsGet) return []
  const type = challenges.get(step.challenge ?? '')?.type
  const name = authorizations.get(step.authorization ?? '')?.identifier?.type
  return type === undefined || name === undefined ? [] : [`proof ${type} of ${name}`]
}

/** URL of the object whose status a step shows; null for none. */
export function objectOf(step: Step): string | null {
  const kind = operationRow(step.operation)?.shows
  if (kind === 'order' || kind === 'authorization' || kind === 'challenge' || kind === 'account') return step[kind]
  return null
}
