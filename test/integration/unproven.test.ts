/** Names that could not be proven: what was published is not what the CA found. */
import { describe, expect, test } from 'vitest'
import { acmeTiny } from '../lab/clients/acme-tiny.ts'
import { certbotCloudflare } from '../lab/clients/certbot.ts'
import { legoDns, legoTlsElsewhere } from '../lab/clients/lego.ts'
import { uacmeIssue, uacmeMended } from '../lab/clients/uacme.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { itFails, itIsRead, itIsReadBesideNonces } from './expectations.ts'
import { type Recorded, record } from './recorded.ts'
import { recordsOf } from './shown.ts'

const [start, write] = [
  ['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'dns.findZone'],
  ['dns.createRecord', 'dns.listRecords', 'challenge', 'authorization'],
]
const clean = ['dns.findZone', 'dns.listRecords', 'dns.deleteRecord']

const statusesOf = ({ shown }: Recorded) =>
  shown.orders.flatMap(({ authorizations }) => authorizations.map(({ challenge }) => challenge?.status))

describe.skipIf(skipWithout('pebble', 'lego', 'uacme', 'acme-tiny', 'curl') || skipWithoutNamespace(mountNamespace))(
  'a client or hook that',
  () => {
    const runs = record(
      {
        gaveUp: (lab) => legoDns(lab, ['waits.example.test'], { checksPropagation: true }),
        wrong: (lab) => legoDns(lab, ['wrong.example.test'], { fault: 'wrong' }),
        nothing: (lab) => legoDns(lab, ['nothing.example.test'], { fault: 'nothing' }),
        leave: (lab) => legoDns(lab, ['leave.example.test'], { fault: 'leave' }),
        wrongFile: (lab) => uacmeIssue(lab, ['file.example.test'], { challenge: 'http-01', fault: 'wrong' }),
        zone: (lab) => legoDns(lab, ['zone.example.test'], { zone: 'other.test' }),
        servers: (lab) => legoDns(lab, ['broken.example.test']),
        wildcard: (lab) => acmeTiny(lab, ['*.example.test']),
        mended: (lab) => uacmeMended(lab, 'mended.example.test'),
        noFile: (lab) => uacmeIssue(lab, ['none.example.test'], { challenge: 'http-01', fault: 'nothing' }),
      },
      {
        web: 'files',
        zones: ['example.test', 'other.test'],
        brokenNames: ['_acme-challenge.broken.example.test'],
      },
    )

    describe('writes another TXT value', () => {
      itFails(runs.wrong, {
        code: 1,
        // lego gives the authorization back in the end, which it asks for once more.
        operations: [...start, 'dns.createRecord', 'challenge', 'authorization?', ...clean, 'authorization'],
        causes: ['dns.txt-mismatch'],
      })
      test('the value is told from the expected one', () => {
        expect(recordsOf(runs.wrong().shown)).toEqual([
          { name: '_acme-challenge.wrong.example.test', content: expect.stringMatching(/^not-/), matches: false },
        ])
        expect(statusesOf(runs.wrong())).toEqual(['invalid'])
      })
    })

    describe('writes no TXT value', () => {
      itFails(runs.nothing, {
        code: 1,
        operations: [...start, 'challenge', 'authorization?', 'dns.findZone', 'authorization'],
        causes: ['dns.txt-never-written'],
      })
    })

    describe('writes the value, for a client that does not find it where it looks', () => {
      itFails(runs.gaveUp, {
        code: 1,
        operations: [...start, 'dns.createRecord', ...clean, 'authorization'],
        causes: ['dns.gave-up-waiting'],
      })
    })

    describe('writes it into another zone', () => {
      itFails(runs.zone, {
        code: 1,
        // The record cannot be found again under the name it was written for.
        operations: [
          ...[...start, 'dns.createRecord', 'challenge', 'authorization?', 'dns.findZone', 'dns.listRecords'],
          'authorization',
        ],
        causes: ['dns.wrong-zone'],
      })
    })

    describe('writes it for name servers that are in trouble', () => {
      itFails(runs.servers, {
        code: 1,
        operations: [...start, 'dns.createRecord', 'challenge', 'authorization?', ...clean, 'authorization'],
        causes: ['dns.server-trouble'],
      })
    })

    describe('leaves its TXT record behind', () => {
      itIsRead(runs.leave, [
        ...[...start, 'dns.createRecord', 'challenge', 'authorization?', 'dns.findZone'],
        ...['finalize', 'order?', 'certificate'],
      ])
      test('is warned of it, and of nothing else', () => {
        const { findings } = runs.leave().shown
        expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([
          expect.objectContaining({ id: 'dns.record-left-behind', severity: 'warning' }),
        ])
      })
    })

    const untilChallenge = [
      ...['directory', 'newNonce', 'newAccount', 'directory', 'newNonce', 'newAccount'],
      ...['newOrder', 'authorization', 'challenge'],
    ]
    describe('writes another file', () => {
      itFails(runs.wrongFile, { code: 2, operations: untilChallenge, causes: ['validation.wrong-content'] })
    })
    describe('writes another file, and then the right one', () => {
      itIsRead(runs.mended, [
        ...untilChallenge,
        ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'order', 'finalize'],
        ...['order?', 'certificate'],
      ])
      test('the failure is told, but as one that is over', () => {
        expect(runs.mended().outcome.code).toBe(0)
        expect(runs.mended().shown.findings).toEqual([
          expect.objectContaining({ id: 'validation.wrong-content', severity: 'info' }),
        ])
        expect(runs.mended().checked.code).toBe(0)
      })
    })
    describe('has no way to prove a wildcard, as acme-tiny has none', () => {
      itIsReadBesideNonces(runs.wildcard, ['directory', 'newAccount', 'account', 'newOrder', 'authorization'])
      test('its order is left half done', () => {
        expect(runs.wildcard().outcome.code).toBe(1)
        expect(runs.wildcard().shown.findings).toEqual([
          expect.objectContaining({ id: 'order.never-finished', severity: 'warning' }),
        ])
      })
    })
    describe('writes no file', () => {
      itFails(runs.noFile, { code: 2, operations: untilChallenge, causes: ['validation.wrong-content'] })
    })
  },
)

