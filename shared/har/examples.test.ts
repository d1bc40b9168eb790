/** The recordings that ship with the tool: readable, whole, and written by what writes HAR today. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeAll } from '../acme/decode.ts'
import type { DecodedExchange } from '../acme/model.ts'
import { bodyText } from '../exchange.ts'
import { redactFacts } from '../redact/redact.ts'
import { readHar } from './read.ts'
import { toHar } from './write.ts'

const textOf = (name: string) => readFileSync(new URL(`../../recordings/examples/${name}.har`, import.meta.url), 'utf8')
const decodedOf = async (...[facts]: Parameters<typeof decodeAll>) =>
  (await decodeAll(facts)).filter((decoded): decoded is DecodedExchange => decoded.kind === 'exchange')

const EXAMPLES: readonly (readonly [file: string, name: string, exchanges: number])[] = [
  ['traefik-letsencrypt-cloudflare', "Traefik, Let's Encrypt staging, Cloudflare (2024)", 35],
  ['lego-dns-01', 'lego, dns-01 by Cloudflare: three names, one a wildcard', 24],
  ['lego-http-01-revoke', 'lego, http-01, then the certificate is revoked', 14],
  ['lego-txt-not-served', 'lego, dns-01 fails: another TXT value is served', 12],
]

describe.each(EXAMPLES)('%s', (file, name, exchanges) => {
  const text = textOf(file)
  const reading = readHar(text)

  it('is read without a problem', () => {
    expect(reading).toMatchObject({ name, problems: [] })
    expect(reading.exchanges).toHaveLength(exchanges)
  })

  it('is what would be written of it', () => {
    if (!reading.recording) throw new Error('no recording')
    const { recording, facts } = reading
    const again = toHar({ id: file, ...recording }, facts, { redact: 'none', toolVersion: recording.toolVersion })
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(again)))
  })

  it('names nothing of the machine it was made on', () => {
    expect(text).not.toMatch(/\/(?:work|home|root|tmp|usr|Users)\/|localhost|127\.0\.0\.|\\\\/)
  })

  it('has no signature that is invalid, even when its secrets are masked', async () => {
    const plain = await decodedOf(reading.facts)
    const masked = await decodedOf(redactFacts(reading.facts, 'secrets').facts)
    const invalid = [...plain, ...masked].filter(({ jws }) => jws?.signature.status === 'invalid')
    expect(plain.some(({ jws }) => jws !== null)).toBe(true)
    expect(invalid.map(({ head }) => head.id)).toEqual([])
  })
})

describe('the reference scenario', () => {
  const { exchanges } = readHar(textOf('traefik-letsencrypt-cloudflare'))

  it('keeps its answer that is no JSON', () => {
    const text = bodyText(exchanges[11]?.response?.body ?? { kind: 'empty' }) ?? ''
    expect(text).toHaveLength(722)
    expect(() => JSON.parse(text)).toThrow()
    expect(text).toContain('"managed_by_argo_tunnel": false,\n        },')
  })

  it('keeps its made-up times', () => {
    expect(new Set(exchanges.map(({ timings }) => timings.total))).toEqual(new Set([30]))
  })

  it('cannot be checked where its author cut it, and says so', async () => {
    const decoded = await decodedOf(exchanges)
    expect(decoded.flatMap(({ csr }) => csr ?? [])).toEqual([{ error: '“...” is not base64url' }])
    const chains = decoded.flatMap(({ response }) => (response.kind === 'certificates' ? response : []))
    expect(chains.map(({ chain, errors }) => [chain.length, errors.length])).toEqual([
      [0, 2],
      [0, 3],
    ])
  })
})

describe('lego by dns-01', () => {
  it('verifies throughout, and is issued what it asked for', async () => {
    const decoded = await decodedOf(readHar(textOf('lego-dns-01')).facts)
    const verdicts = new Set(decoded.flatMap(({ jws }) => jws?.signature.status ?? []))
    expect(verdicts).toEqual(new Set(['valid']))
    const names = ['*.nas.example.test', 'nas.example.test', 'test1.test2.example.test']
    const [csr] = decoded.flatMap((exchange) => (exchange.csr && 'names' in exchange.csr ? exchange.csr : []))
    const [issued] = decoded.flatMap(({ response }) => (response.kind === 'certificates' ? response.chain : []))
    expect(csr?.names.toSorted()).toEqual(names)
    expect(issued?.sans.toSorted()).toEqual(names)
    expect(issued?.key.spkiSha256).toBe(csr?.key.spkiSha256)
  })
})
