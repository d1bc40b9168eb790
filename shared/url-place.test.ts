import { expect, test } from 'vitest'
import { urlPlace } from './url-place.ts'

test.each([
  ['https://ca.example/dir', 'https://ca.example/dir'],
  ['https://api.example/zones?token=SECRET&b=1', 'https://api.example/zones?…'],
  ['http://user:SECRET@api.example/x?a', 'http://api.example/x?…'],
  ['http://a:SECRET@b@api.example/', 'http://api.example/'],
  ['https://api.example/x#SECRET', 'https://api.example/x'],
  ['http://[bad/?api_key=SECRET', 'http://[bad/?…'],
  ['no URL', 'no URL'],
])('%s', (url, place) => {
  expect(urlPlace(url)).toBe(place)
})
