/** What a person does with their recordings: finds, names, deletes, brings in, and looks at several. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import { skipWithout } from '../lab/peers.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium', 'curl'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

const corpus = (name: string) => fileURLToPath(new URL(`../corpus/${name}.har`, import.meta.url))

const rows = (page: Page) => page.getByTestId('recording-row')
const row = (page: Page, name: string) => rows(page).filter({ has: page.getByRole('link', { name, exact: true }) })
const tabs = (page: Page) => page.getByTestId('open-tab')

/** Chooses files as if in the browser's own dialog. */
async function importFiles(page: Page, ...files: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Import …' }).click()
  await (await chooser).setFiles(files)
}

test('recordings are imported, named, deleted, taken back, and deleted for good', async ({ page, ui, folder }) => {
  const wrong = join(folder, 'wrong.har')
  await writeFile(wrong, '{"hello":"world"}')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${ui}?view=recordings`)
  await importFiles(page, corpus('lego-eab'), wrong, corpus('caddy-alpn'))
  await expect(page.getByRole('alert').filter({ hasText: 'wrong.har was not imported' })).toContainText('no HAR')
  await expect(page.getByText('2 recordings were imported.')).toBeVisible()
  await expect(row(page, 'caddy-alpn')).toContainText('21')

  // Renamed by key; what was typed is there at once and after a reload.
  await row(page, 'lego-eab').getByRole('gridcell').nth(2).click()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'New name of lego-eab' }).fill('with a binding')
  await page.keyboard.press('Enter')
  await page.reload()
  await expect(row(page, 'with a binding')).toBeVisible()

  // Deleted by key, two at once, and taken back by key.
  await row(page, 'with a binding').getByRole('gridcell').nth(2).click()
  for (const key of ['x', 'k', 'x']) await page.keyboard.press(key)
  await expect(page.getByText('2 chosen')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Delete')
  await expect(page.getByText('2 recordings deleted')).toBeVisible()
  await expect(rows(page).filter({ hasText: 'Imported' })).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(rows(page).filter({ hasText: 'Imported' })).toHaveCount(2)

  // Deleted by menu, taken back by the notice; what nobody takes back is not in the list of another page either.
  await row(page, 'caddy-alpn').getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row(page, 'caddy-alpn')).toBeVisible()
  await row(page, 'caddy-alpn').getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(row(page, 'caddy-alpn')).toHaveCount(0)
  await page.reload()
  await expect(row(page, 'with a binding')).toBeVisible()
  await expect(row(page, 'caddy-alpn')).toHaveCount(0)
})

test('words are found in all recordings, and lead to the very step', async ({ page, examples }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(`${examples}?view=recordings`)
  await expect(rows(page)).toHaveCount(5)
  await page.keyboard.press('/')
  await page.keyboard.type('test1.test2')
  await expect(page.getByTestId('search-tally')).toContainText(/^\d+ exchanges in \d recordings?\.$/)
  await expect(page.getByTestId('hit').filter({ hasText: 'signed content' }).first()).toContainText('test1.test2')
  await expectAccessible(page)
  for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  await expect(page.getByTestId('hit').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('inspector')).toContainText('newOrder')
  await page.goBack()
  await expect(page.getByRole('textbox', { name: 'Search all recordings' })).toHaveValue('test1.test2')
  await page.getByRole('textbox', { name: 'Search all recordings' }).fill('no such words anywhere')
  await expect(page.getByTestId('search-tally')).toContainText('Nothing in 5 recordings holds')
})

test('what cannot be done is told, with what to do', async ({ page, ui }) => {
  // Browsers check signatures over HTTPS and on one machine only: elsewhere the recorder reads a dropped file.
  await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }))
  await page.goto(ui)
  await page.getByTestId('file-input').setInputFiles(corpus('lego-dns3'))
  await expect(page.getByTestId('lane')).toHaveCount(3)
  await expect(page).toHaveURL(/recording=[0-9a-f]{12}/)

  // What the recorder could not store, and that its store is held by somebody else.
  const lost = { facts: 12, why: 'there is no space left for /recordings', fix: 'make room' }
  await page.route('**/api/recorder', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ json: { ...(await response.json()), lost } })
  })
  await page.goto(`${ui}?view=recordings`)
  await expect(page.getByRole('alert')).toContainText('(12 times so far): there is no space left for /recordings.')
  const error = { code: 'store-locked', message: 'Another program holds the recordings.', fix: 'Try again.' }
  await page.route('**/api/recordings', (route) => route.fulfill({ status: 503, json: { error } }))
  await expect(page.getByText('Another program holds the recordings. Try again.')).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  await expectAccessible(page)
})

test('several are open in tabs, each at its place', async ({ page, ui }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${ui}?recording=example-lego-dns-01`)
  await page.locator('[data-testid="step"][data-operation="newOrder"]').click()
  const first = page.url()
  await page.getByTestId('file-input').setInputFiles([corpus('caddy-alpn'), corpus('lego-eab')])
  await expect(tabs(page)).toHaveText([/^lego, dns-01/, 'caddy-alpn', 'lego-eab.har'])
  await page.getByTestId('view-exchanges').click()
  await page.keyboard.press('Shift+}')
  await expect(page.getByTestId('lane').first()).toBeVisible()
  await expect(tabs(page).nth(2)).toHaveAttribute('data-shown', 'true')

  // Back to the first one, with its step; and on to the second, with its view.
  await page.keyboard.press('Shift+}')
  await expect(page).toHaveURL(first)
  await expect(page.getByTestId('inspector')).toContainText('newOrder')
  await tabs(page).nth(1).getByRole('link').click()
  await expect(page.getByTestId('exchange-row').first()).toBeVisible()
  await expectAccessible(page)

  // A file that the recorder keeps outlives the page; one that it does not keep is gone.
  await page.getByRole('button', { name: 'Keep in recordings' }).click()
  await expect(page.getByText('In this page only')).toHaveCount(0)
  await expect(tabs(page)).toHaveText([/^lego, dns-01/, 'caddy-alpn', 'lego-eab'])
  await page.reload()
  await expect(tabs(page)).toHaveText([/^lego, dns-01/, 'caddy-alpn'])
  await expect(page.getByTestId('exchange-row').first()).toBeVisible()
  await tabs(page).first().getByRole('link').click({ button: 'middle' })
  await expect(tabs(page)).toHaveCount(0)
})

