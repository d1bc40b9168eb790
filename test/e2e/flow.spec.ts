/** The diagram: what a person does with it by mouse and by keyboard, and what one hears who cannot see it. */
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page } from '@playwright/test'
import { acmescopeProgram } from '../lab/acmescope.ts'
import { skipWithout } from '../lab/peers.ts'
import { start } from '../lab/processes.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

const reference = '?recording=example-traefik-letsencrypt-cloudflare'
const failed = '?recording=example-lego-txt-not-served'

const step = (page: Page, operation: string) => page.locator(`[data-testid="step"][data-operation="${operation}"]`)
const poll = (page: Page) => page.getByTestId('poll').last()
const zoom = (page: Page) => page.getByTestId('zoom')
const selected = (page: Page) => page.locator('[data-selected="true"]')
const place = (page: Page, part: string) => new URL(page.url()).searchParams.get(part)

async function turnWheel(page: Page, by: number): Promise<void> {
  const box = await page.locator('[data-rows]').first().boundingBox()
  await page.mouse.move((box?.x ?? 0) + 400, 500)
  await page.mouse.wheel(0, by)
}

test('by key along the steps, into polls and out; heard as a list in which the focus goes along', async ({
  page,
  examples,
}) => {
  await page.goto(examples + reference)
  const list = page.getByRole('list', { name: 'Steps' })
  const rows = list.getByRole('listitem')
  // Reached by Tab although nothing is selected; each row has its place in all of them, and a sentence.
  await expect(list.getByRole('button').first()).toHaveAttribute('tabindex', '0')
  await expect(rows.first()).toHaveAttribute('aria-posinset', '1')
  const total = Number(await rows.first().getAttribute('aria-setsize'))
  expect(total).toBeGreaterThan(await rows.count())
  const sentence =
    "#4, Traefik 2.11.0 to Let's Encrypt (staging): newOrder *.nas.mycustomservice.local +2, answered 201, pending, at 22:44:24"
  await expect(page.getByRole('button', { name: sentence })).toBeVisible()

  await page.keyboard.press('j')
  await expect(selected(page)).toHaveAttribute('data-operation', 'directory')
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  await expect(selected(page)).toHaveAttribute('data-operation', 'newAccount')
  await page.keyboard.press('k')
  await expect(selected(page)).toHaveAttribute('data-operation', 'newNonce')
  await page.keyboard.press('End')
  await expect(selected(page)).toHaveAttribute('data-operation', 'certificate')
  await expect(selected(page)).toBeInViewport()
  await expect(rows.last()).toHaveAttribute('aria-posinset', String(total))
  await page.keyboard.press('Home')
  await expect(selected(page)).toHaveAttribute('data-operation', 'directory')
  await expect(selected(page)).toBeInViewport()

  await selected(page).getByRole('button').focus()
  await page.keyboard.press('j')
  await expect(page.getByRole('button', { name: /^#2, .*newNonce/ })).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('button', { name: /^#35, .*certificate/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(selected(page)).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('Fit the whole of it')
  await page.keyboard.press('Escape')

  const asked = page.locator('[data-testid="step"][data-nested="true"]')
  await poll(page).getByRole('button').first().click()
  await expect(poll(page)).toHaveAttribute('data-selected', 'true')
  await expect(asked).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(asked).toHaveCount(2)
  await expect(selected(page)).toHaveAttribute('data-nested', 'true')
  await page.keyboard.press('ArrowLeft')
  await expect(asked).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await expect(asked).toHaveCount(2)
  await page.getByRole('button', { name: 'Fold these 2 polls' }).click()
  await expect(asked).toHaveCount(0)
})

test('a lane is hidden with its steps, named where it can be shown again, and stays so in a link; then near and far', async ({
  page,
  examples,
}) => {
  await page.goto(examples + reference)
  const lanes = page.getByTestId('lane')
  await expect(lanes).toHaveCount(3)
  await lanes.filter({ hasText: 'Cloudflare' }).getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Hide this lane' }).click()
  await expect(lanes).toHaveCount(2)
  await expect(step(page, 'dns.createRecord')).toHaveCount(0)
  expect(place(page, 'hide')).toBe('dns:Cloudflare')
  await page.reload()
  await expect(lanes).toHaveCount(2)
  // Two are the least that steps go between.
  await lanes.first().getByRole('button').click()
  await expect(page.getByRole('menuitem', { name: 'Hide this lane' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await page.getByTestId('hidden-lane').click()
  await expect(lanes).toHaveCount(3)
  await page.goto(`${examples}${reference}&hide=client`)
  await page.getByRole('button', { name: 'Show all lanes' }).click()
  await expect(lanes).toHaveCount(3)

  await expect(zoom(page)).toHaveText('100 %')
  await page.keyboard.press('+')
  await expect(zoom(page)).toHaveText('125 %')
  await page.keyboard.press('0')
  await expect(zoom(page)).toHaveText('100 %')
  await page.getByRole('button', { name: 'Zoom out' }).click()
  await expect(zoom(page)).toHaveText('80 %')
  await page.keyboard.press('f')
  await expect(step(page, 'directory').first()).toBeInViewport()
  await expect(step(page, 'certificate').last()).toBeInViewport()
  await expect(page.getByTestId('overview')).toHaveCount(0)
  // What is drawn smaller is spread over the whole window all the same.
  const edge = await page.getByText('Section', { exact: true }).boundingBox()
  expect(edge?.x).toBeGreaterThan(1300)
})

test('what ties a step to others shows under the pointer and leads there; a finding is read where it shows', async ({
  page,
  examples,
}) => {
  await page.goto(examples + failed)
  const ties = page.getByTestId('tie')
  await expect(step(page, 'newOrder')).toBeVisible()
  await expect(ties).toHaveCount(0)
  await step(page, 'authorization').first().hover()
  await expect(ties).toHaveText(['nonce + order', 'spends its nonce'])
  await step(page, 'directory').hover()
  await expect(ties).toHaveCount(0)
  await step(page, 'authorization').first().click()
  await step(page, 'directory').hover()
  await expect(ties.first()).toHaveText('nonce + order')
  await ties.first().click()
  await expect(selected(page)).toHaveAttribute('data-operation', 'newOrder')
  // What is beyond the window ends at its edge.
  await page.keyboard.press('End')
  await expect(ties.filter({ hasText: /^#\d+ .*↑$/ })).not.toHaveCount(0)

  // A row at the window's very edge is selected too, instead of moving from under the pointer.
  const before = place(page, 'step')
  const pane = await page.locator('.react-flow').boundingBox()
  await page.mouse.click((pane?.x ?? 0) + 300, (pane?.y ?? 0) + 8)
  await expect.poll(() => place(page, 'step')).not.toBe(before)

  const trouble = page.getByTestId('trouble')
  await expect(trouble).toContainText('was written, but the CA did not see it')
  await expect(page.getByRole('button', { name: /authorization www.* Error: The right TXT value/ })).toBeVisible()
  await trouble.click()
  expect(place(page, 'view')).toBe('findings')
  await expect(page.getByTestId('finding').first()).toContainText('was written, but the CA did not see it')
})

test('nothing stands in the way of who cannot see or use a mouse; printed whole, in ink on paper', async ({
  page,
  examples,
}) => {
  await page.goto(`${examples}${failed}&hide=dns%3ACloudflare`)
  await step(page, 'newOrder').click()
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.getByTestId('tie').first()).toBeVisible()
    await expect(page.getByTestId('trouble')).toBeVisible()
    await expectAccessible(page)
    await page.getByTestId('lane').first().getByRole('button').click()
    await expect(page.getByRole('menuitem')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menuitem')).toHaveCount(0)
  }

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  const printed = page.getByTestId('printed')
  await expect(printed.locator('[data-operation="directory"]')).toBeVisible()
  await expect(printed.getByRole('listitem').last()).toBeVisible()
  await expect(zoom(page)).toBeHidden()
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(printed).toHaveCount(0)
})

/** A recorder, and a client that asks a server of ours through it as often as told. */
async function recordLive(folder: string) {
  const ports = ['--proxy-port', '0', '--ui-port', '0', '--recordings', folder]
  const recorder = start({ argv: [...acmescopeProgram, 'serve', '--json', ...ports] })
  const { ui, proxy } = JSON.parse(await recorder.line(/^\{.*"proxy"/, 20_000))
  const server = createServer((_, answer) => answer.end('{}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const { hostname, port: proxyPort } = new URL(proxy)
  const ask = (path: string) =>
    new Promise<void>((resolve, reject) => {
      request({ hostname, port: proxyPort, path: `http://127.0.0.1:${port}${path}` }, (answer) => {
        answer.resume()
        answer.once('end', resolve)
      })
        .once('error', reject)
        .end()
    })
  const stop = async () => {
    server.close()
    await recorder.stop()
  }
  const asks = async (from: number, to: number) => {
    for (let number = from; number <= to; number++) await ask(`/asked-${number}`)
  }
  return { ui: ui as string, asks, stop }
}

test('follows what is recorded until the person looks elsewhere, by wheel, by key and by drag', async ({
  page,
  folder,
}) => {
  const { ui, asks, stop } = await recordLive(folder)
  const last = (path: string) => page.locator('[data-testid="step"]').filter({ hasText: path }).last()
  const jump = page.getByTestId('jump-to-latest')
  try {
    await page.goto(ui)
    await expect(page.getByTestId('start')).toBeVisible()
    await asks(1, 1)
    await expect(last('/asked-1')).toBeVisible()
    await asks(2, 40)
    await expect(last('/asked-40')).toBeInViewport()

    await turnWheel(page, -300)
    await expect(last('/asked-40')).not.toBeInViewport()
    await asks(41, 44)
    await expect(jump).toHaveText(/4 new/)
    await expect(last('/asked-40')).not.toBeInViewport()
    await jump.click()
    await asks(45, 45)
    await expect(last('/asked-45')).toBeInViewport()

    await page.keyboard.press('Home')
    await asks(46, 46)
    await expect(jump).toBeVisible()
    await expect(page.getByTestId('step').first()).toBeInViewport()
    await page.keyboard.press('Escape')
    await jump.click()
    await asks(47, 47)
    await expect(last('/asked-47')).toBeInViewport()

    const strip = await page.getByTestId('overview').boundingBox()
    await page.mouse.move((strip?.x ?? 0) + 6, (strip?.y ?? 0) + 400)
    await page.mouse.down()
    await page.mouse.move((strip?.x ?? 0) + 6, (strip?.y ?? 0) + 40)
    await page.mouse.up()
    await asks(48, 48)
    await expect(jump).toBeVisible()
    await expect(last('/asked-48')).not.toBeInViewport()

    await jump.click()
    await expect(last('/asked-48')).toBeInViewport()
    await page.mouse.move(500, 400)
    await page.mouse.down()
    await page.mouse.move(500, 500)
    await page.mouse.move(500, 700)
    await page.mouse.up()
    await asks(49, 49)
    await expect(jump).toBeVisible()

    // Back at the end by wheel, it follows again.
    await turnWheel(page, 9000)
    await expect(jump).toBeHidden()
    await asks(50, 52)
    await expect(last('/asked-52')).toBeInViewport()
  } finally {
    await stop()
  }
})
