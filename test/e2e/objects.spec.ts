/** The objects of a recording: found, followed through their statuses, and compared from answer to answer. */
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { runThrough, serve } from '../lab/acmescope.ts'
import { certbotCloudflare } from '../lab/clients/certbot.ts'
import { referenceNames, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

const row = (page: Page, kind: string) => page.locator(`[data-testid="object-row"][data-kind="${kind}"]`)
const link = (page: Page, kind: string) => row(page, kind).getByRole('link')
const object = (page: Page, kind: string) => page.locator(`[data-testid="object"][data-kind="${kind}"]`)

test('an order: its course drawn and in words, what changed between its answers, its parts', async ({
  page,
  examples,
}) => {
  await page.goto(`${examples}?recording=example-traefik-letsencrypt-cloudflare&view=objects`)
  const order = object(page, 'order')
  await expect(order).toContainText('nas.mycustomservice.local')
  await expect(page.getByTestId('machine-caption')).toHaveText(
    /^pending → \(ready\) → processing → valid, in 1 min 24 s/,
  )
  await expect(page.getByTestId('visit')).toHaveCount(3)
  await page.locator('.react-flow__edge[aria-label^="pending → invalid"]').focus()
  await expect(page.getByTestId('machine-caption')).toContainText('when an authorization ends without being valid')
  await page.getByText('In words').click()
  await expect(page.getByTestId('machine')).toContainText('It must have happened between two answers, unseen.')

  const status = page.locator('[data-testid="wire-field"][data-field="status"]')
  await expect(page.getByTestId('changes')).toHaveText('2 changes since #32')
  await expect(status).toContainText(/processing.*valid/s)
  await page.getByTestId('object-name').click()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByTestId('changes')).toHaveText('nothing changed since #31')
  await page.getByTestId('compared-with').selectOption({ label: '1. #4, 22:44:24 pending' })
  await expect(status).toContainText(/pending.*processing/s)

  await order.getByRole('link', { name: '#4', exact: true }).first().click()
  await expect(page.getByTestId('inspector')).toContainText('newOrder')
  await expect(order).toBeVisible()
  await page.keyboard.press('Escape')
  await page.locator('[data-field="authorizations"] a').first().click()
  await expect(object(page, 'authorization')).toBeVisible()
  await page.goBack()
  await expect(order).toBeVisible()
})

test('the list: found by words, moved along by key, folded; the address names the object', async ({
  page,
  examples,
}) => {
  await page.goto(`${examples}?recording=example-lego-dns-01&view=objects`)
  await expect(row(page, 'authorization')).toHaveCount(3)
  await page.keyboard.press('/')
  await page.keyboard.type('http-01')
  await expect(row(page, 'challenge')).toHaveCount(2)
  await link(page, 'challenge').first().click()
  await expect(page.getByTestId('object-name')).toHaveText('http-01')
  expect(new URL(page.url()).searchParams.get('object')).toMatch(/^https:/)
  await page.getByRole('textbox', { name: 'Find objects' }).fill('')
  await page.keyboard.press('Tab')
  await page
    .getByRole('button', { name: /^What belongs to/ })
    .last()
    .click()
  await page.keyboard.press('Home')
  await expect(object(page, 'directory')).toContainText('newNonce')
  await page.keyboard.press('ArrowDown')
  await expect(object(page, 'account')).toContainText('Thumbprint')
  await page.keyboard.press('End')
  await expect(object(page, 'nonces')).toContainText(/16 nonces: \d+ accepted/)
})

test('a proof beside what was written; a certificate and its revocation', async ({ page, examples }) => {
  await page.goto(`${examples}?recording=example-lego-txt-not-served&view=objects`)
  await page.getByRole('textbox', { name: 'Find objects' }).fill('dns-01 invalid')
  await link(page, 'challenge').click()
  await expect(page.getByRole('region', { name: 'Proof' })).toContainText('what is expected')
  await expect(object(page, 'challenge')).toContainText('processing')
  await page.goto(`${examples}?recording=example-lego-http-01-revoke&view=objects`)
  await link(page, 'certificate').first().click()
  await expect(page.getByTestId('machine-caption')).toHaveText(/^issued → revoked/)
  await expect(page.getByRole('region', { name: 'Chain', exact: true })).toContainText('CN=')
})

for (const [scheme, kinds] of [
  ['dark', ['order', 'nonces']],
  ['light', ['authorization', 'certificate']],
] as const) {
  test(`nothing stands in the way of who cannot see or use a mouse, ${scheme}`, async ({ page, examples }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto(`${examples}?recording=example-lego-http-01-revoke&view=objects`)
    for (const kind of kinds) {
      await link(page, kind).first().click()
      await expect(object(page, kind)).toBeVisible()
      await expectAccessible(page)
    }
  })
}

test('while a recording grows, what is looked at stays, and goes on', async ({ page }) => {
  test.skip(skipWithout('pebble', 'certbot', 'python3-certbot-dns-cloudflare'), 'the machine lacks a program')
  let release = () => {}
  const hold = new Promise<void>((resolve) => {
    release = resolve
  })
  const lab = await startLab({ cloudflare: { hold } })
  const recorder = await serve(lab, join(lab.folder, 'recordings'))
  try {
    await page.goto(`${recorder.ui}?view=objects`)
    const client = runThrough(recorder, await certbotCloudflare(lab, referenceNames))
    // The DNS provider does not answer yet, so the client waits for as long as we look.
    await expect(object(page, 'order')).toBeVisible({ timeout: 30_000 })
    await link(page, 'authorization').first().click()
    const name = (await page.getByTestId('object-name').textContent()) ?? ''
    await expect(page.getByTestId('machine-caption')).toHaveText(/^pending/)
    release()
    expect((await client.ended).code).toBe(0)
    await expect(page.getByTestId('machine-caption')).toHaveText(/^pending → valid/)
    await expect(page.getByTestId('object-name')).toHaveText(name)
    await expect(row(page, 'certificate').first()).toBeVisible()
    await expect(page.getByTestId('changes')).toContainText('change')
  } finally {
    release()
    await recorder.process.stop()
    await lab.stop()
  }
})
