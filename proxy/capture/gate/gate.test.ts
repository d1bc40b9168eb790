import { describe, expect, test, vi } from 'vitest'
import { type HostGlob, parseHostGlob } from '../../../shared/host-glob.ts'
import { createGate, type GateRules, OPEN_GATE, whoIsMeant } from './gate.ts'
import { countUnread } from './unread.ts'

const globs = (...texts: readonly string[]): readonly HostGlob[] => texts.flatMap((text) => parseHostGlob(text) ?? [])
const gate = (rules: Partial<GateRules>) => createGate({ ...OPEN_GATE, ...rules })

describe('the gate', () => {
  test('without rules decrypts everything, and nobody needs to look', () => {
    expect(gate({})).toMatchObject({ isSelective: false })
    expect(gate({}).verdict('192.0.2.1', 'ca.test')).toBe('decrypt')
  })

  test.each([
    [{ intercept: ['ca.test', 'acme'] }, { 'ca.test': false, 'api.cloudflare.com': false, 'www.test': true }],
    [{ constrained: ['ca.test'] }, { 'ca.test': false, 'www.test': true }],
    [
      { intercept: ['*'], constrained: ['ca.test'] },
      { 'ca.test': false, 'www.test': true },
    ],
    [{ passthrough: ['*.backend.test'] }, { 'ca.test': false, 'a.backend.test': true, 'backend.test': false }],
    [
      { intercept: ['*.test'], passthrough: ['www.test'] },
      { 'ca.test': false, 'www.test': true, 'ca.example': true },
    ],
  ])('%j', (of: { intercept?: string[]; constrained?: string[]; passthrough?: string[] }, hosts) => {
    const { isOutside, isSelective } = gate(
      Object.fromEntries(Object.entries(of).map(([rule, texts]) => [rule, globs(...texts)])),
    )
    expect(isSelective).toBe(true)
    expect(Object.fromEntries(Object.keys(hosts).map((host) => [host, isOutside(host)]))).toEqual(hosts)
  })

  test('a host is left to the client that refused us, and to no other', () => {
    const { refused, verdict } = gate({ onRefusal: 'passthrough' })
    refused('192.0.2.1', 'CA.test')
    expect([
      verdict('192.0.2.1', 'ca.test'),
      verdict('192.0.2.2', 'ca.test'),
      verdict('192.0.2.1', 'dns.test'),
    ]).toEqual(['refused', 'decrypt', 'decrypt'])
  })

  test('or not, as long as nobody said so', () => {
    const { refused, verdict } = gate({})
    refused('192.0.2.1', 'ca.test')
    expect(verdict('192.0.2.1', 'ca.test')).toBe('decrypt')
  })
})

test.each([
  ['ca.test', 'other.test', 'ca.test'],
  ['192.0.2.1', 'ca.test', 'ca.test'],
  ['2001:db8::1', 'ca.test', 'ca.test'],
  ['192.0.2.1', undefined, '192.0.2.1'],
  [null, 'ca.test', 'ca.test'],
  [null, undefined, null],
])('asked for %s, with %s in the hello: %s is meant', (asked, sni, meant) => {
  expect(whoIsMeant(asked, sni)).toBe(meant)
})

test('what passed is counted by its host, as far as hosts can be told apart', () => {
  vi.useFakeTimers()
  const told = vi.fn()
  const { connection, bytes, request, counts } = countUnread(told)
  expect(counts()).toBeNull()
  connection('a.test')
  bytes('a.test', { sent: 1, received: 2 })
  request('B.test')
  request('b.test')
  expect(counts()).toEqual({ connections: 1, requests: 2, bytes: 3, hosts: 2, busiest: ['b.test', 'a.test'] })
  for (let n = 0; n < 3_000; n++) connection(`${n}.test`)
  expect(counts()).toMatchObject({ connections: 3_001, hosts: 1_000 })
  expect(counts()?.busiest).toHaveLength(20)
  vi.runAllTimers()
  expect(told).toHaveBeenCalledTimes(1)
  request('b.test')
  vi.runAllTimers()
  expect(told).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})
