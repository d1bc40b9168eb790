/** Real clients prove names over HTTP (RFC 8555 §8.3): six of them, each with ways of its own. */
import { describe, expect, test } from 'vitest'
import { acmeTiny } from '../lab/clients/acme-tiny.ts'
import { acmetoolWant } from '../lab/clients/acmetool.ts'
import { certbotStandalone } from '../lab/clients/certbot.ts'
import { dehydratedIssue } from '../lab/clients/dehydrated.ts'
import { legoHttp } from '../lab/clients/lego.ts'
import { uacmeIssue } from '../lab/clients/uacme.ts'
import { skipWithout, skipWithoutMounting } from '../lab/peers.ts'
import { itIssues } from './expectations.ts'
import { record } from './recorded.ts'

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

describe.skipIf(skipWithout('pebble', 'uacme', 'dehydrated', 'acme-tiny', 'acmetool') || skipWithoutMounting())(
  'clients that leave their answers to a web server',
  () => {
    const [uacmeNames, tinyNames] = [['uacme.example.test', 'www.uacme.example.test'], ['tiny.example.test']]
    const [dehydratedNames, acmetoolName] = [['dehydrated.example.test'], 'acmetool.example.test']
    const runs = record(
      {
        acmetool: (lab) => acmetoolWant(lab, acmetoolName),
        dehydrated: (lab) => dehydratedIssue(lab, dehydratedNames, 'http-01'),
        uacme: (lab) => uacmeIssue(lab, uacmeNames, { challenge: 'http-01' }),
        acmeTiny: (lab) => acmeTiny(lab, tinyNames),
      },
      { web: 'files' },
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
          ...['directory', 'newAccount', 'account', 'newOrder', 'authorization', 'challenge', 'authorization'],
          ...['finalize', 'order?', 'certificate'],
        ],
      })
    })
  },
)
