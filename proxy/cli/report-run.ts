// What `run` says when its command has ended: the steps, and the findings.
import type { Store } from '../store/store.ts'
import { say } from './output.ts'

/** Prints to stderr (stdout is the command's own). True when a finding is at or above `failOn`. */
export async function reportRun(store: Store, recording: string, _failOn?: 'error' | 'warning'): Promise<boolean> {
  let exchanges = 0
  for await (const { fact } of store.facts(recording, 0)) exchanges += fact.kind === 'exchange' ? 1 : 0
  say(`${exchanges} exchanges recorded as ${recording}`)
  return false
}
