/** What becomes of accounts: bound to another account of the CA's, changed, given another key, deactivated (RFC 8555 §7.3). */
import { describe, expect, test } from 'vitest'
import { acmeTiny } from '../lab/clients/acme-tiny.ts'
import { certbotAccount, certbotRegister } from '../lab/clients/certbot.ts'
import { legoEab } from '../lab/clients/lego.ts'
import { uacmeAccount, uacmeUnregistered } from '../lab/clients/uacme.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { itFails, itFindsNothing, itIsRead, itIssues } from './expectations.ts'
import { record } from './recorded.ts'
import { citedBy, recordedSteps } from './shown.ts'

describe.skipIf(skipWithout('pebble', 'certbot', 'uacme') || skipWithoutNamespace(mountNamespace))('an account', () => {
  const runs = record({
    certbot: certbotAccount,
    uacme: uacmeAccount,
    unregistered: (lab) => uacmeUnregistered(lab, 'www.example.test'),
  })
  // Before each command of theirs both ask for the account again.
  const asked = ['directory', 'newNonce', 'newAccount']

  describe("certbot's, registered, changed and deactivated", () => {
    itIsRead(runs.certbot, [...asked, ...asked, 'account', ...asked, 'account'])
    itFindsNothing(runs.certbot)
    test('it ends deactivated, with the second contact', () => {
      expect(runs.certbot().shown.accounts).toEqual([
        expect.objectContaining({ status: 'deactivated', contact: ['mailto:other@example.test'] }),
      ])
    })
    test('the deactivation and the search for an account are cited where they are written', () => {
      expect(citedBy(runs.certbot().shown, 'account', -1)).toContain('RFC 8555 §7.3.6')
      expect(citedBy(runs.certbot().shown, 'newAccount', 1)).toContain('RFC 8555 §7.3.1')
    })
  })

  describe("uacme's, given another key as well, and asked for once more when it is deactivated", () => {
    itFails(runs.uacme, {
      code: 2,
      operations: [...asked, ...asked, 'account', ...asked, 'keyChange', ...asked, 'account', ...asked],
      causes: ['account.unknown'],
    })
    test('there is one account, under two keys', () => {
      const { shown } = runs.uacme()
      expect(shown.accounts.map(({ status }) => status)).toEqual(['deactivated'])
      const keys = recordedSteps(shown).flatMap(({ operation, jws }) =>
        operation === 'newAccount' ? JSON.stringify(jws?.jwk) : [],
      )
      expect(new Set(keys).size).toBe(2)
    })
    test('that no account was there to begin with is what the client asked, and no error', () => {
      const probe = recordedSteps(runs.uacme().shown).find(({ operation }) => operation === 'newAccount')
      expect(probe?.problem?.type).toBe('urn:ietf:params:acme:error:accountDoesNotExist')
      expect(runs.uacme().shown.findings.flatMap(({ exchanges }) => exchanges)).not.toContain(probe?.exchange)
    })
  })

  describe('that uacme has a key for, but never registered', () => {
    itFails(runs.unregistered, { code: 2, operations: asked, causes: ['account.unknown'] })
  })
})

describe.skipIf(skipWithout('pebble', 'lego', 'certbot', 'acme-tiny'))('a CA that wants accounts bound', () => {
  const eab = { kid: 'lab-1', hmac: 'bGFiLWhtYWMtbGFiLWhtYWMtbGFiLWhtYWMtbGFiLWhtYWMtbGFiLWhtYWMt' }
  const otherKey = eab.hmac.replace('bGFi', 'T1RI')
  const names = ['bound.example.test']
  const runs = record(
    {
      right: (lab) => legoEab(lab, names, eab),
      wrongKey: (lab) => certbotRegister(lab, { ...eab, hmac: otherKey }),
      unknownKid: (lab) => certbotRegister(lab, { ...eab, kid: 'lab-2' }),
      missing: (lab) => certbotRegister(lab),
      refused: (lab) => acmeTiny(lab, names),
    },
    { web: 'files', pebble: { eab: { [eab.kid]: eab.hmac } } },
  )

  describe('lego, with the right key', () => {
    itIssues(runs.right, {
      names,
      challenge: 'http-01',
      operations: [
        ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'authorization?'],
        ...['finalize', 'order?', 'certificate'],
      ],
    })
    test('the binding is cited where it is written', () => {
      expect(citedBy(runs.right().shown, 'newAccount')).toContain('RFC 8555 §7.3.4')
    })
  })

  const registration = ['directory', 'newNonce', 'newAccount']
  describe('certbot, with another key', () => {
    itFails(runs.wrongKey, { code: 1, operations: registration, causes: ['account.eab-rejected'] })
  })
  describe('certbot, with a key identifier nobody knows', () => {
    itFails(runs.unknownKid, { code: 1, operations: registration, causes: ['account.eab-rejected'] })
  })
  describe('certbot, which sees in the directory that it has none, and stops', () => {
    itFails(runs.missing, { code: 1, operations: ['directory'], causes: ['account.eab-required'] })
  })
  describe('acme-tiny, which does not look, and is refused', () => {
    itFails(runs.refused, { code: 1, operations: registration, causes: ['account.eab-required'] })
  })
})
