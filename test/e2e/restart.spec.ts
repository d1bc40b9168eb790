/** The recorder dies under an open page and comes back: nothing on the page is lost or doubled. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { acmescopeProgram } from '../lab/acmescope.ts'
import { skipWithout } from '../lab/peers.ts'
import { type Running, start } from '../lab/processes.ts'
import { expectAccessible } from './recorder.ts'

test.skip(skipWithout('chromium', 'curl'), 'the machine lacks a program')

interface Recorder {
  readonly process: Running
  readonly proxy: string
  readonly ui: string
}

async function record(folder: string, uiPort = '0'): Promise<Recorder> {
  const flags = ['--proxy-port', '0', '--ui-port', uiPort, '--recordings', folder]
  const process = start({ argv: [...acmescopeProgram, 'serve', '--json', ...flags] })
  const { proxy, ui } = JSON.parse(await process.line(/^\{.*"proxy"/, 20_000))
  return { process, proxy, ui }
}

const ask = ({ proxy }: Recorder, url: string) => promisify(execFile)('curl', ['--silent', '--proxy', proxy, url])

test('a page outlives its recorder', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'acmescope-restart-'))
  const server = createServer((request, response) => response.end(request.url)).listen(0, '127.0.0.1')
  const target = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let recorder = await record(folder)
  try {
    await page.goto(`${recorder.ui}?view=exchanges`)
    await expect(page.getByTestId('start')).toBeVisible()
    await ask(recorder, `${target()}/one`)
    await ask(recorder, `${target()}/two`)
    await expect(page.getByTestId('exchange-row')).toHaveCount(2)

    process.kill(recorder.process.pid, 'SIGKILL')
    await recorder.process.ended
    await expect(page.getByTestId('live-state')).toHaveAttribute('data-state', 'reconnecting')
    await expect(page.getByTestId('exchange-row')).toHaveCount(2)
    await expect(page.getByRole('alert')).toContainText('The recorder does not answer. What is shown stays')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Try now' }).click()
    await expect(page.getByText(/^Next try in \d+ s$/)).toBeVisible()

    recorder = await record(folder, new URL(recorder.ui).port)
    await expect(page.getByText('Back; nothing was missed.')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByTestId('live-state')).not.toHaveAttribute('data-state', 'reconnecting', { timeout: 30_000 })
    await expect(page.getByTestId('exchange-row')).toHaveCount(2)

    // The new recorder writes another recording: the page stays with the one it shows, and offers the other.
    await expect(page.getByText('The recorder now writes another recording.')).toBeVisible()
    await ask(recorder, `${target()}/three`)
    await page.getByRole('link', { name: 'Show it' }).click()
    await expect(page.getByTestId('exchange-row')).toHaveText(/three/)
  } finally {
    await recorder.process.stop()
    server.close()
    await rm(folder, { recursive: true })
  }
})
