import { deflateRawSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { collectBody, toBody } from './body.ts'

/** `printf '{"status":"ready"}' | zstd | base64` */
const ZSTD = Buffer.from('KLUv/QRYkQAAeyJzdGF0dXMiOiJyZWFkeSJ9/W8LGQ==', 'base64')
/** 5,000,000 zeros: `head -c 5000000 /dev/zero | zstd -19 | base64 -w0` */
const ZSTD_BOMB = Buffer.from(
  'KLUv/QRoTAAACAABAPz/ORACAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAAIAEAACABAAAgAQAANaAgC2wdU/',
  'base64',
)

const bodyOf = (bytes: Buffer, coding: string, limit = 1_000_000) => {
  const collector = collectBody(limit)
  collector.add(bytes)
  return toBody(collector, [['Content-Encoding', coding]], limit)
}

test.each([
  ['zstd', ZSTD],
  ['gzip', gzipSync('{"status":"ready"}')],
  ['deflate', deflateRawSync('{"status":"ready"}')],
  ['zstd, gzip', gzipSync(ZSTD)],
])('%s is undone', async (coding, bytes) => {
  expect(await bodyOf(bytes, coding)).toEqual({ kind: 'text', text: '{"status":"ready"}' })
})

test('a bomb in zstd is omitted, and so is what is no zstd', async () => {
  expect(await bodyOf(ZSTD_BOMB, 'zstd')).toMatchObject({ reason: expect.stringContaining('once decoded') })
  expect(await bodyOf(Buffer.from('no zstd'), 'zstd')).toMatchObject({ reason: expect.stringContaining('is damaged') })
})
