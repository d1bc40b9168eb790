/**
 * A recording made to break the page: script wherever a word can stand, text that turns the reading direction round, bodies,
 * certificates and headers without end. All of it is shown as text, the page stays quick, and nothing is executed.
 */
import { expect, type Page } from '@playwright/test'
import { toHar } from '../../shared/har/write.ts'
import { startRecording } from '../hostile/recording.ts'
import { skipWithout } from '../lab/peers.ts'
import { makeCsr, makeKeys, makeLeaf, makeRoot, toPem } from '../synthetic/materials.ts'
import { test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

const SCRIPT = '<img src=x onerror="window.executed=1"><script>window.executed=1</script>'
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.executed=1"><script>window.executed=1</script></svg>`
/** Right-to-left override: what follows reads backwards where nobody isolates it. */
const BIDI = '\u202Egro.elpmaxe'
const START = Date.UTC(2026, 0, 2)
const HOST = 'https://ca.test'

const EXCHANGES = 9

/** Panels that show what was sent and answered; the others need to be seen once. */
const TELLING = /Summary|Decoded|JWS|Request|Response|CSR|Certificate/

/** Everything there is too much of, each in an exchange of its own. */
async function hostile() {
  const recording = startRecording()
  const names = Array.from({ length: 5_000 }, (_, index) => `n${index}.example.test`)
  const keys = await makeKeys()
  const root = await makeRoot('<script>window.executed=1</script>', START)
  const leaf = await makeLeaf(names, keys.publicKey, root, START)
  const identifiers = [SCRIPT, BIDI, ...names].map((value) => ({ type: 'dns', value }))
  const order = {
    status: 'pending',
    identifiers,
    authorizations: [`${HOST}/authz/1`],
    finalize: `${HOST}/finalize`,
    __proto__: null,
    [SCRIPT]: SCRIPT,
  }
  recording.directory(HOST)
  const { add } = recording
  add(
    { url: `${HOST}/order`, payload: { identifiers } },
    { status: 201, body: order, headers: [['Location', `${HOST}/o/1`]] },
  )
  const problem = { type: `urn:ietf:params:acme:error:${SCRIPT}`, detail: SCRIPT + BIDI, status: 403 }
  add({ url: `${HOST}/authz/1`, payload: '' }, { status: 403, body: problem, type: 'application/problem+json' })
  add({ url: `${HOST}/finalize`, payload: { csr: await makeCsr(names, keys) } }, { body: order })
  add({ url: `${HOST}/cert`, payload: '' }, { body: toPem([leaf, root.certificate]) })
  const headers = Array.from({ length: 10_000 }, (_, index) => [`X-${index}`, `${SCRIPT}${BIDI}`] as const)
  add(
    { url: `${HOST}/headers?${encodeURIComponent(SCRIPT)}`, agent: SCRIPT },
    { body: SCRIPT, type: 'text/html', headers },
  )
  add({ url: `${HOST}/line` }, { body: SCRIPT + 'x'.repeat(10 * 1024 * 1024), type: 'text/plain' })
  add(
    { url: `${HOST}/json` },
    { body: JSON.stringify({ [SCRIPT]: 'y'.repeat(1024 * 1024) }), type: 'application/json' },
  )
  add({ url: `${HOST}/picture` }, { body: SVG, type: 'image/svg+xml' })
  return recording.facts
}

/** Imports it; answers its query. */
async function open(page: Page, ui: string): Promise<string> {
  const facts = await hostile()
  const about = { id: 'h', name: SCRIPT, startedAt: new Date(START).toISOString(), source: 'import', toolVersion: '0' }
  const har = JSON.stringify(toHar(about as Parameters<typeof toHar>[0], facts, { redact: 'none', toolVersion: '0' }))
  const answer = await page.request.post(`${ui}/api/recordings?name=hostile`, { data: Buffer.from(har) })
  expect(answer.status(), await answer.text()).toBe(201)
  const { recording } = await answer.json()
  return `?recording=${recording.id}`
}

/** What a page that is had would do. */
function watch(page: Page, ui: string): readonly string[] {
  const seen: string[] = []
  page.on('dialog', (dialog) => seen.push(`dialog ${dialog.message()}`))
  page.on('pageerror', (error) => seen.push(`error ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && seen.push(`console ${message.text()}`))
  page.on('request', (request) => request.url().startsWith(ui) || seen.push(`request ${request.url().slice(0, 200)}`))
  return seen
}

test('every view and every panel shows it as text, and executes none of it', async ({ page, ui }) => {
  const query = await open(page, ui)
  const seen = watch(page, ui)
  await page.goto(`${ui}${query}`)
  const inspector = page.getByTestId('inspector')
  await expect(page.getByTestId('step')).toHaveCount(EXCHANGES)
  for (let sequence = 1; sequence <= EXCHANGES; sequence++) {
    await page.keyboard.press('j')
    await expect(inspector.getByRole('heading').first()).toBeVisible()
    const tabs = inspector.getByRole('tab', sequence > 1 ? { name: TELLING } : {})
    for (const tab of await tabs.all()) {
      await tab.click()
      await expect(tab).toHaveAttribute('aria-selected', 'true')
      await expect(inspector.getByRole('tabpanel')).not.toBeEmpty()
    }
  }
  for (const view of ['exchanges', 'objects', 'findings', 'rfc']) {
    await page.goto(`${ui}${query}&view=${view}`)
    await expect(page.getByRole('main')).not.toBeEmpty()
    await expect(page.getByText('window.executed=1').first()).toBeAttached()
  }
  expect(await page.evaluate(() => 'executed' in window)).toBe(false)
  expect(seen).toEqual([])
})
