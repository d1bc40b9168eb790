/** Real clients prove names over HTTP (RFC 8555 §8.3): seven of them, each with ways of its own. */
import { describe, expect, test } from 'vitest'
import { acmeTiny } from '../lab/clients/acme-tiny.ts'
import { acmetoolWant } from '../lab/clients/acmetool.ts'
import { apacheHttp } from '../lab/clients/apache.ts'
import { certbotStandalone } from '../lab/clients/certbot.ts'
import { dehydratedIssue } from '../lab/clients/dehydrated.ts'
import { legoHttp } from '../lab/clients/lego.ts'
import { uacmeIssue } from '../lab/clients/uacme.ts'
import type { Lab } from '../lab/lab.ts'
import { mountNamespace, userNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { itIssues } from './expectations.ts'
import { record } from './recorded.ts'
import { citedBy } from './shown.ts'

const rolesOf = (lanes: readonly { readonly role: string }[]) => lanes.map(({ role }) => role).toSorted()

describe.skipIf(skipWithout('pebble', 'certbot'))('certbot, as its own web server', () => {
  const names = ['www.example.test', 'mail.example.test']
  const { certbot } = record({ certbot: (lab) => certbotStandalone(lab, names) })
  itIssues(certbot, {
    names,
    challenge: 'http-01',
    operations: [
      ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'authorization'],
      ...['finalize', 'order?', 'certificate'],
    ],
  })
  test('client and CA have a lane each', () => {
    expect(rolesOf(certbot().shown.lanes)).toEqual(['ca', 'client'])
  })
})

describe.skipIf(skipWithout('pebble', 'lego'))('lego, as its own web server', () => {
  const names = ['www.example.test']
  const { lego } = record({ lego: (lab) => legoHttp(lab, names) })
  itIssues(lego, {
    names,
    challenge: 'http-01',
    operations: [
      ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'authorization?'],
      ...['finalize', 'order?', 'certificate'],
    ],
  })
})

describe.skipIf(skipWithout('pebble', 'apache2-bin') || skipWithoutNamespace(userNamespace))(
  'Apache with mod_md, as its own web server',
  () => {
    const name = 'apache.example.test'
    const { apache } = record({ apache: (lab) => apacheHttp(lab, name) })
    itIssues(apache, {
      names: [name],
      challenge: 'http-01',
      operations: [
        ...['directory', 'newNonce', 'newAccount', 'newOrder', 'order', 'authorization', 'challenge', 'authorization'],
        ...['order', 'finalize', 'order', 'certificate'],
      ],
    })
  },
)

/** acme-tiny fetches its own answer before it tells the CA, and the proxy is asked for that, too. */
const withTiny = (lab: Lab): Lab => {
  const [from, to] = [`tiny.example.test:${lab.pebble.httpPort}`, `127.0.0.1:${lab.pebble.httpPort}`]
  return { ...lab, acmescopeFlags: [...lab.acmescopeFlags, '--connect-to', `${from}:${to}`] }
}

describe.skipIf(
  skipWithout('pebble', 'uacme', 'dehydrated', 'acme-tiny', 'acmetool') || skipWithoutNamespace(mountNamespace),
)('clients that leave their answers to a web server', () => {
  const [uacmeNames, tinyNames] = [['uacme.example.test', 'www.uacme.example.test'], ['tiny.example.test']]
  const [dehydratedNames, acmetoolName] = [['dehydrated.example.test'], 'acmetool.example.test']
  const runs = record(
    {
      acmetool: (lab) => acmetoolWant(lab, acmetoolName),
      dehydrated: (lab) => dehydratedIssue(lab, dehydratedNames, 'http-01'),
      uacme: (lab) => uacmeIssue(lab, uacmeNames, { challenge: 'http-01' }),
      uacmeAddress: (lab) => uacmeIssue(lab, ['127.0.0.1'], { challenge: 'http-01' }),
      acmeTiny: (lab) => acmeTiny(lab, tinyNames, { checksItself: true }),
    },
    { web: 'files' },
    withTiny,
  )
  // They fetch the directory once for the account and once for the order, as two commands do.
  const register = ['directory', 'newNonce', 'newAccount', 'directory', 'newNonce', 'newAccount']

  describe('uacme', () => {
    itIssues(runs.uacme, {
      names: uacmeNames,
      challenge: 'http-01',
      operations: [
        ...[...register, 'newOrder', 'authorization', 'challenge', 'authorization', 'challenge'],
        ...['order', 'finalize', 'order?', 'certificate'],
      ],
    })
  })

  describe('uacme, for an address', () => {
    itIssues(runs.uacmeAddress, {
      names: ['127.0.0.1'],
      challenge: 'http-01',
      operations: [
        ...[...register, 'newOrder', 'authorization', 'challenge', 'order', 'finalize', 'order?', 'certificate'],
      ],
    })
    test('what is particular to addresses is cited', () => {
      expect(citedBy(runs.uacmeAddress().shown, 'newOrder')).toContain('RFC 8738 §3')
    })
  })

  describe('acmetool', () => {
    itIssues(runs.acmetool, {
      names: [acmetoolName],
      challenge: 'http-01',
      operations: [
        ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'authorization'],
        ...['order', 'finalize', 'directory', 'newNonce', 'newAccount', 'order', 'certificate'],
      ],
    })
  })

  describe('dehydrated', () => {
    itIssues(runs.dehydrated, {
      names: dehydratedNames,
      challenge: 'http-01',
      isNonceEach: true,
      operations: [
        ...['directory', 'newAccount', 'directory', 'newOrder', 'order', 'authorization'],
        ...['challenge', 'finalize', 'order?', 'certificate'],
      ],
    })
  })

  describe('acme-tiny', () => {
    itIssues(runs.acmeTiny, {
      names: tinyNames,
      challenge: 'http-01',
      isNonceEach: true,
      operations: [
        ...['directory', 'newAccount', 'account', 'newOrder', 'authorization', 'validation.http-01', 'challenge'],
        ...['authorization', 'finalize', 'order', 'certificate'],
      ],
    })
  })
})
