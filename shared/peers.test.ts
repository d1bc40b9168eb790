import { expect, test } from 'vitest'
import type { Exchange } from './exchange.ts'
import { peersOf } from './peers.ts'

const asked = (url: string, agent?: string): Pick<Exchange, 'request'> => ({
  request: {
    method: 'GET',
    url,
    httpVersion: 'HTTP/1.1',
    headers: agent === undefined ? [] : [['user-agent', agent]],
    body: { kind: 'empty' },
  },
})

test('each is told once, in the order in which it came; what is no address is none', () => {
  const peers = peersOf([
    asked('https://ca.example:14000/dir', 'lego'),
    asked('https://dns.example/zones', 'lego'),
    asked('https://ca.example:14000/nonce', 'curl'),
    asked('nonsense'),
  ])
  expect(peers).toEqual({ agents: ['lego', 'curl'], hosts: ['ca.example:14000', 'dns.example'] })
})

test('of very many only some are told', () => {
  const many = Array.from({ length: 200 }, (_, at) => asked(`https://h${at}.example/`, 'x'.repeat(9_999)))
  const { agents, hosts } = peersOf(many)
  expect([agents.length, agents[0]?.length, hosts.length]).toEqual([1, 500, 12])
})
