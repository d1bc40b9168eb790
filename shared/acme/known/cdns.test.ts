// Whose address is it? Only that: the ranges themselves are the networks' own lists.
import { describe, expect, it } from 'vitest'
import { cdnOf } from './cdns.ts'

describe('the network of an address', () => {
  it.each([
    ['104.16.0.1', 'Cloudflare'],
    ['104.23.255.255', 'Cloudflare'],
    ['104.28.0.0', null],
    ['172.71.255.254', 'Cloudflare'],
    ['2606:4700:3031::6815:1c33', 'Cloudflare'],
    ['2606:4701::1', null],
    ['2a06:98c7:ffff:ffff:ffff:ffff:ffff:ffff', 'Cloudflare'],
    ['2a06:98c8::', null],
    ['151.101.1.69', 'Fastly'],
    ['192.0.2.1', null],
    ['::1', null],
    ['2606:4700', null],
    ['2606:4700:::1', null],
    ['999.1.1.1', null],
    ['', null],
    ['example.test', null],
  ])('%s: %s', (address, network) => expect(cdnOf(address)).toBe(network))
})
