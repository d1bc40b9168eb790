/** A test of the page with a recorder of its own, on an empty folder. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { acmescopeProgram } from '../lab/acmescope.ts'
import { start } from '../lab/processes.ts'

interface Recorder {
  /** Where it keeps its recordings. */
  readonly folder: string
  /** Address of the page. */
  readonly ui: string
}

export const test = base.extend<Recorder>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what is wanted
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'acmescope-page-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  ui: async ({ folder }, use) => {
    const ports = ['--proxy-port', '0', '--ui-port', '0']
    const recorder = start({ argv: [...acmescopeProgram, 'serve', '--json', ...ports, '--recordings', folder] })
    await use(JSON.parse(await recorder.line(/^\{.*"proxy"/, 20_000)).ui)
    await recorder.stop()
  },
})

/** Nothing stands in the way of who cannot see or use a mouse: WCAG 2 A and AA, as far as a program can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
  const told = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(' ')
        .slice(0, 300)}`,
  )
  expect(told).toEqual([])
}
