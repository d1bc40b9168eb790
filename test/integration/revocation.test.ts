/** Certificates are revoked with the key of the account that ordered them, or with their own (RFC 8555 §7.6). */
import { describe, expect, test } from 'vitest'
import { certbotRevoke } from '../lab/clients/certbot.ts'
import { legoRevoke } from '../lab/clients/lego.ts'
import { uacmeRevokeAsStranger } from '../lab/clients/uacme.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { itFails, itIsRead, itIssues } from './expectations.ts'
import { type Recorded, record } from './recorded.ts'
import { recordedSteps } from './shown.ts'

const issuance = [
  ...['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'challenge', 'authorization?'],
  ...['finalize', 'order?', 'certificate'],
]
const revocation = ['directory', 'newNonce', 'revokeCert']

const revocationsOf = ({ shown }: Recorded) =>
  recordedSteps(shown)
    .filter(({ operation }) => operation === 'revokeCert')
    .map(({ phase, status, jws }) => ({ phase, status, signature: jws?.signature, isByAccount: jws?.kid != null }))

describe.skipIf(skipWithout('pebble', 'lego', 'certbot', 'uacme') || skipWithoutNamespace(mountNamespace))(
  'a certificate is revoked',
  () => {
    const runs = record(
      {
        lego: (lab) => legoRevoke(lab, 'lego.example.test'),
        account: (lab) => certbotRevoke(lab, 'account.example.test', ['account']),
        certificate: (lab) => certbotRevoke(lab, 'certificate.example.test', ['certificate']),
        stranger: (lab) => uacmeRevokeAsStranger(lab, 'stranger.example.test'),
        twice: (lab) => certbotRevoke(lab, 'twice.example.test', ['certificate', 'account']),
      },
      { web: 'files', pebble: { alternateRoots: 1 } },
    )
    const done = { phase: 'revocation', status: 200, signature: 'valid' }
    const by = (name: string) => ({
      names: [`${name}.example.test`],
      challenge: 'http-01' as const,
      operations: [...issuance, ...revocation],
    })

    describe("by lego, with the account's key", () => {
      itIssues(runs.lego, by('lego'))
      test('the account is named, and its signature verifies', () => {
        expect(revocationsOf(runs.lego())).toEqual([{ ...done, isByAccount: true }])
      })
    })
    describe("by certbot, with the account's key", () => {
      itIssues(runs.account, by('account'))
      test('the account is named, and its signature verifies', () => {
        expect(revocationsOf(runs.account())).toEqual([{ ...done, isByAccount: true }])
      })
    })
    describe("by certbot, with the certificate's own key", () => {
      itIssues(runs.certificate, by('certificate'))
      test('no account is named, and the signature verifies under the key that is given', () => {
        expect(revocationsOf(runs.certificate())).toEqual([{ ...done, isByAccount: false }])
      })
    })
    describe('a second time', () => {
      itIsRead(runs.twice, [...issuance, ...revocation, ...revocation])
      test('the client gives up, but the certificate is as it was to be', () => {
        const { outcome, shown, checked } = runs.twice()
        expect(outcome.code).toBe(1)
        expect(revocationsOf(runs.twice()).map(({ status }) => status)).toEqual([200, 400])
        expect(shown.findings).toEqual([expect.objectContaining({ id: 'revocation.refused', severity: 'info' })])
        expect(checked.code).toBe(0)
      })
    })
    describe('by another account', () => {
      const register = ['directory', 'newNonce', 'newAccount']
      itFails(runs.stranger, {
        code: 2,
        operations: [
          ...[...register, ...register, 'newOrder', 'authorization', 'challenge', 'order', 'finalize', 'order?'],
          ...['certificate', ...register, ...register, 'revokeCert'],
        ],
        causes: ['revocation.refused'],
      })
      test('the accounts are told apart', () => {
        expect(runs.stranger().shown.accounts.map(({ contact }) => contact)).toEqual([
          ['mailto:admin@example.test'],
          ['mailto:other@example.test'],
        ])
      })
    })
  },
)
