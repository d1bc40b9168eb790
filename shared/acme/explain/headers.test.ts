import { describe, expect, it } from 'vitest'
import { documents, httpHeaders } from '../../http/header-rows.ts'
import { httpHeader } from '../../http/headers.ts'
import { citationOf } from '../../reference.ts'
import { explainHeaders } from './headers.ts'

const CA = { url: 'https://ca.example.test/order/1', isAcme: true }
const one = (name: string, value: string, context = CA) => {
  const [explained] = explainHeaders([[name, value]], context)
  if (!explained) throw new Error('none')
  return explained
}

describe('headers', () => {
  it('keeps order, case and repeats', () => {
    const all = explainHeaders(
      [
        ['B', '1'],
        ['a', '2'],
        ['b', '3'],
      ],
      CA,
    )
    expect(all.map(({ name, value }) => [name, value])).toEqual([
      ['B', '1'],
      ['a', '2'],
      ['b', '3'],
    ])
  })

  it.each([
    ['Replay-Nonce', 'abc', 'RFC 8555 §6.5.1', ['abc']],
    ['location', '../acct/7', 'RFC 8555 §7.1', ['https://ca.example.test/acct/7']],
    ['Retry-After', '5', 'RFC 8555 §6.6', []],
    ['ETag', '"x"', 'RFC 9110 §8.8.3', []],
    ['CF-Ray', '1-FRA', 'Cloudflare', []],
    [
      'Link',
      '</a>;rel="up", </b>;rel=next',
      'RFC 8555 §7.1',
      ['https://ca.example.test/a', 'https://ca.example.test/b'],
    ],
  ])('%s: %s', (name, value, cite, names) => {
    const explained = one(name, value)
    expect(explained.reference && citationOf(explained.reference)).toBe(cite)
    expect(explained.names).toEqual(names)
  })

  it('says what a media type, a directive and a relation mean, each with its section', () => {
    const said = (name: string, value: string) => one(name, value).says.map(({ reference }) => citationOf(reference))
    expect(said('Content-Type', 'application/JOSE+json; charset=utf-8')).toEqual(['RFC 8555 §6.2'])
    expect(said('Cache-Control', 'public, max-age=0, no-store')).toEqual(['RFC 8555 §7.2'])
    expect(said('Link', '</d>;rel="index", </e>;rel="alternate help", </f>;rel="index"')).toEqual([
      'RFC 8555 §7.1',
      'RFC 8555 §7.4.2',
      'RFC 8555 §6.6',
    ])
  })

  it('does not take what a DNS API says for ACME', () => {
    const dns = { url: 'https://api.cloudflare.com/', isAcme: false }
    expect(one('Content-Type', 'application/json', dns)).toMatchObject({
      says: [],
      reference: { document: 'RFC 9110' },
    })
    expect(one('Link', '</x>;rel="up"', dns).reference?.document).toBe('RFC 8288')
  })

  it('tells those that matter from those that are as always', () => {
    const mattering = [
      'Replay-Nonce',
      'Retry-After',
      'CF-Ray',
      'X-RateLimit-Remaining',
      'X-Request-Id',
      'Authorization',
    ]
    for (const name of mattering) expect([name, one(name, 'x').matters]).toEqual([name, true])
    for (const name of ['Date', 'Content-Length', 'Vary', 'X-Anything'])
      expect([name, one(name, 'x').matters]).toEqual([name, false])
    expect(one('Cache-Control', 'no-store').matters).toBe(true)
    expect(one('Cache-Control', 'max-age=5').matters).toBe(false)
  })

  it('says nothing of a header that nobody describes, whatever it is called', () => {
    for (const name of ['X-Anything', '__proto__', 'constructor', ''])
      expect(one(name, 'x')).toMatchObject({ text: null, reference: null, says: [], names: [] })
  })

  it('has an address and whole sentences for every row', () => {
    for (const { header, text } of httpHeaders) {
      expect(httpHeader(header)?.reference.url).toMatch(/^https:\/\/[^{]+$/)
      expect(text).toMatch(/^\S.*\S\.$/)
    }
    const cited = new Set(httpHeaders.map(({ cite: [document] }) => document))
    expect(Object.keys(documents).filter((document) => !cited.has(document))).toEqual([])
    expect(new Set(httpHeaders.map(({ header }) => header)).size).toBe(httpHeaders.length)
  })
})
