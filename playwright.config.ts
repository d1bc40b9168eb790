import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

/** Debian's Chromium, kept from speaking to anybody but the page under test. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// Of its own for each run, so that two at a time do not take each other's files; workers inherit it.
process.env.ACMESCOPE_E2E_OUTPUT ??= mkdtempSync(join(tmpdir(), 'acmescope-e2e-'))

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: process.env.ACMESCOPE_E2E_OUTPUT,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: { launchOptions: { executablePath: '/usr/bin/chromium', args }, trace: 'retain-on-failure' },
})
