import { expect, test } from 'vitest'
import { fromBasic, isSame, parseCredentials, withCredentials, withPlaceholder } from './credentials.ts'

test.each([
  ['al:secret', { user: 'al', password: 'secret' }],
  ['al:se:cr:et', { user: 'al', password: 'se:cr:et' }],
  ['Zoë:pässword', { user: 'Zoë', password: 'pässword' }],
  ['al', null],
  ['al:', null],
  [':secret', null],
  ['al:se\ncret', null],
  [`al:${'x'.repeat(256)}`, null],
])('%j is read as %j', (text, expected) => {
  expect(parseCredentials(text)).toEqual(expected)
})

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

test.each([
  [basic('al:se:cret'), { user: 'al', password: 'se:cret' }],
  [basic('Zoë:ä').replace('Basic', 'bAsIc'), { user: 'Zoë', password: 'ä' }],
  [basic('al'), null],
  ['Bearer abc', null],
  ['Basic', null],
  ['', null],
  [undefined, null],
])('Proxy-Authorization: %s', (header, expected) => {
  expect(fromBasic(header)).toEqual(expected)
})

test('all of both counts', () => {
  const one = { user: 'al', password: 'secret' }
  expect(isSame(one, { ...one })).toBe(true)
  expect(isSame(one, { ...one, password: 'secreT' })).toBe(false)
  expect(isSame(one, { user: 'Al', password: 'secret' })).toBe(false)
  expect(isSame(one, { user: '', password: '' })).toBe(false)
})

test('in a URL they are percent-encoded, and to people the password is a word', () => {
  const credentials = { user: 'a@b', password: 'p:/%?#é' }
  const url = withCredentials('http://[::1]:8555', credentials)
  const { username, password, host } = new URL(url)
  expect([decodeURIComponent(username), decodeURIComponent(password), host]).toEqual(['a@b', 'p:/%?#é', '[::1]:8555'])
  expect(withPlaceholder('http://127.0.0.1:8555', credentials)).toBe('http://a%40b:PASSWORD@127.0.0.1:8555')
})
