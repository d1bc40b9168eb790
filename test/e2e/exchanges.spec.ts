/** The table of exchanges: asked in words, narrowed down by pointing, its columns chosen, and all of it by keyboard. */
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { expectAccessible, test } from './recorder.ts'

const traefik = '?recording=example-traefik-letsencrypt-cloudflare&view=exchanges'
const failed = '?recording=example-lego-txt-not-served&view=exchanges'

const rows = (page: Page) => page.getByTestId('exchange-row')
const box = (page: Page) => page.getByRole('combobox', { name: 'Search exchanges' })
const footer = (page: Page) => page.getByTestId('exchanges-footer')
const asked = (page: Page) => new URL(page.url()).searchParams.get('q')

test('a query is completed, applies as it is typed, stays in the address, and says what is wrong', async ({
  page,
  examples,
}) => {
  await page.goto(examples + traefik)
  await expect(footer(page)).toContainText('35 exchanges')
  await expect(footer(page)).toContainText('22:44:23 – 22:45:49')

  await page.keyboard.press('/')
  await expect(box(page)).toBeFocused()
  await expect(page.getByRole('option', { name: /is:failed/ })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.type('host:clou')
  await expect(page.getByRole('option')).toHaveText(['host:api.cloudflare.com7'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveValue('host:api.cloudflare.com ')
  await expect(rows(page)).toHaveCount(7)
  await expect(footer(page)).toContainText('7 of 35')
  await page.keyboard.type('-op:find')
  await page.keyboard.press('Tab')
  await expect(box(page)).toHaveValue('host:api.cloudflare.com -op:dns.findZone ')
  await expect(rows(page)).toHaveCount(6)
  await expect.poll(() => asked(page)).toBe('host:api.cloudflare.com -op:dns.findZone')

  // What cannot be read is said, with its place, and the last query goes on to apply.
  await page.keyboard.type('hots:x')
  await expect(page.getByText('Character 42: there is no field hots; did you mean host:?')).toBeVisible()
  await expect(rows(page)).toHaveCount(6)
  expect(asked(page)).toBe('host:api.cloudflare.com -op:dns.findZone')

  await page.reload()
  await expect(rows(page)).toHaveCount(6)
  await box(page).focus()
  await page.keyboard.press('Escape')
  await expect(box(page)).toHaveValue('')
  await expect(footer(page)).toContainText('35 exchanges')
  await page.goBack()
  await expect(rows(page)).toHaveCount(6)
})

test('where nothing fits, the condition to blame is named and can be dropped', async ({ page, examples }) => {
  await page.goto(`${examples}${traefik}&q=${encodeURIComponent('op:dns status:>=400')}`)
  await expect(page.getByText('Nothing in this recording fits status:>=400')).toBeVisible()
  await page.getByRole('button', { name: 'Without it: 7' }).click()
  await expect(rows(page)).toHaveCount(7)
  await expect(box(page)).toHaveValue('op:dns')
  await page.getByRole('button', { name: 'What can be asked' }).click()
  const help = page.getByRole('dialog', { name: 'What can be asked' })
  await expect(help).toContainText('What either body holds')
  await expectAccessible(page)
  await help.getByRole('button', { name: 'method:HEAD' }).click()
  await expect(rows(page)).toHaveCount(3)
})

test('a cell narrows down, by mouse and by menu', async ({ page, examples }) => {
  await page.goto(examples + traefik)
  const operation = rows(page).nth(4).locator('td[data-column="operation"]')
  await operation.hover()
  await page.getByRole('button', { name: 'Not op:authorization' }).click()
  await expect(box(page)).toHaveValue('-op:authorization')
  await expect(footer(page)).toContainText('21 of 35')
  await rows(page)
    .filter({ hasText: 'createRecord' })
    .first()
    .locator('td[data-column="identifier"]')
    .click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Only name:=nas.mycustomservice.local' }).click()
  await expect(box(page)).toHaveValue('-op:authorization name:=nas.mycustomservice.local')
  await page.goBack()
  await expect(footer(page)).toContainText('21 of 35')
  // By keyboard: all that the row's cells stand for.
  await rows(page).first().focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Only method:GET' }).press('Enter')
  await expect(box(page)).toHaveValue('-op:authorization method:GET')
  await expect(rows(page)).toHaveCount(2)
})

test('rows are walked by key, sorted by their heads, and opened', async ({ page, examples }) => {
  await page.goto(examples + failed)
  const grid = page.getByRole('grid', { name: 'Exchanges' })
  await expect(grid).toHaveAttribute('aria-rowcount', '13')
  await page.keyboard.press('End')
  await expect(rows(page).last()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('k')
  await expect(rows(page).nth(10)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('PageUp')
  await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('j')
  await expect(page.getByTestId('inspector')).toContainText('newNonce')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('inspector')).toHaveCount(0)

  const head = page.getByRole('columnheader', { name: 'Duration' })
  await head.getByRole('button').click()
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await expect(rows(page).first().locator('td[data-column="duration"]')).toHaveText('38 ms')
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute('aria-sort', 'descending')
})

test('columns are chosen, made wider and kept; without room they yield', async ({ page, examples }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(examples + traefik)
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true })
  await expect(head('Waterfall')).toBeVisible()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Nonce' }).check()
  await page.getByRole('checkbox', { name: 'Size' }).uncheck()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(head('Nonce')).toBeVisible()
  await expect(head('Size')).toHaveCount(0)

  const width = async () => (await head('Operation').boundingBox())?.width ?? 0
  const before = await width()
  await head('Operation').getByRole('button').press('Shift+ArrowRight')
  await expect.poll(width).toBe(before + 16)
  const edge = await head('Operation').boundingBox()
  if (edge === null) throw new Error('the head is drawn')
  await page.mouse.move(edge.x + edge.width, edge.y + 10)
  await page.mouse.down()
  await page.mouse.move(edge.x + edge.width + 40, edge.y + 10, { steps: 4 })
  await page.mouse.up()
  await expect.poll(width).toBeCloseTo(before + 56, 0)

  await page.setViewportSize({ width: 1024, height: 768 })
  await page.reload()
  await expect(head('Nonce')).toBeVisible()
  await expect(head('Waterfall')).toHaveCount(0)
  await expect(head('Operation')).toBeVisible()
  expect(await width()).toBeCloseTo(before + 56, 0)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Reset columns' }).click()
  await page.keyboard.press('Escape')
  await expect(head('Nonce')).toHaveCount(0)
})

for (const scheme of ['dark', 'light'] as const)
  test(`${scheme}: nothing stands in the way of who cannot see or use a mouse`, async ({ page, examples }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto(examples + failed)
    await rows(page).nth(8).click()
    await expect(page.getByTestId('inspector')).toBeVisible()
    await expectAccessible(page)
  })
