/** Was the recorder there from the start? Where a client had talked to a CA before, some of what it knows was never seen. */
import { hostOf } from '../fold/lanes.ts'
import type { Step } from '../model.ts'
import { isAcme } from './acme-request.ts'
import type { Evidence } from './evidence.ts'

export interface Beginnings {
  /** CA's host → its first step, for those whose directory nobody had read by then. */
  readonly midway: ReadonlyMap<string, Step>
  /** Whether the CA of a step was in use before the recording began. */
  readonly isMidway: (step: Step) => boolean
}

export function beginnings({ analysis: { steps } }: Evidence): Beginnings {
  const firsts = new Map<string, Step>()
  const midway = new Map<string, Step>()
  for (const step of steps) {
    const host = hostOf(step.url)
    if (firsts.has(host) || !isAcme(step)) continue
    firsts.set(host, step)
    if (step.operation !== 'directory') midway.set(host, step)
  }
  return { midway, isMidway: (step) => midway.has(hostOf(step.url)) }
}
