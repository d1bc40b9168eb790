/** Many exchanges at once, through the proxy, while a person has the page open: every one of them is shown. */
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page } from '@playwright/test'
import type { RecorderInfo } from '../../shared/api.ts'
import { skipWithout } from '../lab/peers.ts'
import { test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

const CLIENTS = 10
const EACH = 50
const ALL = CLIENTS * EACH

/** Answers everything. */
async function startOrigin(): Promise<Server> {
  const server = createServer((_, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** One request in plain HTTP through the proxy (RFC 9112 §3.2.2). */
function ask(proxy: URL, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: proxy.hostname, port: proxy.port, path: url, headers: { host: new URL(url).host } })
    asked.once('error', reject)
    asked.once('response', (answer) => answer.resume().once('end', resolve))
    asked.end()
  })
}

async function askOften(proxy: URL, origin: string, client: number): Promise<void> {
  for (let turn = 0; turn < EACH; turn++) await ask(proxy, `${origin}/${client}/${turn}`)
}

const recorderOf = async (page: Page, ui: string): Promise<RecorderInfo> =>
  (await page.request.get(`${ui}/api/recorder`)).json()

test('no row is dropped of what arrives at once, and keys move the selection meanwhile', async ({ page, ui }) => {
  const server = await startOrigin()
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { proxy, recording } = await recorderOf(page, ui)
  await page.goto(`${ui}?view=exchanges`)
  await expect(page.getByTestId('live-state')).toHaveAttribute('data-state', 'live')

  const asking = Promise.all(Array.from({ length: CLIENTS }, (_, client) => askOften(new URL(proxy), origin, client)))
  await expect(page.getByTestId('exchange-row').first()).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByTestId('inspector')).toBeVisible()
  await asking
  server.close()

  await expect(page.getByTestId('exchanges-footer')).toContainText(`${ALL} exchanges`)
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(ALL + 1))
  const known = await (await page.request.get(`${ui}/api/recordings/${recording}`)).json()
  expect(known.exchanges).toBe(ALL)
  await page.keyboard.press('End')
  await expect(page.getByTestId('exchange-row').last()).toContainText(String(ALL))

  await page.goto(`${ui}?recording=${recording}`)
  await expect(page.getByRole('region', { name: 'What is drawn' })).toContainText(`${ALL} exchanges`)
})
