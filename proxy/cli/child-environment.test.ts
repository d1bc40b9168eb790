import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { childEnvironment, withPreload } from './child-environment.ts'

const values = { proxy: 'http://127.0.0.1:1', bundle: '/r/bundle.pem', pem: '/r/ca.pem' }

test('what was given stays, but for what would lead past us', () => {
  const env = childEnvironment({ CF_API_TOKEN: 't', NO_PROXY: '*', ALL_PROXY: 'socks5://127.0.0.1:2' }, values)
  expect(env).toMatchObject({ CF_API_TOKEN: 't', NO_PROXY: '', ALL_PROXY: '', HTTPS_PROXY: values.proxy })
})

test('Node loads our file, whatever its folder is called, and keeps the options it was given', () => {
  const folder = mkdtempSync(join(tmpdir(), `it's a "back\\slash`))
  try {
    const file = join(folder, 'first.cjs')
    writeFileSync(file, 'globalThis.first = "loaded"')
    const env = { ...process.env, NODE_OPTIONS: withPreload('--no-warnings', file) }
    const said = execFileSync(process.execPath, ['-p', 'first + process.env.NODE_OPTIONS'], { env }).toString()
    expect(said).toMatch(/^loaded--no-warnings /)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
