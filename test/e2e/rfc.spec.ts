/** The documents beside a recording: which sections it exercised, by which steps, and what it left out. */
import { expect, type Page } from '@playwright/test'
import { skipWithout } from '../lab/peers.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

const traefik = '?recording=example-traefik-letsencrypt-cloudflare&view=rfc'

const row = (page: Page, cite: string) => page.locator(`[data-testid="rfc-row"][data-section="${cite}"]`)
const pane = (page: Page) => page.getByTestId('rfc-section')
const section = (page: Page) => new URL(page.url()).searchParams.get('section')

test('from the summary to a section, its steps, and back from a step to its sections', async ({ page, examples }) => {
  await page.goto(examples + traefik)
  await expect(page.getByTestId('rfc-summary')).toContainText('29 of the 44 sections of RFC 8555')
  await expect(page.getByTestId('rfc-summary')).toContainText('RFC 9773 (1)')
  await expect(page.getByTestId('rfc-overview')).toContainText('Account Key Rollover')
  await expect(row(page, 'RFC 8555 §7.2')).toHaveText(/7\.2.*Getting a Nonce.*3 steps/)
  await expect(row(page, 'RFC 8555 §7.6')).not.toContainText('step')

  await row(page, 'RFC 8555 §7.2').click()
  expect(section(page)).toBe('7.2')
  await expect(pane(page)).toContainText('Exercised by 3 of 35 steps.')
  await expect(pane(page).getByRole('link', { name: 'Read it in RFC 8555' })).toHaveAttribute(
    'href',
    'https://www.rfc-editor.org/rfc/rfc8555#section-7.2',
  )
  await expect(pane(page).getByTestId('step-line')).toHaveCount(3)
  await pane(page).getByTestId('step-line').first().click()
  await expect(page.getByTestId('inspector')).toBeVisible()
  for (const cite of ['RFC 8555 §7.2', 'RFC 8555 §6.5.1', 'RFC 8555 §6.1'])
    await expect(row(page, cite)).toContainText('in this step')
  await expect(row(page, 'RFC 8555 §7.4')).not.toContainText('in this step')

  await page.goto(`${examples}${traefik}&section=RFC+8555+7.1.3`)
  await expect(pane(page)).toHaveAttribute('data-section', 'RFC 8555 §7.1.3')
  const finalize = pane(page).getByRole('row', { name: /^finalize/ })
  await expect(finalize).toContainText('in 4 steps, first #')
  await expect(pane(page).getByRole('row', { name: /^notBefore/ })).toContainText('not seen here')
  await finalize.getByRole('link').click()
  await expect(page.getByTestId('inspector')).toContainText('newOrder')
})

test('by key, by search, and with what was not exercised left out', async ({ page, examples }) => {
  await page.goto(`${examples}${traefik}&section=7.4`)
  await expect(pane(page)).toContainText('Applying for Certificate Issuance')
  await page.keyboard.press('ArrowDown')
  await expect(pane(page)).toContainText('Pre-authorization')
  await expect(pane(page)).toContainText('Not exercised: no step of this recording did what it asks.')
  expect(section(page)).toBe('7.4.1')
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  expect(section(page)).toBe('7.3.6')
  await page.getByText('Exercised', { exact: true }).click()
  await expect(row(page, 'RFC 8555 §7.3.6')).toHaveCount(0)
  await expect(row(page, 'RFC 8555 §7.4')).toBeVisible()
  await page.getByText('All', { exact: true }).click()

  const search = page.getByRole('textbox', { name: 'Search the sections' })
  await search.fill('keychange')
  await expect(row(page, 'RFC 8555 §7.1.1')).toBeVisible()
  await expect(row(page, 'RFC 8555 §7.2')).toHaveCount(0)
  await search.fill('csr template')
  await expect(row(page, 'RFC 9115 §4')).toBeVisible()
  await search.fill('no such section')
  await expect(page.getByText('No section holds “no such section”.')).toBeVisible()
  await search.press('Escape')
  await expect(row(page, 'RFC 9115 §4')).toHaveCount(0)
  await page.getByRole('button', { name: /^Not in this recording/ }).click()
  await expect(row(page, 'RFC 9115 §4')).toBeVisible()
})

test('findings stand with the section they rest on; an address that names none says so', async ({ page, examples }) => {
  await page.goto(`${examples}?recording=example-lego-txt-not-served&view=rfc&section=8.4`)
  await expect(pane(page).getByRole('region', { name: 'Findings' }).getByRole('link')).toHaveText(/TXT/)
  await page.goto(`${examples}?recording=example-lego-txt-not-served&view=rfc&section=10.1`)
  await expect(pane(page)).toContainText('no recording can exercise it')
  await page.goto(`${examples}?recording=example-lego-txt-not-served&view=rfc&section=99`)
  await expect(page.getByText('We have no section “99”.')).toBeVisible()
})

for (const colorScheme of ['dark', 'light'] as const)
  test(`nothing stands in the way of who cannot see or use a mouse, ${colorScheme}`, async ({ page, examples }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 1024, height: 768 })
    await page.goto(examples + traefik)
    await page.getByTestId('rfc-overview').waitFor()
    await expectAccessible(page)
    await row(page, 'RFC 8555 §7.1.6').click()
    await pane(page).getByTestId('step-line').first().click()
    await expect(page.getByTestId('inspector')).toBeVisible()
    await expectAccessible(page)
  })
