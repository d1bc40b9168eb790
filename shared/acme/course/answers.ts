/** Every answer that showed an object, with what it showed. */
import { answeredAt, answerObject } from '../fold/objects.ts'
import { isObject, listField, stringField } from '../json.ts'
import type { Analysis, JsonObject, Step } from '../model.ts'
import { isEqual } from './changes.ts'
import { type Found, objectAt } from './found.ts'
import { stepsByExchange } from './steps-by-exchange.ts'

export interface Answer {
  readonly step: Step
  /** ISO 8601: when the answer was complete. */
  readonly at: string
  /** The object as this answer showed it. */
  readonly wire: JsonObject
  /** The answer before showed the very same. */
  readonly isRepeat: boolean
}

/** In the order of the recording; none for what is no JSON (a certificate) and for a URL that names no object. */
export function answersOf(analysis: Analysis, url: string): readonly Answer[] {
  const found = objectAt(analysis, url)
  if (!found) return []
  let before: JsonObject | null = null
  return stepsOf(analysis, found).flatMap((step) => {
    const wire = shownIn(found, step)
    if (!wire) return []
    const isRepeat = before !== null && isEqual(before, wire)
    before = wire
    return [{ step, at: answeredAt(step.decoded), wire, isRepeat }]
  })
}

/** The steps that asked for an object or showed it, in the order of the recording. */
export function stepsOf(analysis: Analysis, { object }: Found): readonly Step[] {
  const steps = stepsByExchange(analysis)
  return [...new Set(object.exchanges)].flatMap((exchange) => steps.get(exchange) ?? [])
}

/** The object in an answer; null where the CA refused, or showed none. */
function shownIn({ kind, object }: Found, { decoded, url }: Step): JsonObject | null {
  if (kind === 'certificate') return null
  const answer = answerObject(decoded)
  if (kind !== 'challenge' || url === object.url) return answer
  const among = listField(answer, 'challenges').find((one) => stringField(one, 'url') === object.url)
  return isObject(among) ? among : null
}