test('the palette goes anywhere and does anything, by key', async ({ page, examples }) => {
  await page.goto(`${examples}?recording=example-lego-dns-01&view=exchanges`)
  const palette = page.getByRole('combobox', { name: 'Go anywhere, do anything' })
  const take = async (words: string, option: RegExp, steps = 0) => {
    await page.keyboard.press('Control+k')
    await expect(palette).toBeFocused()
    await page.keyboard.type(words)
    for (let at = 0; at < steps; at++) await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option', { selected: true })).toHaveText(
      option,
    )
    await page.keyboard.press('Enter')
    await expect(palette).toHaveCount(0)
  }
  await take('newOrder', /^#4 POST newOrder/)
  await expect(page.getByTestId('inspector')).toContainText('newOrder')
  await take('order test1', /^Order test1/)
  await expect(page).toHaveURL(/view=objects&object=https/)
  await take('§7.4.2', /^§7.4.2/)
  await expect(page).toHaveURL(/view=rfc&.*section=7.4.2/)
  await take('theme light', /^Theme: light/)
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  await take('traefik', /^Traefik/)
  await expect(
    page
      .getByText(/^Traefik 2.11.0/)
      .or(page.getByTestId('rfc'))
      .first(),
  ).toBeVisible()
  await take('no such thing', /^Search all recordings for/)
  await expect(page.getByTestId('search-tally')).toContainText('Nothing')
  await page.keyboard.press('Control+k')
  await expect(palette).toBeFocused()
  await expectAccessible(page)
})

const listen = (): Server => createServer((request, response) => response.end(request.url)).listen(0, '127.0.0.1')

test('a new recording takes what begins, and whoever looks at the former is told', async ({ page, context, ui }) => {
  const server = listen()
  try {
    const { proxy } = (await (await page.request.get(`${ui}/api/recorder`)).json()) as { proxy: string }
    const ask = (path: string) =>
      promisify(execFile)('curl', [
        '--silent',
        '--proxy',
        proxy,
        `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
      ])
    await page.goto(`${ui}?view=exchanges`)
    await ask('/one')
    await expect(page.getByTestId('exchange-row')).toHaveCount(1)

    const other = await context.newPage()
    await other.goto(`${ui}?view=recordings`)
    await other.getByRole('button', { name: 'New recording' }).click()
    await expect(other.getByTestId('start')).toBeVisible()
    await ask('/two')
    await other.getByTestId('view-exchanges').click()
    await expect(other.getByTestId('exchange-row')).toHaveText(/two/)
    await other.close()

    await expect(page.getByText('The recorder now writes another recording.')).toBeVisible()
    await expect(page.getByTestId('live-state')).toHaveText('complete')
    await expect(page.getByTestId('exchange-row')).toHaveText(/one/)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Show it' }).click()
    await expect(page.getByTestId('exchange-row')).toHaveText(/two/)
    await expect(page.getByTestId('live-state')).toHaveText('recording')
  } finally {
    server.close()
  }
})
