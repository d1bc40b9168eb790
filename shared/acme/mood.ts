/** How a step went, in one word: for its colour and icon, and for who asks for what failed. */
import { isNoSuchAccount } from './fold/traits.ts'
import type { Step } from './model.ts'

export type StepMood = 'failed' | 'in progress' | 'cut off' | 'ok'

/** `failed`: refused, without an answer, or showing an object that became invalid. */
export function moodOf(step: Step): StepMood {
  const { state, failure } = step.decoded.head
  const refused = step.problem !== null || (step.status !== null && !(step.dns?.accepted ?? step.status < 400))
  if ((refused && !isNoSuchAccount(step.decoded)) || failure !== undefined || step.objectStatus === 'invalid')
    return 'failed'
  if (state === 'in progress') return 'in progress'
  return state === 'cut off' ? 'cut off' : 'ok'
}
