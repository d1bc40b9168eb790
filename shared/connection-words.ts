/** A connection that carried no exchange, in words. */
import type { Connection, ConnectionOutcome } from './exchange.ts'

const outcomes: Readonly<Record<ConnectionOutcome, string>> = {
  'client-refused-certificate': 'refused our certificate',
  'tls-failed': 'failed to agree on TLS',
  'not-tls': 'spoke no TLS in its tunnel',
  'not-http': 'sent what is not HTTP',
  'turned-away': 'was turned away, for want of the right credentials,',
  unused: 'opened a connection and asked nothing',
  'passed-through': 'went through undecrypted',
}

/** `Client refused our certificate for ca.example` */
export const connectionWords = ({ outcome, host, unwritten }: ConnectionSaid): string =>
  `Client ${outcomes[outcome]}${host === null ? '' : ` for ${host}`}${unwritten === undefined ? '' : `, as ${unwritten} times before`}`

type ConnectionSaid = Pick<Connection, 'outcome' | 'host' | 'unwritten'>

/** No trouble by itself: nothing was asked, or another protocol had its way. */
export const isQuiet = ({ outcome, failure }: Pick<Connection, 'outcome' | 'failure'>): boolean =>
  outcome === 'unused' || (outcome === 'not-tls' && failure === undefined)
