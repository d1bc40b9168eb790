/** `npm run screenshots`: the pictures of the documentation, taken from the running page on the recordings that ship with it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from '@playwright/test'
import config from '../playwright.config.ts'
import { acmescopeProgram } from './lab/acmescope.ts'
import { start } from './lab/processes.ts'

interface Shot {
  readonly name: string
  readonly query: string
  readonly scheme: 'dark' | 'light'
  readonly width?: number
  readonly height?: number
  /** Selectors clicked one after the other before the picture is taken. */
  readonly clicks?: readonly string[]
}

const reference = '?recording=example-traefik-letsencrypt-cloudflare'
const complete = '?recording=example-lego-dns-01'
const failed = '?recording=example-lego-txt-not-served'

const shots: readonly Shot[] = [
  { name: 'flow-dark', query: complete, scheme: 'dark', clicks: ['[data-operation="newOrder"]'] },
  { name: 'flow-light', query: reference, scheme: 'light' },
  { name: 'flow-small-dark', query: reference, scheme: 'dark', width: 1024, height: 768 },
  { name: 'exchanges-light', query: `${complete}&view=exchanges`, scheme: 'light' },
  { name: 'objects-dark', query: `${complete}&view=objects`, scheme: 'dark' },
  { name: 'findings-dark', query: `${failed}&view=findings`, scheme: 'dark' },
  { name: 'rfc-light', query: `${complete}&view=rfc&section=7.4`, scheme: 'light' },
  { name: 'recordings-dark', query: '?view=recordings', scheme: 'dark' },
  { name: 'start-light', query: '', scheme: 'light' },
]

/** One of these is on every screen once it is drawn. */
const anchors = ['lane', 'exchange-row', 'objects', 'finding', 'rfc', 'recordings', 'start', 'setup']

const folder = await mkdtemp(join(tmpdir(), 'acmescope-screenshots-'))
const ports = ['--proxy-port', '0', '--ui-port', '0']
const recorder = start({ argv: [...acmescopeProgram, 'serve', '--json', ...ports, '--recordings', folder] })
const browser = await chromium.launch(config.use?.launchOptions)
try {
  const { ui } = JSON.parse(await recorder.line(/^\{.*"proxy"/, 20_000))
  for (const shot of shots) await take(browser, ui, shot)
} finally {
  await browser.close()
  await recorder.stop()
  await rm(folder, { recursive: true })
}

async function take(
  browser: Browser,
  ui: string,
  { name, query, scheme, width = 1440, height = 900, clicks = [] }: Shot,
) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' })
  await page.goto(ui + query)
  await page
    .locator(anchors.map((name) => `[data-testid="${name}"]`).join(', '))
    .first()
    .waitFor()
  if (query.includes('recording=')) await page.getByTestId('view-findings').filter({ hasText: /\d/ }).waitFor()
  for (const selector of clicks) await page.locator(selector).first().click()
  if (clicks.length) await page.getByTestId('inspector').waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: fileURLToPath(new URL(`../docs/screenshots/${name}.png`, import.meta.url)) })
  await page.close()
  process.stdout.write(`docs/screenshots/${name}.png\n`)
}
