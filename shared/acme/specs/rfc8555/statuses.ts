/** Which status may follow which in one move (RFC 8555 §7.1.6). */
import type { TransitionRow } from '../row.ts'

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
