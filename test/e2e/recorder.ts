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

interface SharedRecorder {
  /** Address of the page of a recorder that many tests look at and none changes; it has the examples. */
  readonly examples: string
}

async function serve(folder: string) {
  const ports = ['--proxy-port', '0', '--ui-port', '0']
  const recorder = start({ argv: [...acmescopeProgram, 'serve', '--json', ...ports, '--recordings', folder] })
  const { ui } = JSON.parse(await recorder.line(/^\{.*"proxy"/, 20_000))
  return { ui, stop: () => recorder.stop() }
}

export const test = base.extend<Recorder, SharedRecorder>({
  examples: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what is wanted
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'acmescope-page-'))
      const { ui, stop } = await serve(folder)
      await use(ui)
      await stop()
      await rm(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what is wanted
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'acmescope-page-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  ui: async ({ folder }, use) => {
    const { ui, stop } = await serve(folder)
    await use(ui)
    await stop()
  },
})

/** Nothing stands in the way of who cannot see or use a mouse: WCAG 2.2 A and AA, as far as a program can tell. */
export async function expectAccessible(page: Page, within = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const told = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(' ')
        .slice(0, 300)}`,
  )
  expect(told).toEqual([])
}
