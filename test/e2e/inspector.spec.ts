/** The inspector: every panel by mouse and keyboard, secrets, links, copies, and what was made to break it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Body, Exchange, Fact, Headers } from '../../shared/exchange.ts'
import { toHar } from '../../shared/har/write.ts'
import { skipWithout } from '../lab/peers.ts'
import { issued } from '../synthetic/scenarios.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] })

const LEGO = '?recording=example-lego-dns-01'

const step = (page: Page, operation: string): Locator =>
  page.locator(`[data-testid="step"][data-operation="${operation}"]`).first()

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true })

const panel = (page: Page): Locator => page.getByRole('tabpanel')

const header = (page: Page, name: string): Locator =>
  panel(page)
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })

const pasted = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())

async function copyAs(page: Page, format: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('menuitem', { name: format }).click()
  await expect(page.getByTestId('inspector').getByRole('status')).toContainText('copied')
  return pasted(page)
}

/** What the browser's console would show in red, and any window that a script opened. */
function listenForComplaints(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => complaints.push(dialog.message()))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  return complaints
}

for (const scheme of ['dark', 'light'] as const) {
  test(`each panel says what it is for, ${scheme}`, async ({ page, examples }) => {
    const complaints = listenForComplaints(page)
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto(examples + LEGO)
    await step(page, 'finalize').click()
    for (const [name, words] of [
      ['Summary', 'The client names what it wants'],
      ['Decoded', 'Until when the CA keeps the order.'],
      ['JWS', 'The signature is valid'],
      ['Request', 'A signed request: a flattened JWS.'],
      ['Response', 'The nonce for the next signed request.'],
      ['CSR', 'checked with the key in the request'],
      ['Timing', 'Waited for the answer'],
      ['RFC', 'Applying for Certificate Issuance'],
    ] as const) {
      await tab(page, name).click()
      await expect(panel(page)).toContainText(words)
      expect(new URL(page.url()).searchParams.get('panel')).toBe(name.toLowerCase())
      await expectAccessible(page, '[data-testid="inspector"]')
    }
    expect(complaints).toEqual([])
  })
}

