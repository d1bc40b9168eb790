import { beforeAll, describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { issued } from '../../../test/synthetic/scenarios.ts'
import type { Analysis } from '../model.ts'
import { mentionedIn, namedBy } from './named.ts'

let analysis: Analysis
const first = <T>(values: Iterable<T>): T => {
  const [value] = values
  if (value === undefined) throw new Error('none')
  return value
}

beforeAll(async () => {
  analysis = await analysisOf((await issued()).facts)
})

describe('a value that names another thing', () => {
  it('is the URL of an object, first shown somewhere', () => {
    const order = first(analysis.orders.values())
    expect(namedBy(analysis, order.url)).toEqual({
      kind: 'object',
      object: 'order',
      url: order.url,
      exchange: order.exchanges[0],
    })
    const challenge = first(analysis.challenges.keys())
    expect(namedBy(analysis, challenge)).toMatchObject({ kind: 'object', object: 'challenge' })
  })

  it('is a URL that belongs to one', () => {
    const order = first(analysis.orders.values())
    expect(namedBy(analysis, order.finalize ?? '')).toMatchObject({
      kind: 'resource',
      operation: 'finalize',
      owner: { object: 'order', url: order.url },
    })
  })

  it('is a nonce, a key, a record', () => {
    const nonce = first([...analysis.nonces.values()].filter(({ usedBy }) => usedBy.length > 0))
    expect(namedBy(analysis, nonce.value)).toEqual({ kind: 'nonce', issuedBy: nonce.issuedBy, usedBy: nonce.usedBy })
    const account = first(analysis.accounts.values())
    expect(namedBy(analysis, account.thumbprint ?? '')).toMatchObject({ kind: 'key', account: { url: account.url } })
    const { recordId } = first(analysis.dnsChanges)
    const record = namedBy(analysis, recordId ?? '')
    expect(record?.kind === 'record' && record.exchanges.length).toBeGreaterThan(0)
  })

  it('is spoken of in a sentence', () => {
    const [nonce, order] = [first(analysis.nonces.keys()), first(analysis.orders.keys())]
    const sentence = `JWS has an invalid anti-replay nonce: "${nonce}" (see ${order}), https://elsewhere.test/.`
    expect(mentionedIn(analysis, sentence)).toEqual([nonce, order])
    expect(mentionedIn(analysis, nonce)).toEqual([])
    expect(mentionedIn(analysis, 'x'.repeat(5_000))).toEqual([])
  })

  it('is nothing else', () => {
    for (const value of ['', '__proto__', 'constructor', 'https://ca.example.test/', 'x'.repeat(5000)])
      expect(namedBy(analysis, value)).toBeNull()
  })
})
