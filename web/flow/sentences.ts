/** Each row of the diagram in one sentence, for whoever hears it instead of seeing it. */
import type { InferredStep } from '../../shared/acme/flow/infer.ts'
import type { Step } from '../../shared/acme/model.ts'
import { clockTime } from '../theme/time.ts'
import type { FlowScene } from './flow-context.ts'
import { aboutStep, operationLabel } from './step-words.ts'
import type { Trouble } from './trouble.tsx'

type Scene = Pick<FlowScene, 'analysis' | 'names'>

const route = ({ names }: Pick<Scene, 'names'>, { from, to }: { from: string; to: string }): string =>
  `${names.get(from) ?? from} to ${names.get(to) ?? to}`

/** What is wrong, as the end of a sentence. */
export const spoken = (trouble: Trouble | null): string =>
  trouble === null ? '' : `. ${trouble.severity === 'error' ? 'Error' : 'Warning'}: ${trouble.text}`

function outcome({ status, objectStatus, decoded }: Step): string {
  if (status === null) return decoded.head.state === 'in progress' ? 'no answer yet' : 'no answer'
  return objectStatus === null ? `answered ${status}` : `answered ${status}, ${objectStatus}`
}

/** `#4, Traefik to Let's Encrypt: newOrder example.org, answered 201, pending, at 22:44:24` */
export function stepSentence(scene: Scene, step: Step, trouble: Trouble | null): string {
  const what = [operationLabel(step), aboutStep(scene.analysis, step)].filter(Boolean).join(' ')
  const place = `#${step.sequence}, ${route(scene, step)}`
  return `${place}: ${what}, ${outcome(step)}, at ${clockTime(step.time)}${spoken(trouble)}`
}

/** @param how `asked 4 times in 24 s: pending → valid` */
export function pollSentence(scene: Scene, first: Step, how: string, trouble: Trouble | null): string {
  const what = [operationLabel(first), aboutStep(scene.analysis, first)].filter(Boolean).join(' ')
  const place = `From #${first.sequence}, ${route(scene, first)}`
  return `${place}: ${what}, ${how}, at ${clockTime(first.time)}${spoken(trouble)}`
}

export const inferredSentence = (scene: Pick<Scene, 'names'>, inferred: InferredStep): string =>
  `${inferred.seen === null ? 'Inferred, not recorded' : 'Seen'}: ${route(scene, inferred)}: ${inferred.summary}. ${inferred.evidence}`