test('tabs and steps go by keys; the address holds the tab', async ({ page, examples }) => {
  await page.goto(`${examples + LEGO}&panel=response`)
  await step(page, 'newOrder').click()
  await expect(tab(page, 'Response')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press(']')
  await expect(tab(page, 'Timing')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('[')
  await tab(page, 'Response').focus()
  await page.keyboard.press('ArrowLeft')
  await expect(tab(page, 'Request')).toBeFocused()
  await expect(tab(page, 'Response')).toHaveAttribute('tabindex', '-1')
  await page.keyboard.press('Home')
  await expect(tab(page, 'Summary')).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('tab').last()).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('button', { name: 'Next step' }).click()
  await expect(page.getByTestId('inspector')).toContainText('#5')
})

test('what a value names is led to, and a copy is what was sent', async ({ page, examples }) => {
  await page.goto(`${examples + LEGO}&panel=response`)
  await step(page, 'newOrder').click()
  const location = header(page, 'Location')
  await expect(location.getByRole('link', { name: 'order', exact: true })).toHaveAttribute(
    'href',
    /view=objects&object=/,
  )
  const curl = await copyAs(page, /curl/)
  expect(curl).toContain('a signed request: the server takes its nonce once')
  expect(curl).toMatch(/\ncurl --globoff https:\/\/\S+ \\\n/)
  expect(await copyAs(page, /fetch/)).toContain('await fetch("https://')
  const jws = await copyAs(page, /base64url/)
  expect(jws).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  expect(JSON.parse(await copyAs(page, /JSON/))).toMatchObject({ operation: 'newOrder', response: { status: 201 } })
  await panel(page).getByText('Pretty', { exact: true }).click()
  await expect(panel(page).locator('.cm-leads').first()).toHaveAttribute('title', /^Go to/)
  await header(page, 'Replay-Nonce').getByRole('link', { name: /^#/ }).click()
  await expect(page.getByTestId('inspector').getByRole('heading', { level: 2 })).toHaveText('authorization')
})

test('what nobody recorded, and what came to nothing, say so and what to do', async ({ page, ui, folder }) => {
  const { world, facts } = await issued()
  world.connection({ host: 'api.other.test' })
  const failure = { stage: 'upstream-connect', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' } as const
  const { response: _, ...unanswered } = toExchange({ path: 'x', type: '', answer: text('') }, 0, facts.length)
  await openHar(page, ui, folder, [...facts, { ...unanswered, failure }])
  const inspector = page.getByTestId('inspector')

  await page.getByTestId('inferred').first().getByRole('button').click()
  await expect(inspector).toContainText('Not recorded, but inferred')
  await expect(inspector).toContainText('Proof, dns-01')
  await expectAccessible(page, '[data-testid="inspector"]')

  await goTo(page, unanswered.id, 'response')
  await expect(inspector).toContainText('The server could not be reached')
  await expect(inspector.getByRole('listitem').filter({ hasText: 'failed' })).toContainText('Connection to the server')
  await expectAccessible(page, '[data-testid="inspector"]')

  await page.getByTestId('connection').getByRole('button').dispatchEvent('click')
  await expect(inspector).toContainText('The client refused our certificate')
  await expect(inspector.getByTestId('finding-card')).toContainText('What to do')
  await expectAccessible(page, '[data-testid="inspector"]')
})

// ───────────────────────────── what was made to break it

const TOKEN = 'v1.0-e24fd090c02efcfecb4de8f4ff246fd5c75b48946fdf0ce2'
const SCRIPT = '<script>document.title="owned"</script><img src=x onerror="alert(1)">'
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

interface Said {
  readonly path: string
  readonly sent?: Headers
  readonly body?: Body
  readonly type: string
  readonly headers?: Headers
  readonly answer: Body
}

const text = (value: string): Body => ({ kind: 'text', text: value })

const hostile: readonly Said[] = [
  { path: 'line', type: 'text/plain', answer: text('0123456789'.repeat(1_000_000)) },
  {
    path: 'page',
    type: 'text/html',
    headers: [
      ['X-Script', SCRIPT],
      ['X-Turned', 'safe\u202Egnp.exe'],
    ],
    answer: text(SCRIPT),
  },
  {
    path: 'picture.svg',
    type: 'image/svg+xml',
    answer: text(`<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`),
  },
  { path: 'picture.png', type: 'image/png', answer: { kind: 'base64', base64: PNG } },
  {
    path: `login?token=${TOKEN}`,
    sent: [
      ['Authorization', `Bearer ${TOKEN}`],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ],
    body: text(`grant_type=client_credentials&client_secret=${TOKEN}`),
    type: 'application/json',
    answer: text(JSON.stringify({ access_token: TOKEN, ok: true })),
  },
]

const toExchange = (
  { path, sent = [], body, type, headers = [], answer }: Said,
  at: number,
  after: number,
): Exchange => ({
  kind: 'exchange',
  id: `hostile-${at}`,
  sequence: after + at + 1,
  startedAt: new Date(Date.UTC(2026, 0, 3, 0, 0, at)).toISOString(),
  client: { address: null, port: null },
  state: 'complete',
  timings: {},
  request: {
    method: 'POST',
    url: `https://elsewhere.example.test/${path}`,
    httpVersion: 'HTTP/1.1',
    headers: sent,
    body: body ?? { kind: 'empty' },
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    headers: [['Content-Type', type], ...headers],
    body: answer,
  },
})

async function openHostile(page: Page, ui: string, folder: string): Promise<void> {
  const names = Array.from({ length: 5_000 }, (_, index) => `n${index}.example.test`)
  const { facts } = await issued({ bend: { finalize: { issue: { names } } } })
  await openHar(page, ui, folder, [...facts, ...hostile.map((said, at) => toExchange(said, at, facts.length))])
}

async function openHar(page: Page, ui: string, folder: string, all: readonly Fact[]): Promise<void> {
  const recording = {
    id: 'hostile',
    name: 'hostile',
    startedAt: '2026-01-01T00:00:00.000Z',
    source: 'import',
    toolVersion: '0',
  } as const
  const file = join(folder, 'hostile.har')
  await writeFile(file, JSON.stringify(toHar(recording, all, { redact: 'none', toolVersion: '0' })))
  await page.goto(ui)
  await page.getByTestId('file-input').setInputFiles(file)
  await expect(step(page, 'certificate')).toBeAttached()
}

const goTo = (page: Page, id: string, name: string): Promise<void> =>
  page.evaluate(
    ([exchange, shown]) => {
      const place = new URL(window.location.href)
      place.searchParams.set('step', exchange ?? '')
      place.searchParams.set('panel', shown ?? '')
      window.history.pushState(null, '', place)
      window.dispatchEvent(new PopStateEvent('popstate'))
    },
    [id, name],
  )

test('hostile bodies, headers and names are text, and the page stays quick', async ({ page, ui, folder }) => {
  const complaints = listenForComplaints(page)
  await openHostile(page, ui, folder)

  await goTo(page, 'hostile-0', 'response')
  await expect(panel(page)).toContainText('The first 100,000 characters of 10,000,000')
  await panel(page).getByText('Hex', { exact: true }).click()
  const hex = panel(page).getByRole('region', { name: 'Body as hex' })
  await expect(hex).toContainText('30 31 32 33')
  await hex.focus()
  await page.keyboard.press('End')
  await expect(hex).toContainText('00989670')
  await panel(page).getByText('Raw', { exact: true }).click()
  await panel(page).getByRole('button', { name: 'Show all' }).click()
  await expect(panel(page)).toContainText('Long lines are broken here')
  await expect(panel(page).locator('.cm-line').first()).toBeVisible()

  await goTo(page, 'hostile-1', 'response')
  await expect(panel(page)).toContainText(SCRIPT)
  await expect(panel(page)).toContainText('safe⟨U+202E⟩gnp.exe')
  await goTo(page, 'hostile-2', 'response')
  await expect(panel(page)).toContainText('<svg xmlns')
  await expect(panel(page).getByText('Image', { exact: true })).toHaveCount(0)
  await goTo(page, 'hostile-3', 'response')
  await expect(panel(page).getByRole('img', { name: 'The body, image/png' })).toHaveAttribute('src', /^blob:/)
  await expect(panel(page)).toContainText('image/png 1 × 1')

  await step(page, 'certificate').getByRole('button').dispatchEvent('click')
  await tab(page, 'Certificate').click()
  await panel(page).getByRole('button', { name: 'and 4,992 more' }).click()
  await panel(page).getByRole('textbox', { name: 'Find a name' }).fill('n4999.')
  await expect(panel(page).getByRole('region', { name: 'Names' })).toHaveText('n4999.example.test')
  await expectAccessible(page, '[data-testid="inspector"]')
  expect(await page.title()).not.toContain('owned')
  expect(complaints).toEqual([])
})

test('secrets are masked until they are revealed, and again on the next step', async ({ page, ui, folder }) => {
  await openHostile(page, ui, folder)
  await goTo(page, 'hostile-4', 'request')
  const inspector = page.getByTestId('inspector')
  await expect(panel(page)).toContainText('Bearer <api_token_1>')
  await expect(panel(page)).toContainText(`${TOKEN.length} characters, masked`)
  await expect(panel(page).getByRole('row', { name: 'client_secret' })).not.toContainText(TOKEN)
  await expect(inspector).not.toContainText(TOKEN)
  expect(await copyAs(page, /curl/)).not.toContain(TOKEN)
  await expect(inspector.getByRole('status')).toContainText(/\d secrets masked/)

  await inspector.getByRole('button', { name: /Reveal \d secrets/ }).click()
  await expect(panel(page)).toContainText(`Bearer ${TOKEN}`)
  await expect(panel(page).getByRole('row', { name: 'client_secret' })).toContainText(TOKEN)
  expect(page.url()).not.toContain(TOKEN)
  expect(await copyAs(page, /curl/)).toContain(TOKEN)
  await expect(inspector.getByRole('status')).toContainText('secrets not masked')
  await expectAccessible(page, '[data-testid="inspector"]')

  await goTo(page, 'hostile-3', 'request')
  await expect(panel(page)).toContainText('picture.png')
  await goTo(page, 'hostile-4', 'request')
  await expect(inspector).not.toContainText(TOKEN)
})
