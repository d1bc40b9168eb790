/** What each status means, and which may follow which in one move (RFC 8555 §7.1.6). */
import type { StatusRow, TransitionRow } from '../row.ts'

export const statuses: readonly StatusRow[] = [
  { object: 'account', status: 'valid', text: 'in use', cite: '§7.1.6' },
  { object: 'account', status: 'deactivated', text: 'ended by its owner', cite: '§7.1.6' },
  { object: 'account', status: 'revoked', text: 'ended by the CA', cite: '§7.1.6' },
  { object: 'order', status: 'pending', text: 'some name is not proven yet', cite: '§7.1.6' },
  { object: 'order', status: 'ready', text: 'every name is proven; the CSR may come', cite: '§7.1.6' },
  { object: 'order', status: 'processing', text: 'the CA is issuing', cite: '§7.1.6' },
  { object: 'order', status: 'valid', text: 'issued; the certificate can be fetched', cite: '§7.1.6' },
  { object: 'order', status: 'invalid', text: 'over, without a certificate', cite: '§7.1.6' },
  { object: 'authorization', status: 'pending', text: 'no challenge is passed yet', cite: '§7.1.6' },
  { object: 'authorization', status: 'valid', text: 'a challenge is passed', cite: '§7.1.6' },
  { object: 'authorization', status: 'invalid', text: 'a challenge failed; a new order is needed', cite: '§7.1.6' },
  { object: 'authorization', status: 'deactivated', text: 'given up by the client', cite: '§7.1.6' },
  { object: 'authorization', status: 'expired', text: 'too old', cite: '§7.1.6' },
  { object: 'authorization', status: 'revoked', text: 'taken back by the CA', cite: '§7.1.6' },
  { object: 'challenge', status: 'pending', text: 'waits for the client to say that it is ready', cite: '§7.1.6' },
  { object: 'challenge', status: 'processing', text: 'the CA is looking', cite: '§7.1.6' },
  { object: 'challenge', status: 'valid', text: 'the CA found the proof', cite: '§7.1.6' },
  { object: 'challenge', status: 'invalid', text: 'the CA did not find the proof', cite: '§7.1.6' },
  { object: 'accountUpdate', status: 'deactivated', text: 'ends the account for good', cite: '§7.3.6' },
  { object: 'authorizationUpdate', status: 'deactivated', text: 'gives the name up', cite: '§7.5.2' },
]

export const transitions: readonly TransitionRow[] = [
  { object: 'challenge', from: 'pending', to: ['processing'], cite: '§7.1.6' },
  { object: 'challenge', from: 'processing', to: ['processing', 'valid', 'invalid'], cite: '§7.1.6' },
  {
    object: 'authorization',
    from: 'pending',
    to: ['valid', 'invalid', 'expired', 'deactivated', 'revoked'],
    cite: '§7.1.6',
  },
  { object: 'authorization', from: 'valid', to: ['expired', 'deactivated', 'revoked'], cite: '§7.1.6' },
  { object: 'order', from: 'pending', to: ['ready', 'invalid'], cite: '§7.1.6' },
  { object: 'order', from: 'ready', to: ['processing', 'invalid'], cite: '§7.1.6' },
  { object: 'order', from: 'processing', to: ['valid', 'invalid'], cite: '§7.1.6' },
  { object: 'order', from: 'valid', to: ['invalid'], cite: '§7.1.6' },
  { object: 'account', from: 'valid', to: ['deactivated', 'revoked'], cite: '§7.1.6' },
]
