/** Real clients through the built `acmescope run`, each once, for all the tests of a `describe`. */
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { runRecorded } from '../lab/acmescope.ts'
import type { MakeClient } from '../lab/clients/client.ts'
import { type Lab, type LabOptions, startLab } from '../lab/lab.ts'
import type { Outcome } from '../lab/processes.ts'
import { type Checked, checkLatest, type Shown, showLatest } from './shown.ts'

/** What one client's run left. */
export interface Recorded {
  readonly outcome: Outcome
  readonly shown: Shown
  readonly checked: Checked
  /** The folder of the recordings, while the lab stands. */
  readonly recordings: string
}

/** Clients wait most of their time, for their own polls: so many share the machine without being in each other's way. */
const AT_ONCE = 3
const limit = 400_000

/**
 * Records all these clients in one lab, as `seen` has acmescope see it. Those of one lab run side by side, so they must not
 * want the same port: give them `LabOptions.web` to put their answers in, a lab of their own, or let one run `atOnce`.
 */
export function record<Name extends string>(
  clients: Readonly<Record<Name, MakeClient>>,
  options: LabOptions = {},
  seen: (lab: Lab) => Lab = (lab) => lab,
  atOnce = AT_ONCE,
): Readonly<Record<Name, () => Recorded>> {
  const runs = new Map<string, Recorded>()
  const names = Object.keys(clients) as Name[]
  let lab: Lab | undefined
  beforeAll(async () => {
    lab = await startLab(options)
    const there = seen(lab)
    const waiting = [...names]
    const work = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        runs.set(name, await recordOne(there, clients[name]))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }, limit)
  afterAll(() => lab?.stop())
  return Object.fromEntries(names.map((name) => [name, () => ran(runs, name)])) as Record<Name, () => Recorded>
}

function ran(runs: ReadonlyMap<string, Recorded>, name: string): Recorded {
  const run = runs.get(name)
  if (run === undefined) throw new Error(`${name} did not run`)
  return run
}

async function recordOne(lab: Lab, make: MakeClient): Promise<Recorded> {
  const client = await make(lab)
  const recordings = join(client.folder, 'recordings')
  return readLatest(await runRecorded(lab, client, recordings), recordings)
}

/** What the newest of these recordings tells. */
export async function readLatest(outcome: Outcome, recordings: string): Promise<Recorded> {
  const [shown, checked] = await Promise.all([showLatest(recordings), checkLatest(recordings)])
  return { outcome, shown, checked, recordings }
}
