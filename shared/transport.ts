/** How far a connection or an exchange got on the way from the client to the server, and what to do where it ended. */
import type { Connection, ConnectionOutcome, Exchange, FailureStage } from './exchange.ts'

/** `failed` is the first that did; what comes after it was never tried. */
export type StageState = 'passed' | 'failed' | 'not reached'

export interface Stage {
  readonly label: string
  readonly state: StageState
}

export interface TransportWords {
  readonly title: string
  readonly text: string
  /** Null where there is nothing to be mended. */
  readonly fix: string | null
}

// ───────────────────────────── an exchange that failed

const STAGES: readonly (readonly [FailureStage, string])[] = [
  ['client-tls', 'Client to acmescope'],
  ['upstream-dns', 'Name of the server'],
  ['upstream-connect', 'Connection to the server'],
  ['upstream-tls', 'TLS with the server'],
  ['upstream-http', 'Request and answer'],
]

/** A client that went away did so while it waited for the answer; one that sent no HTTP got no further than to us. */
const SHOWN_AT: Partial<Record<FailureStage, FailureStage>> = { aborted: 'upstream-http', 'client-http': 'client-tls' }

const placeOf = (stage: FailureStage): number => STAGES.findIndex(([one]) => one === (SHOWN_AT[stage] ?? stage))

const stateAt = (place: number, failed: number): StageState =>
  place === failed ? 'failed' : place < failed ? 'passed' : 'not reached'

/** Empty for an exchange that did not fail. */
export function stagesOf({ failure }: Pick<Exchange, 'failure'>): readonly Stage[] {
  if (!failure) return []
  const failed = placeOf(failure.stage)
  return STAGES.map(([, label], place) => ({ label, state: stateAt(place, failed) }))
}

const FAILURES: Readonly<Record<FailureStage, TransportWords>> = {
  'client-tls': {
    title: 'TLS with the client failed',
    text: 'The client and acmescope could not agree on a secure connection, so nothing was asked of the server.',
    fix: 'Let the client trust the authority of acmescope: Set-up has the lines for each client.',
  },
  'client-http': {
    title: 'What the client sent could not be read',
    text: 'It is no HTTP, or broken, so it was asked of no server.',
    fix: 'Check that the program speaks HTTP, and that it means this port for it.',
  },
  'upstream-dns': {
    title: 'The name of the server was not found',
    text: 'No resolver that acmescope asked knows an address for it. The client saw its connection fail.',
    fix: 'Check the name, and the resolver of this machine; --connect-to leads a name to another address.',
  },
  'upstream-connect': {
    title: 'The server could not be reached',
    text: 'Its address did not take the connection. The client saw its own connection fail.',
    fix: 'Check the network and any firewall between acmescope and the server, and that it listens on that port.',
  },
  'upstream-tls': {
    title: 'TLS with the server failed',
    text: 'acmescope checks the certificate of a server as a client would, and this one did not hold, or no secure connection came about.',
    fix: 'For a CA of your own (Pebble, step-ca) give its root with --upstream-ca FILE. Else mend the certificate there.',
  },
  'upstream-http': {
    title: 'The server did not answer whole',
    text: 'The connection ended before the answer was complete. What came of it is shown as it came.',
    fix: 'Ask again; where it happens each time, the log of the server says more.',
  },
  aborted: {
    title: 'The client went away',
    text: 'It closed the connection before the answer was there: it was stopped, or had waited long enough.',
    fix: 'Where it should wait longer, raise its timeout.',
  },
}

export const failureEnd = (stage: FailureStage): TransportWords => FAILURES[stage]

// ───────────────────────────── a connection that carried no exchange

const OUTCOMES: Readonly<Record<ConnectionOutcome, TransportWords & { readonly failed: number | null }>> = {
  'client-refused-certificate': {
    title: 'The client refused our certificate',
    text: 'It saw a certificate of an authority it does not trust and ended the connection: that is what TLS is for. Nothing of what it wanted to ask was seen.',
    fix: 'Let it trust the authority of acmescope: Set-up has the lines for each client.',
    failed: 1,
  },
  'tls-failed': {
    title: 'TLS with the client failed',
    text: 'The client and acmescope could not agree on a secure connection. Nothing of what it wanted to ask was seen.',
    fix: 'A client that retries by itself is well. Else let it speak TLS 1.2 or later with RSA certificates, or leave its host out with --passthrough HOST.',
    failed: 1,
  },
  'not-tls': {
    title: 'What went through the tunnel was no TLS',
    text: 'The client asked for a tunnel and spoke another protocol in it. It was passed on unread, and its bytes were counted.',
    fix: 'Nothing, where that protocol is meant. Where HTTPS is, see what the client is set to speak at this host and port.',
    failed: null,
  },
  'not-http': {
    title: 'What the client sent is no HTTP',
    text: 'It came to the port of the proxy, or through TLS, with another protocol or a broken request.',
    fix: 'Check that the address of the proxy is given to a program that speaks HTTP: HTTPS_PROXY=http://HOST:PORT.',
    failed: 2,
  },
  'turned-away': {
    title: 'The client was turned away',
    text: 'This proxy asks for credentials (--proxy-auth), and the client gave none or other ones. Nothing of what it wanted to ask was seen.',
    fix: 'Give it the address of the proxy with its credentials: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT. A client that comes without a proxy, by the name of the server, cannot give any.',
    failed: 0,
  },
  unused: {
    title: 'Nothing was asked',
    text: 'The connection was opened, and nothing was asked over it. Clients that open several at once and need one leave it like this; so do some that do not trust us.',
    fix: null,
    failed: 2,
  },
  'passed-through': {
    title: 'Passed through unread',
    text: 'The client had refused our certificate for this host, and was let through undecrypted (--on-refusal passthrough). Its bytes were counted, and nothing else is known.',
    fix: 'Let the client trust acmescope’s authority, then start it, or acmescope, again.',
    failed: null,
  },
}

const CONNECTION_STAGES = ['Connected to acmescope', 'TLS with the client', 'A request']

export const connectionEnd = (outcome: ConnectionOutcome): TransportWords => OUTCOMES[outcome]

/** Empty for one that was passed on, as nobody looked. */
export function connectionStages(connection: Pick<Connection, 'outcome' | 'tls'>): readonly Stage[] {
  const { failed } = OUTCOMES[connection.outcome]
  return failed === null
    ? []
    : CONNECTION_STAGES.map((label, place) => ({ label, state: connectionState(place, failed, connection) }))
}

const TLS_PLACE = 1

/** An unused connection did not fail: what it did not come to was never tried. Nor was TLS, where what came was none. */
function connectionState(
  place: number,
  failed: number,
  { outcome, tls }: Pick<Connection, 'outcome' | 'tls'>,
): StageState {
  if (outcome === 'unused' && place === failed) return 'not reached'
  return place === TLS_PLACE && place < failed && tls === undefined ? 'not reached' : stateAt(place, failed)
}
