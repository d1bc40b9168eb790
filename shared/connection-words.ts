/** A connection that carried no exchange, in words. */
import type { Connection, ConnectionOutcome } from './exchange.ts'

const outcomes: Readonly<Record<ConnectionOutcome, string>> = {
  'client-refused-certificate': 'refused our certificate',
  'tls-failed': 'TLS failed',
  'not-tls': 'spoke no TLS',
  unused: 'opened a connection and sent nothing',
  'passed-through': 'passed through undecrypted',
}

/** `Client refused our certificate for ca.example` */
export const connectionWords = ({ outcome, host }: Pick<Connection, 'outcome' | 'host'>): string =>
  `Client ${outcomes[outcome]}${host === null ? '' : ` for ${host}`}`

/** No trouble by itself: nothing was asked, or nothing of it was ours to see. */
export const isQuiet = ({ outcome }: Pick<Connection, 'outcome'>): boolean =>
  outcome === 'unused' || outcome === 'passed-through'
