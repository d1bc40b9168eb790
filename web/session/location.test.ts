import { expect, test } from 'vitest'
import { readPlace, writePlace } from './location.ts'

const nowhere = readPlace('')

test('a place survives the address', () => {
  const place = {
    recording: '2024 & more',
    view: 'exchanges',
    step: 'a/b?c',
    order: 'https://ca.example/order/1?x&y',
    hide: 'dns:Cloudflare\nclient:certbot 2.11.0',
    query: 'host:cloudflare -op:newNonce body:"a b"',
    find: 'nas.example',
    object: 'https://ca.example/authz/1',
    section: 'RFC 9773 4.1',
    finding: 'dns.txt-mismatch@x-1',
    panel: 'jws',
  }
  expect(readPlace(writePlace(place))).toEqual(place)
})

test('defaults stay out of the address', () => {
  expect(writePlace(nowhere)).toBe('.')
  expect(nowhere).toMatchObject({ recording: null, view: 'flow', step: null, order: null, query: '' })
})

test('what an address holds beside a place is let go of', () => {
  expect(readPlace('?recording=a&__proto__=b&view=flow&other=c')).toEqual({ ...nowhere, recording: 'a' })
})