describe.skipIf(
  skipWithout('pebble', 'lego', 'uacme', 'certbot', 'python3-certbot-dns-cloudflare') ||
    skipWithoutNamespace(mountNamespace),
)('a machine that', () => {
  const runs = record(
    {
      txt: (lab) => certbotCloudflare(lab, ['nas.example.test']),
      http: (lab) => uacmeIssue(lab, ['http.example.test'], { challenge: 'http-01', fault: 'nothing' }),
      tls: (lab) => legoTlsElsewhere(lab, ['tls.example.test']),
    },
    { cloudflare: { serveTxt: 'none' }, hasPlainTls: true },
  )
  describe('serves no TXT record', () => {
    itFails(runs.txt, { code: 1, operations: [...start, ...write, ...clean], causes: ['dns.not-propagated'] })
    test('the right value was written, and the challenge failed', () => {
      expect(recordsOf(runs.txt().shown).map(({ matches }) => matches)).toEqual([true])
      expect(statusesOf(runs.txt())).toEqual(['invalid'])
    })
  })
  describe('has no web server', () => {
    itFails(runs.http, {
      code: 2,
      operations: [
        ...['directory', 'newNonce', 'newAccount', 'directory', 'newNonce', 'newAccount'],
        ...['newOrder', 'authorization', 'challenge'],
      ],
      causes: ['validation.unreachable'],
    })
  })
  describe('has a TLS server that knows no acme-tls/1', () => {
    itFails(runs.tls, {
      code: 1,
      operations: ['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'authorization'],
      causes: ['validation.tls-alpn-not-served'],
    })
  })
})

describe.skipIf(skipWithout('pebble', 'certbot', 'python3-certbot-dns-cloudflare'))('name servers that', () => {
  const runs = record(
    { certbot: (lab) => certbotCloudflare(lab, ['nas.example.test']) },
    { cloudflare: { serveTxt: 'other' } },
  )
  describe('serve another value than was written', () => {
    itFails(runs.certbot, { code: 1, operations: [...start, ...write, ...clean], causes: ['dns.not-propagated'] })
  })
})
