import { describe, expect, it } from 'vitest'
import { txtCandidates } from './txt-candidates.ts'

const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQn-7s_I'
const URL = 'https://dns.test/api'
const base64 = btoa(VALUE)
const base64url = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const escaped = VALUE.replaceAll('-', '%2D').replaceAll('_', '%5f')
const document = `<?xml version="1.0"?><r>>>>???${VALUE}</r>`

describe('a value is found', () => {
  it.each([
    ['alone', VALUE],
    ['in JSON', JSON.stringify({ content: VALUE })],
    ['quoted in JSON', JSON.stringify({ content: `"${VALUE}"` })],
    ['in JSON in JSON', JSON.stringify({ body: JSON.stringify({ content: `"${VALUE}"` }) })],
    ['in JSON that escapes all', `{"content":"\\u0022${VALUE.replaceAll('-', '\\u002d')}\\u0022"}`],
    ['in XML', `<Value>"${VALUE}"</Value>`],
    ['in XML that escapes', `<Value>&quot;${VALUE.replaceAll('-', '&#45;').replaceAll('_', '&#x5F;')}&quot;</Value>`],
    ['in a form', `type=TXT&value=${VALUE}&ttl=60`],
    ['quoted in a form', `value=%22${VALUE}%22`],
    ['in a form that escapes all', `value=%22${escaped}%22`],
    ['in JSON in a form', `data=${encodeURIComponent(JSON.stringify({ txt: `"${VALUE}"` }))}`],
    ['in JSON in a form twice', `data=${encodeURIComponent(encodeURIComponent(`{"txt":"${VALUE}"}`))}`],
    ['as base64', `{"rdata":"${base64}"}`],
    ['as base64 without padding', `{"rdata":"${base64.replace(/=+$/, '')}"}`],
    ['as base64 in a form', `rdata=${encodeURIComponent(base64)}`],
    ['quoted as base64', btoa(`"${VALUE}"`)],
    ['in a document as base64', btoa(document)],
    ['in a document as base64url', base64url(document)],
    ['in a document as base64 that escapes slashes', JSON.stringify({ d: btoa(document) }).replaceAll('/', '\\/')],
    ['in a record as of the wire, as base64', btoa(`\x00\x10\x00\x01\x00\x00\x00\x3c\x00\x2c\x2b${VALUE}\x00\x00`)],
    ['among others', `${'x'.repeat(43)} ${VALUE}, ${'y'.repeat(50)}`],
    ['in several parts', `--b\r\nContent-Disposition: form-data; name="txt"\r\n\r\n${VALUE}\r\n--b--`],
  ])('%s', (_, body) => {
    expect(txtCandidates(URL, body)).toContain(VALUE)
  })

  it.each([
    `?domains=x&txt=${VALUE}`,
    `?txt=%22${escaped}%22`,
    `/TXT/${VALUE}/60`,
    `?rdata=${encodeURIComponent(base64)}`,
    `/add/${base64url(VALUE)}`,
    `#${VALUE}`,
  ])('in a URL: %s', (rest) => {
    expect(txtCandidates(URL + rest, '')).toContain(VALUE)
  })
})

describe('nothing is found', () => {
  it.each([
    ['that is too short', VALUE.slice(1)],
    ['in nothing', ''],
    ['in a text', 'a text of no long words, and no more than that'],
    ['that a dot cuts in two', `${VALUE.slice(0, 20)}.${VALUE.slice(20)}`],
  ])('%s', (_, body) => {
    expect(txtCandidates(URL, body)).toEqual([])
  })

  it('in the host', () => {
    expect(txtCandidates(`https://${VALUE.replaceAll('_', '-')}.dns.test/`, '')).toEqual([])
  })

  it('in what is too long for a request that changes a record', () => {
    expect(txtCandidates(URL, VALUE + ' '.repeat(64 * 1024))).toEqual([])
    expect(txtCandidates(`${URL}?${VALUE}&${'x=1&'.repeat(20_000)}`, '')).toEqual([])
  })
})

it('keeps a bounded number, in bounded time', () => {
  const many = Array.from({ length: 1400 }, (_, at) => String(at).padStart(43, 'a')).join(' ')
  expect(txtCandidates(URL, many)).toHaveLength(256)
  const started = performance.now()
  for (const hostile of [
    '%25'.repeat(21_000),
    '\\u005c'.repeat(10_000),
    'A'.repeat(65_000),
    '/'.repeat(65_000),
    '&#'.repeat(30_000),
  ]) {
    txtCandidates(`${URL}?${hostile}`, hostile)
  }
  expect(performance.now() - started).toBeLessThan(1000)
})
