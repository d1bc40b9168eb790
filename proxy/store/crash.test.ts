import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Libsql from 'libsql'
import { expect, test } from 'vitest'
import type { Fact } from '../../shared/exchange.ts'
import { openStore, type Store } from './store.ts'

const FIXTURE = fileURLToPath(new URL('./crash.fixture.mjs', import.meta.url))

/** Kills it as hard as it goes, in the middle of writing; answers the last exchange it said was on the disk. */
async function killAfter(child: ChildProcess, flushed: number): Promise<number> {
  let last = 0
  if (!child.stdout) throw new Error('the fixture has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line)
    if (last >= flushed && !child.killed) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return last
}

async function factsOf(store: Store): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  for await (const { fact } of store.facts('r', 0)) facts.push(fact)
  return facts
}

const expected = (sequence: number) => (sequence % 10 === 0 ? 'cut off' : 'complete')

test('after kill -9: what was complete is there, what was in progress is cut off, the file is sound', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'acmescope-crash-'))
  const child = spawn(process.execPath, [FIXTURE, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const flushed = await killAfter(child, 500)
  expect(child.signalCode).toBe('SIGKILL')

  const reader = await openStore(folder, { readOnly: true })
  const seen = await factsOf(reader)
  expect(seen.some(({ state }) => state === 'in progress')).toBe(false)
  await reader.close()

  const store = await openStore(folder)
  const facts = await factsOf(store)
  const states = new Map(facts.map(({ sequence, state }) => [sequence, state]))
  for (let sequence = 1; sequence <= flushed; sequence++) expect(states.get(sequence)).toBe(expected(sequence))
  expect(facts.length).toBeGreaterThanOrEqual(flushed)
  const cutOff = facts.filter(({ state }) => state === 'cut off')
  expect(cutOff.every((fact) => fact.kind === 'exchange' && fact.request.body.kind === 'text')).toBe(true)
  expect((await store.listRecordings())[0]?.endedAt).toBeUndefined()
  await store.deleteRecording('r')
  await store.close()

  const raw = new Libsql(join(folder, 'acmescope.db'))
  expect(raw.prepare('pragma integrity_check').all([])).toEqual([{ integrity_check: 'ok' }])
  raw.close()
  await rm(folder, { recursive: true })
}, 30_000)
