/** Certificates and signing requests in the inspector: compared with the order, verified, and in full. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { acmescopeProgram } from '../lab/acmescope.ts'
import { skipWithout } from '../lab/peers.ts'
import { type Running, start } from '../lab/processes.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

let folder: string
let recorder: Running
let ui: string

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acmescope-certificates-'))
  const ports = ['--proxy-port', '0', '--ui-port', '0']
  recorder = start({ argv: [...acmescopeProgram, 'serve', '--json', ...ports, '--recordings', folder] })
  ui = JSON.parse(await recorder.line(/^\{.*"proxy"/, 20_000)).ui
})

test.afterEach(async () => {
  await recorder.stop()
  await rm(folder, { recursive: true })
})

async function look(page: Page, operation: string, tab: string) {
  await page.goto(`${ui}?recording=example-lego-dns-01&view=exchanges`)
  await page.getByPlaceholder(/filter/i).fill(operation)
  await page.getByTestId('exchange-row').filter({ hasText: operation }).first().click()
  await page.getByRole('tab', { name: tab, exact: true }).click()
  return page.getByRole('tabpanel')
}

for (const scheme of ['dark', 'light'] as const) {
  test(`a chain: compared, each link verified, in full as OpenSSL shows it, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    const panel = await look(page, 'certificate', 'Certificate')
    await expect(panel.getByRole('row')).not.toHaveCount(0)
    await expect(panel.getByRole('row').filter({ hasText: 'the key' })).toContainText('the same')
    await expect(panel).toContainText('certified by the next')
    await panel
      .getByText(/^In full, as/)
      .first()
      .click()
    await expect(panel.getByRole('region', { name: 'openssl x509 -text' })).toContainText(
      'X509v3 Subject Alternative Name',
    )
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 300)}`)).toEqual([])
  })
}

test('a signing request: compared, and signed by its own key', async ({ page }) => {
  const panel = await look(page, 'finalize', 'CSR')
  await expect(panel).toContainText('checked with the key in the request')
  await panel.getByText(/^In full, as/).click()
  await expect(panel.getByRole('region', { name: 'openssl req -text' })).toContainText('Certificate Request:')
})
