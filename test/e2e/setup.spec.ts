/** The first minute: a person copies the lines of the set-up page, starts a client, and the page says how that went. */
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Recorder, serve } from '../lab/acmescope.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { run } from '../lab/processes.ts'
import { expectAccessible } from './recorder.ts'

test.skip(skipWithout('chromium', 'pebble', 'curl'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })
test.describe.configure({ mode: 'serial' })

let lab: Lab

test.beforeAll(async () => {
  lab = await startLab()
})

test.afterAll(async () => {
  await lab?.stop()
})

async function withRecorder(
  name: string,
  use: (recorder: Recorder) => Promise<void>,
  flags: readonly string[] = [],
): Promise<void> {
  const recorder = await serve(lab, join(lab.folder, name), flags)
  try {
    await use(recorder)
  } finally {
    await recorder.process.stop()
  }
}

const check = (page: Page) => page.getByTestId('live-check')

/** What the page has for this client to copy. */
async function linesFor(page: Page, label: string): Promise<string> {
  await page.getByRole('tab', { name: label }).click()
  return (
    await page
      .getByRole('region', { name: `Lines for ${label}` })
      .locator('pre')
      .allInnerTexts()
  ).join('\n')
}

const inShell = (script: string) => run({ argv: ['sh', '-c', script], env: { HOME: lab.folder } }, 20_000)

test('the check tells who refuses our authority and what to do, then turns green, leg by leg', async ({ page }) => {
  test.slow()
  await withRecorder('check', async (recorder) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.goto(`${recorder.ui}?view=setup`)
    await expect(check(page)).toHaveAttribute('data-verdict', 'waiting')
    const lines = await linesFor(page, 'Any shell')
    const [proxyOnly = ''] = lines.split('\n')
    expect(proxyOnly).toBe(`export HTTPS_PROXY=${recorder.proxy}`)

    const ask = `curl -sS ${lab.pebble.directory}`
    expect((await inShell(`${proxyOnly}\n${ask}`)).code).not.toBe(0)
    await expect(check(page)).toHaveAttribute('data-verdict', 'refused')
    await expect(check(page)).toContainText('does not trust acmescope’s authority for ca.example.test')
    await page.getByRole('textbox', { name: 'Find a client' }).fill('eff')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('cure')).toContainText('certbot: set REQUESTS_CA_BUNDLE and SSL_CERT_FILE')
    await expectAccessible(page)

    const trusted = await inShell(`${lines}\n${ask}`)
    expect(trusted, trusted.stderr).toMatchObject({ code: 0 })
    await expect(check(page)).toHaveAttribute('data-verdict', 'works')
    await expect(check(page)).toContainText(/curl [\d.]+ is being recorded/)
    await expect(check(page)).toContainText(/GET ca\.example\.test.* over TLSv1\.3/)
    await expect(page.getByTestId('leg-ca')).toHaveAttribute('data-state', 'seen')
    await expect(page.getByTestId('leg-dns')).toHaveAttribute('data-state', 'unseen')
    await page.emulateMedia({ colorScheme: 'light' })
    await expectAccessible(page)
    await inShell(`${lines}\ncurl -sS https://api.cloudflare.com/client/v4/zones`)
    await expect(page.getByTestId('leg-dns')).toHaveAttribute('data-state', 'seen')

    expect(new URL(page.url()).searchParams.get('view')).toBe('setup')
    await check(page).getByRole('link', { name: 'See it in the flow' }).click()
    await expect(page.getByTestId('inspector')).toContainText('directory')
  })
})

test('an empty recording shows the same, and gives way to the diagram with the first request', async ({ page }) => {
  await withRecorder('empty', async (recorder) => {
    await page.goto(recorder.ui)
    await expect(check(page)).toHaveAttribute('data-verdict', 'waiting')
    const lines = await linesFor(page, 'Any shell')
    await inShell(`${lines}\ncurl -sS ${lab.pebble.directory}`)
    await expect(page.getByTestId('step')).toBeVisible()
    await expect(page.getByTestId('start')).toHaveCount(0)
  })
})

