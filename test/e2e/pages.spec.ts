/** What a person does with recordings that are there already: the shipped ones, a file of their own, a wrong file. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from '@playwright/test'
import { skipWithout } from '../lab/peers.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

const corpus = (name: string) => fileURLToPath(new URL(`../corpus/${name}.har`, import.meta.url))
const reference = '?recording=example-traefik-letsencrypt-cloudflare'

const lanes = (page: Page) => page.getByTestId('lane')

test('the reference scenario: three lanes, folded polls that unfold, the section in the inspector', async ({
  page,
  ui,
}) => {
  await page.goto(ui + reference)
  await expect(lanes(page)).toHaveCount(3)
  for (const name of ['Traefik 2.11.0', "Let's Encrypt (staging)", 'Cloudflare'])
    await expect(lanes(page).filter({ hasText: name })).toHaveCount(1)
  await page.getByTestId('step').first().click()
  await expect(page.getByTestId('inspector')).toContainText('§7.1.1')
  await page.goto(`${ui}${reference}&view=exchanges`)
  await expect(page.getByText('35 exchanges')).toBeVisible()
})

test('a dropped file opens without any server state', async ({ page, ui }) => {
  await page.goto(ui)
  await expect(page.getByTestId('start')).toBeVisible()
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`)
  })
  await page.getByTestId('file-input').setInputFiles(corpus('lego-dns3'))
  await expect(lanes(page)).toHaveCount(3)
  await page.locator('[data-testid="step"][data-operation="newAccount"]').click()
  await expect(page.getByTestId('inspector')).toContainText('ES256, checked with')
  expect(sent).toEqual([])
})

test('every field of a request and of an answer explains itself where it stands', async ({ page, ui }) => {
  await page.goto(ui)
  await page.getByTestId('file-input').setInputFiles(corpus('uacme-account'))
  const inspector = page.getByTestId('inspector')
  await page.locator('[data-testid="step"][data-operation="keyChange"]').click()
  await page.getByRole('tab', { name: 'JWS' }).click()
  await expect(inspector).toContainText('Which account changes, and its key until now. §7.3.5')
  await page.getByText('JSON', { exact: true }).first().click()
  await expect(inspector).not.toContainText('Which account changes, and its key until now. §7.3.5')
  await page.locator('[data-testid="step"][data-operation="newAccount"]').first().click()
  await page.getByRole('tab', { name: 'Decoded' }).click()
  await expect(inspector).toContainText('The CA has no account for this key.')
  await expectAccessible(page)
})

test('of several orders one can be drawn by itself; what nobody recorded is drawn as inferred', async ({
  page,
  ui,
}) => {
  await page.goto(ui)
  await page.getByTestId('file-input').setInputFiles(corpus('caddy-alpn'))
  await expect(page.getByTestId('flow-picker')).toHaveText('All 2 orders')
  const inferred = page.locator('[data-testid="inferred"][data-operation="validation.tls-alpn-01"]')
  await expect(inferred).toHaveCount(2)
  await expect(inferred.first()).toHaveAttribute('title', /Not recorded, but inferred/)
  await page.getByTestId('flow-picker').click()
  await page
    .getByRole('dialog', { name: 'Orders' })
    .getByRole('link', { name: /^www\.example\.test/ })
    .click()
  await expect(page.getByTestId('flow-picker')).toHaveText('www.example.test')
  await expect(page.locator('[data-operation="newOrder"]')).toHaveCount(1)
  await expect(page.locator('[data-operation="newOrder"]')).toContainText('www.example.test')
  await expect(inferred).toHaveCount(1)
  expect(new URL(page.url()).searchParams.get('order')).toMatch(/^https:/)
  await page.goBack()
  await expect(page.getByTestId('flow-picker')).toHaveText('All 2 orders')
})

test('a proof is followed from the token to the record that was written', async ({ page, ui }) => {
  await page.goto(ui)
  await page.getByTestId('file-input').setInputFiles(corpus('lego-dns3'))
  await page.locator('[data-testid="step"][data-operation="challenge"]').first().click()
  const proof = page.getByTestId('inspector').locator('section').filter({ hasText: 'Proof, dns-01' }).last()
  for (const word of ['Token', 'Thumbprint', '_acme-challenge.nas.example.test', 'what is expected'])
    await expect(proof).toContainText(word)
})

test('a file that is no HAR gets a clear answer', async ({ page, ui, folder }) => {
  const wrong = join(folder, 'wrong.har')
  await writeFile(wrong, '{"hello":"world"}')
  await page.goto(ui)
  await page.getByTestId('file-input').setInputFiles(wrong)
  await expect(page.getByRole('alert')).toContainText(/no HAR/)
})

test('a recording that is not here is told as that, and not as a recorder that was away', async ({
  page,
  examples,
}) => {
  await page.addInitScript(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const listen = () => {
      for (const status of document.querySelectorAll('[role="status"]')) said.push(status.textContent)
    }
    new MutationObserver(listen).observe(document, { subtree: true, childList: true })
  })
  await page.goto(`${examples}?recording=nowhere`)
  await expect(page.getByTestId('notice')).toContainText('This recording is not here')
  await page.getByTestId('notice').getByRole('link', { name: 'All recordings' }).click()
  await expect(page.getByTestId('recordings')).toBeVisible()
  expect(await page.evaluate('said')).not.toContainEqual(expect.stringContaining('Back'))
})
