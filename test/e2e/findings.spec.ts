/** Findings as a person reads them: the cause, what follows from it beneath, and the step each shows in. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { toHar } from '../../shared/har/write.ts'
import { errors } from '../lab/cloudflare-json.ts'
import { skipWithout } from '../lab/peers.ts'
import { refusedByCloudflare } from '../synthetic/cloudflare.ts'
import { issued } from '../synthetic/scenarios.ts'
import { problem } from '../synthetic/world.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')

const corpus = (name: string) => fileURLToPath(new URL(`../corpus/${name}.har`, import.meta.url))

/** A refused token, so no record, so a failed proof, so a refused CSR; and a connection that came to nothing. */
async function cascade(folder: string): Promise<string> {
  const { world, order, facts } = await issued({ client: 'certbot', until: 'fetchAuthorizations' })
  world.writeTxt(order, { answer: refusedByCloudflare(errors.invalidToken) })
  world.answer(order, { result: problem('unauthorized', 'No TXT record found at _acme-challenge.example.test') })
  world.pollAuthorizations(order)
  await world.finalize(order, { answer: problem('orderNotReady', 'the order is invalid') })
  world.connection({ host: 'api.other.test' })
  const startedAt = new Date(world.now()).toISOString()
  const recording = {
    id: 'cascade',
    name: 'cascade',
    startedAt,
    endedAt: startedAt,
    source: 'live',
    toolVersion: '0',
  } as const
  const file = join(folder, 'cascade.har')
  await writeFile(file, JSON.stringify(toHar(recording, facts, { redact: 'secrets', toolVersion: '0' })))
  return file
}

for (const scheme of ['dark', 'light'] as const) {
  test(`a cascade: the verdict, the cause, and folded beneath it what follows from it, ${scheme}`, async ({
    page,
    ui,
    folder,
  }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto(ui)
    await page.getByTestId('file-input').setInputFiles(await cascade(folder))
    await page.getByTestId('view-findings').click()
    await expect(page.getByTestId('verdict')).toContainText('No certificate for')
    const finding = page.getByTestId('finding')
    await expect(finding.first()).toHaveAttribute('data-finding', 'dns-api.unauthorized')
    await expect(page.locator('[data-finding="dns.txt-never-written"]')).toHaveCount(0)
    const beneath = page.getByRole('region', { name: 'What follows from dns-api.unauthorized' })
    await beneath.getByRole('button', { name: '2 things follow from it' }).click()
    await expect(beneath.locator('[data-finding="dns.txt-never-written"]')).toBeVisible()
    await expect(beneath.locator('[data-finding="order.finalized-before-ready"]')).toBeVisible()
    await expect(beneath.locator('[data-finding="trust.client-rejected-authority"]')).toHaveCount(0)
    await expectAccessible(page)
    await page.locator('[data-finding="trust.client-rejected-authority"]').getByTestId('step-line').first().click()
    await expect(page.getByTestId('inspector')).toContainText('api.other.test')
    const effect = beneath.locator('[data-finding="dns.txt-never-written"]')
    await effect.getByRole('button', { expanded: false }).first().click()
    await effect.getByTestId('step-line').first().click()
    await expect(page.getByTestId('inspector')).toContainText('Follows from dns-api.unauthorized')
  })
}

const notServed = '?recording=example-lego-txt-not-served&view=findings'

test('from a finding to its section and back, to what its kind means, and onto the clipboard', async ({
  page,
  context,
  examples,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(examples + notServed)
  await expect(page.getByTestId('verdict')).toContainText('No certificate for www.example.test')
  await expect(page.getByTestId('verdict')).toContainText('but the CA did not see it')
  const finding = page.getByTestId('finding')
  await expect(finding.getByTestId('cure').locator('code').first()).toHaveText('dig NS ZONE')
  await expect(finding.getByTestId('step-line')).toContainText('invalid')

  await finding.getByRole('button', { name: 'What dns.not-propagated means' }).click()
  await expect(finding).toContainText('The right value was written, and the CA saw none or an older one.')
  await finding.getByRole('button', { name: 'Copy for a bug report' }).click()
  await expect(finding.getByText('Copied')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^# The right TXT value/)
  expect(copied).toContain('"detail": "Correct value not found for DNS challenge"')
  expect(copied).toMatch(/Client: lego \d/)
  expect(copied).toMatch(/acmescope \d+\.\d+\.\d+/)
  await page.getByRole('button', { name: 'Copy all for a bug report' }).press('Enter')
  await expect(page.getByText('Copied').first()).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^# No certificate for `www\.example\.test`/,
  )

  await finding.getByRole('link', { name: '§8.4 DNS Challenge' }).click()
  await page.getByTestId('rfc-section').getByRole('region', { name: 'Findings' }).getByRole('link').click()
  await expect(finding).toHaveAttribute('data-wanted', 'true')
  expect(new URL(page.url()).searchParams.get('finding')).toMatch(/^dns\.not-propagated@/)
})

test('filtered by severity, opened by key, and named in the address', async ({ page, ui }) => {
  await page.goto(ui)
  await page.getByTestId('file-input').setInputFiles(corpus('raw-bad-jws'))
  await page.getByTestId('view-findings').click()
  await expect(page.getByTestId('verdict')).toContainText('None of 6 certificates was issued')
  await expect(page.getByRole('region', { name: 'Orders' }).getByRole('listitem')).toHaveCount(6)
  const finding = page.getByTestId('finding')
  const all = await finding.count()
  await page.getByText(/^Warnings \d+$/).click()
  await expect(finding).not.toHaveCount(all)
  for (const one of await finding.all()) await expect(one).toHaveAttribute('data-severity', 'warning')
  const head = finding.last().getByRole('button').first()
  const before = await head.getAttribute('aria-expanded')
  await head.focus()
  await page.keyboard.press('Enter')
  await expect(head).not.toHaveAttribute('aria-expanded', before ?? '')
})

test('a run that worked says so, and its remarks are there for who asks', async ({ page, examples }) => {
  await page.goto(`${examples}?recording=example-lego-dns-01&view=findings`)
  await expect(page.getByTestId('verdict')).toContainText(/Certificate issued in [\d.]+ s/)
  await expect(page.getByTestId('verdict')).toContainText('Nothing to remark.')
  await expect(page.getByTestId('finding')).toHaveCount(0)
  await expectAccessible(page)
  const traefik = 'example-traefik-letsencrypt-cloudflare'
  await page.goto(`${examples}?recording=${traefik}&view=findings&finding=poll.ignores-retry-after`)
  const wanted = page.locator('[data-finding="poll.ignores-retry-after"]')
  await expect(wanted).toHaveAttribute('data-open', 'true')
  await expect(page.locator('[data-finding="recording.cut-values"]')).toHaveAttribute('data-open', 'false')
})
