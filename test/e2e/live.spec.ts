/** A person has the page open while a real client asks for a certificate. */
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Recorder, runThrough, serve } from '../lab/acmescope.ts'
import { certbotCloudflare } from '../lab/clients/certbot.ts'
import { type Lab, referenceNames, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'

test.skip(skipWithout('chromium', 'pebble', 'certbot', 'python3-certbot-dns-cloudflare'), 'the machine lacks a program')
test.use({ viewport: { width: 1500, height: 1000 } })

let lab: Lab
let recorder: Recorder
let release: () => void

test.beforeEach(async () => {
  const hold = new Promise<void>((resolve) => {
    release = resolve
  })
  lab = await startLab({ cloudflare: { hold } })
  recorder = await serve(lab, join(lab.folder, 'recordings'))
})

test.afterEach(async () => {
  release()
  await recorder?.process.stop()
  await lab?.stop()
})

const step = (page: Page, operation: string) => page.locator(`[data-testid="step"][data-operation="${operation}"]`)

const row = (page: Page, operation: string) =>
  page.locator(`[data-testid="exchange-row"][data-operation="${operation}"]`)

test('steps arrive while the client runs; one of them can be read', async ({ page }) => {
  const complaints = listenForComplaints(page)
  await page.goto(recorder.ui)
  await expect(page.getByTestId('live-state')).toBeVisible()
  await expect(page.getByTestId('step')).toHaveCount(0)

  const client = runThrough(recorder, await certbotCloudflare(lab, referenceNames))
  // Cloudflare does not answer yet, so the client is in the middle of its run for as long as we look.
  await expect(step(page, 'newOrder')).toBeVisible({ timeout: 30_000 })
  await expect(step(page, 'dns.createRecord')).toHaveCount(0)

  await step(page, 'newOrder').click()
  const inspector = page.getByTestId('inspector')
  await expect(inspector).toContainText('§7.4')
  await inspector.getByRole('tab', { name: 'JWS' }).click()
  for (const name of referenceNames) await expect(inspector).toContainText(name)
  await expect(inspector).toContainText(/valid/i)

  release()
  const ended = await client.ended
  expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 })
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: /Exchanges/ })
    .click()
  await page.getByRole('combobox', { name: 'Search exchanges' }).fill('op:certificate') // Only the rows in view are in the page.
  await expect(row(page, 'certificate')).toBeVisible()
  expect(complaints).toEqual([])
})

test('a finished recording is there for whoever opens the page later', async ({ page }) => {
  release()
  const { code } = await runThrough(recorder, await certbotCloudflare(lab, referenceNames)).ended
  expect(code).toBe(0)
  await page.goto(recorder.ui)
  await expect(step(page, 'directory')).toBeVisible()
  await expect(page.getByTestId('lane')).toHaveCount(3)
})

/** What the browser's console would show in red: errors, and what the content security policy stopped. */
function listenForComplaints(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return complaints
}
