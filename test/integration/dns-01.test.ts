/** Real clients prove names in the DNS (RFC 8555 §8.4), where they write by Cloudflare's API: a plugin, and hooks of curl's. */
import { describe, expect, test } from 'vitest'
import { certbotCloudflare } from '../lab/clients/certbot.ts'
import { dehydratedIssue } from '../lab/clients/dehydrated.ts'
import { legoDns } from '../lab/clients/lego.ts'
import { uacmeIssue } from '../lab/clients/uacme.ts'
import { referenceNames } from '../lab/lab.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { itIssues } from './expectations.ts'
import { type Recorded, record } from './recorded.ts'
import { recordedSteps, recordsOf } from './shown.ts'

const peers = ['pebble', 'certbot', 'python3-certbot-dns-cloudflare', 'lego', 'uacme', 'dehydrated', 'curl']

describe.skipIf(skipWithout(...peers) || skipWithoutNamespace(mountNamespace))('dns-01 by Cloudflare', () => {
  // An apex and its wildcard: two values at one name.
  const pair = (name: string) => [`*.${name}`, name]
  const [legoNames, dehydratedNames, uacmeNames] = [
    pair('lego.example.test'),
    pair('dehydrated.example.test'),
    ['uacme.example.test'],
  ]
  const runs = record({
    lego: (lab) => legoDns(lab, legoNames),
    certbot: (lab) => certbotCloudflare(lab, referenceNames),
    dehydrated: (lab) => dehydratedIssue(lab, dehydratedNames, 'dns-01'),
    uacme: (lab) => uacmeIssue(lab, uacmeNames, { challenge: 'dns-01' }),
  })
  const twice = (operations: readonly string[]) => [...operations, ...operations]
  const write = ['dns.findZone', 'dns.createRecord']
  const clean = ['dns.findZone', 'dns.listRecords', 'dns.deleteRecord']

  describe('certbot, with its plugin: the reference scenario', () => {
    const listed = [...write, 'dns.listRecords']
    itIssues(runs.certbot, {
      names: referenceNames,
      challenge: 'dns-01',
      operations: [
        ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization'],
        ...[...twice(listed), ...listed, 'challenge', 'authorization', ...twice(clean), ...clean],
        ...['finalize', 'order?', 'certificate'],
      ],
    })
    itWritesAndCleans(runs.certbot, ['nas.example.test', 'nas.example.test', 'test1.test2.example.test'])
    test('client, CA and DNS provider have a lane each', () => {
      expect(lanesOf(runs.certbot())).toEqual(['ca', 'client', 'dns:Cloudflare'])
    })
  })

  describe('lego, with a hook: one name after the other', () => {
    itIssues(runs.lego, {
      names: legoNames,
      challenge: 'dns-01',
      operations: [
        ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization'],
        ...twice([...write, 'challenge', 'authorization?', ...clean]),
        ...['finalize', 'order?', 'certificate'],
      ],
    })
    itWritesAndCleans(runs.lego, ['lego.example.test', 'lego.example.test'])
  })

  describe('dehydrated, with a hook: a nonce before every request', () => {
    itIssues(runs.dehydrated, {
      names: dehydratedNames,
      challenge: 'dns-01',
      isNonceEach: true,
      operations: [
        ...['directory', 'newAccount', 'directory', 'newOrder', 'order', 'authorization'],
        ...[...twice(write), 'challenge', ...twice(clean)],
        ...['finalize', 'order?', 'certificate'],
      ],
    })
    itWritesAndCleans(runs.dehydrated, ['dehydrated.example.test', 'dehydrated.example.test'])
  })

  describe('uacme, with a hook', () => {
    itIssues(runs.uacme, {
      names: uacmeNames,
      challenge: 'dns-01',
      operations: [
        ...['directory', 'newNonce', 'newAccount', 'directory', 'newNonce', 'newAccount', 'newOrder', 'authorization'],
        ...[...write, 'challenge', ...clean, 'order', 'finalize', 'order?', 'certificate'],
      ],
    })
    itWritesAndCleans(runs.uacme, ['uacme.example.test'])
  })
})

function itWritesAndCleans(run: () => Recorded, names: readonly string[]): void {
  test('every TXT record that was written is the one its challenge asks for', () => {
    const records = recordsOf(run().shown).map(({ name, matches }) => ({ name, matches }))
    expect(records.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual(
      names.map((name) => ({ name: `_acme-challenge.${name}`, matches: true })),
    )
  })
  test('as many records are deleted', () => {
    const deleted = recordedSteps(run().shown).filter(({ operation }) => operation === 'dns.deleteRecord')
    expect(deleted.map(({ status, phase }) => ({ status, phase }))).toEqual(
      names.map(() => ({ status: 200, phase: 'cleanup' })),
    )
  })
}

/** Of what was recorded; inferred parties, such as the name servers the CA asks, come and go with what can be told of them. */
const lanesOf = ({ shown }: Recorded) =>
  [...new Set(recordedSteps(shown).flatMap(({ from, to }) => [kind(from), kind(to)]))].toSorted()

const kind = (lane: string) => (lane.startsWith('dns:') ? lane : (lane.split(':')[0] ?? lane))