test('clients are gone through by keyboard, and the one that was chosen is remembered', async ({ page }) => {
  await withRecorder('picker', async (recorder) => {
    await page.goto(`${recorder.ui}?view=setup`)
    const tab = (name: string) => page.getByRole('tab', { name })
    await tab('Any shell').focus()
    await page.keyboard.press('ArrowDown')
    await expect(tab('lego')).toBeFocused()
    await expect(page.getByTestId('recipe')).toContainText('SSL_CERT_FILE')
    await expect(page.getByTestId('reach')).toHaveCount(0)
    await page.keyboard.press('End')
    await expect(tab('acmescope run')).toBeFocused()
    await page.getByRole('textbox', { name: 'Find a client' }).fill('traefik')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const [proxyPort, uiPort] = [recorder.proxy, recorder.ui].map((url) => new URL(url).port)
    await expect(page.getByTestId('reach')).toContainText(
      `--proxy-host 172.17.0.1 --proxy-port ${proxyPort} --ui-port ${uiPort}`,
    )
    await expect(page.getByTestId('recipe')).toContainText(`HTTPS_PROXY: http://host.docker.internal:${proxyPort}`)
    await expectAccessible(page)
    await page.goto(`${recorder.ui}?view=setup`)
    await expect(tab('Traefik')).toHaveAttribute('aria-selected', 'true')
    await page.setViewportSize({ width: 1024, height: 768 })
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(tooWide).toBe(false)
    // What somebody opens from here is shown, not waited for.
    await page.getByRole('link', { name: /^lego, dns-01 by Cloudflare/ }).click()
    await expect(page.getByTestId('lane')).toHaveCount(3)
  })
})

test('a recorder that is started again where containers reach it is waited for on the same page', async ({ page }) => {
  const folder = join(lab.folder, 'again')
  const first = await serve(lab, folder)
  await page.goto(`${first.ui}?view=setup&panel=traefik`)
  await expect(page.getByTestId('reach')).toBeVisible()
  const lines = await linesFor(page, 'Any shell')
  await inShell(`${lines}\ncurl -sS ${lab.pebble.directory}`)
  await expect(check(page)).toHaveAttribute('data-verdict', 'works')
  await first.process.stop()
  await expect(check(page)).toHaveAttribute('data-verdict', 'away')
  const second = await serve(lab, folder, ['--proxy-host', '0.0.0.0', '--ui-port', new URL(first.ui).port])
  try {
    await expect(check(page)).toHaveAttribute('data-verdict', 'waiting', { timeout: 30_000 })
    await page.getByRole('tab', { name: 'Traefik' }).click()
    await expect(page.getByTestId('recipe')).toContainText(`host.docker.internal:${new URL(second.proxy).port}`)
    await expect(page.getByTestId('reach')).toHaveCount(0)
    await inShell(`${await linesFor(page, 'Any shell')}\ncurl -sS ${lab.pebble.directory}`)
    await expect(check(page)).toHaveAttribute('data-verdict', 'works')
  } finally {
    await second.process.stop()
  }
})

test('what passes unread is counted where somebody waits for a client, as it happens', async ({ page }) => {
  const outside = ['--intercept', 'ca.elsewhere.test']
  await withRecorder(
    'unread',
    async (recorder) => {
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.goto(`${recorder.ui}?view=setup`)
      await expect(check(page)).toHaveAttribute('data-verdict', 'waiting')
      await expect(page.getByTestId('unread')).toBeHidden()
      const ask = `curl -sS --proxy ${recorder.proxy} --cacert ${lab.root} ${lab.pebble.directory}`
      for (const count of ['1 connection', '2 connections']) {
        expect((await inShell(ask)).code).toBe(0)
        await expect(page.getByTestId('unread')).toContainText(`${count} to 1 host passed unread`)
      }
      await expect(page.getByTestId('unread')).toContainText('ca.example.test')
      await expectAccessible(page)
    },
    outside,
  )
})
