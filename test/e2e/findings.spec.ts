/** Findings as a person reads them: the cause, what follows from it beneath, and the step each shows in. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { toHar } from '../../shared/har/write.ts'
import { errors } from '../lab/cloudflare-json.ts'
import { skipWithout } from '../lab/peers.ts'
import { refusedByCloudflare } from '../synthetic/cloudflare.ts'
import { issued } from '../synthetic/scenarios.ts'
import { problem } from '../synthetic/world.ts'
import { expectAccessible, test } from './recorder.ts'

test.skip(skipWithout('chromium'), 'the machine lacks a program')

/** A refused token, so no record, so a failed proof, so a refused CSR; and a connection that came to nothing. */
async function cascade(folder: string): Promise<string> {
  const { world, order, facts } = await issued({ client: 'certbot', until: 'fetchAuthorizations' })
  world.writeTxt(order, { answer: refusedByCloudflare(errors.invalidToken) })
  world.answer(order, { result: problem('unauthorized', 'No TXT record found at _acme-challenge.example.test') })
  world.pollAuthorizations(order)
  await world.finalize(order, { answer: problem('orderNotReady', 'the order is invalid') })
  world.connection({ host: 'api.other.test' })
  const startedAt = new Date(world.now()).toISOString()
  const recording = {
    id: 'cascade',
    name: 'cascade',
    startedAt,
    endedAt: startedAt,
    source: 'live',
    toolVersion: '0',
  } as const
  const file = join(folder, 'cascade.har')
  await writeFile(file, JSON.stringify(toHar(recording, facts, { redact: 'secrets', toolVersion: '0' })))
  return file
}

for (const scheme of ['dark', 'light'] as const) {
  test(`a cascade: the cause first, and beneath it what follows from it, ${scheme}`, async ({ page, ui, folder }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto(ui)
    await page.getByTestId('file-input').setInputFiles(await cascade(folder))
    await page.getByTestId('view-findings').click()
    const finding = page.getByTestId('finding')
    await expect(finding.first()).toHaveAttribute('data-finding', 'dns-api.unauthorized')
    const beneath = page.getByRole('region', { name: 'What follows from dns-api.unauthorized' })
    await expect(beneath.locator('[data-finding="dns.txt-never-written"]')).toBeVisible()
    await expect(beneath.locator('[data-finding="order.finalized-before-ready"]')).toBeVisible()
    await expect(beneath.locator('[data-finding="trust.client-rejected-authority"]')).toHaveCount(0)
    await expectAccessible(page)
    await page.locator('[data-finding="trust.client-rejected-authority"]').getByRole('button', { name: /^#/ }).click()
    await expect(page.getByTestId('inspector')).toContainText('api.other.test')
    await page.locator('[data-finding="dns.txt-never-written"]').getByRole('button', { name: /^#/ }).click()
    await expect(page.getByTestId('inspector')).toContainText('Follows from dns-api.unauthorized')
  })
}
