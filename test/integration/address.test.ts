/** A certificate for an IP address (RFC 8738), proven by http-01. */
import { describe, expect, test } from 'vitest'
import { uacmeIssue } from '../lab/clients/uacme.ts'
import { mountNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { itIssues } from './expectations.ts'
import { record } from './recorded.ts'
import { citedBy } from './shown.ts'

describe.skipIf(skipWithout('pebble', 'uacme') || skipWithoutNamespace(mountNamespace))('uacme, for an address', () => {
  const { uacme } = record(
    { uacme: (lab) => uacmeIssue(lab, ['127.0.0.1'], { challenge: 'http-01' }) },
    { web: 'files' },
  )
  // It fetches the directory once for the account and once for the order, as two commands do.
  const register = ['directory', 'newNonce', 'newAccount', 'directory', 'newNonce', 'newAccount']
  itIssues(uacme, {
    names: ['127.0.0.1'],
    challenge: 'http-01',
    operations: [
      ...[...register, 'newOrder', 'authorization', 'challenge', 'order', 'finalize', 'order?', 'certificate'],
    ],
  })
  test('what is particular to addresses is cited', () => {
    expect(citedBy(uacme().shown, 'newOrder')).toContain('RFC 8738 §3')
  })
})
