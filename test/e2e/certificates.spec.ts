/** Certificates and signing requests in the inspector: compared with the order, verified, and in full. */
import { expect, type Page } from '@playwright/test'
import { skipWithout } from '../lab/peers.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')
test.use({ viewport: { width: 1440, height: 900 } })

async function look(page: Page, ui: string, operation: string, tab: string) {
  await page.goto(`${ui}?recording=example-lego-dns-01&view=exchanges&q=op:${operation}`)
  await page.getByTestId('exchange-row').filter({ hasText: operation }).first().click()
  await page.getByRole('tab', { name: tab, exact: true }).click()
  return page.getByRole('tabpanel')
}

for (const scheme of ['dark', 'light'] as const) {
  test(`a chain: compared, each link verified, in full as OpenSSL shows it, ${scheme}`, async ({ page, ui }) => {
    await page.emulateMedia({ colorScheme: scheme })
    const panel = await look(page, ui, 'certificate', 'Certificate')
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
    await expectAccessible(page)
  })
}

test('a signing request: compared, and signed by its own key', async ({ page, ui }) => {
  const panel = await look(page, ui, 'finalize', 'CSR')
  await expect(panel).toContainText('checked with the key in the request')
  await panel.getByText(/^In full, as/).click()
  await expect(panel.getByRole('region', { name: 'openssl req -text' })).toContainText('Certificate Request:')
})
