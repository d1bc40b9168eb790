/**
 * Between the client and us: why a connection carried nothing that could be recorded. One row a kind of trouble; what a client
 * meets again and again at one host is told once.
 */
import type { Connection } from '../../exchange.ts'
import type { Finding, Severity } from '../../finding.ts'
import { grouped } from '../grouped.ts'
import type { KnownClient } from '../known/clients.ts'
import { cureFor } from '../known/cures.ts'
import { reference } from '../registry/registry.ts'
import type { Evidence } from './evidence.ts'
import { severityAfter } from './outcome.ts'
import { type Several, times, waysOut, whichLeg } from './reaching.ts'
import { capital, inWords, quoted, sentences, short } from './words.ts'

export const checkClientConnections = (evidence: Evidence): readonly Finding[] => {
  const troubles = evidence.analysis.connections.flatMap((connection) => {
    const kind = KINDS.find(({ holds }) => holds(connection))
    return kind ? { kind, connection } : []
  })
  return [...grouped(troubles, whoAndWhere).values()].map((all) => toFinding(evidence, all))
}

interface Trouble {
  readonly kind: Kind
  readonly connection: Connection
}

/** Who was turned away for one reason is not who was for another. */
const whoAndWhere = ({ kind, connection: { client, host, outcome, failure } }: Trouble): string =>
  [kind.id, client.process, client.address, host, outcome === 'turned-away' ? failure?.code : ''].join('\n')

interface Told {
  readonly row: KnownClient | null
  /** The host as it stands in a sentence. */
  readonly host: string
  readonly last: Connection
  /** `at 12:00:03`, `3 times between …`. */
  readonly when: string
}

interface Kind {
  readonly id: string
  readonly holds: (connection: Connection) => boolean
  /** By outcome unless told. */
  readonly severity?: Severity
  /** Whoever it was asked for nobody's name: a look at the port from outside is no trouble of a client. */
  readonly needsHost?: true
  readonly title: (told: Told) => string
  readonly explanation: (told: Told) => string
  readonly fix: (told: Told) => string
}

const labelOf = (row: KnownClient | null): string => row?.label ?? 'The client'

/** What neither side of a handshake can help but by offering something else. */
const NOTHING_IN_COMMON: ReadonlySet<string> = new Set(['protocol-version', 'no-shared-cipher', 'no-shared-parameters'])

const isUnsupported = ({ outcome, failure }: Connection): boolean =>
  outcome === 'tls-failed' && NOTHING_IN_COMMON.has(failure?.code ?? '')

/** TLS straight to our port, whose hello names nobody. */
const isNameless = ({ outcome, host, tls }: Connection): boolean =>
  outcome === 'client-refused-certificate' && host === null && tls?.sni === undefined

const KINDS: readonly Kind[] = [
  {
    id: 'proxy.no-server-name',
    severity: 'warning',
    holds: isNameless,
    title: ({ row }) => `${labelOf(row)} came with TLS straight to the proxy, and did not say which server it wants`,
    explanation: ({ when, last }) =>
      `It came ${when} from ${short(last.client.address ?? 'an unknown address')} without a proxy request and without a server name (SNI) in its hello, so there was nobody to show the certificate of, and it left${saying(last)}.`,
    fix: () =>
      'Give the client the proxy (HTTPS_PROXY=http://HOST:PORT). One that knows no proxy must send the server name: it does when its URL holds the name of the CA, not an address, and that name is led here (a hosts entry, extra_hosts).',
  },
  {
    id: 'proxy.turned-away',
    holds: ({ outcome }) => outcome === 'turned-away',
    title: ({ row, last }) =>
      last.host === null
        ? `${labelOf(row)} was turned away by the proxy`
        : `${labelOf(row)} was turned away by the proxy on its way to ${short(last.host)}`,
    explanation: ({ when, last }) =>
      sentences(
        `${capital(last.failure?.message ?? 'it had no right to pass')}, ${when}.`,
        last.failure?.code === 'CREDENTIALS_MISSING' &&
          'Some clients ask without them first, and come again with them when they are told.',
      ),
    fix: ({ last }) =>
      last.failure?.code === 'CREDENTIALS_IMPOSSIBLE'
        ? 'Start acmescope without --proxy-auth for this client, and let only its network reach the port (--proxy-host, a firewall).'
        : 'Put them into the proxy’s address that the client is given: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT, with @, :, / and % in them written as in a URL (%40, %3A, %2F, %25).',
  },
  {
    id: 'trust.client-rejected-authority',
    holds: ({ outcome }) => outcome === 'client-refused-certificate',
    title: ({ row, host }) => `${labelOf(row)} does not trust acmescope’s authority for ${host}`,
    explanation: ({ host, when, last }) =>
      sentences(
        `It ended the connection to ${host} ${when}, when it saw our certificate${saying(last)}, so nothing of that could be recorded.`,
        last.failure?.code === 'closed' &&
          'It gave no reason: clients made with GnuTLS leave like this, and so does one that only looks whether the port answers.',
        last.failure?.code === 'cert-expired' && 'Compare its clock with that of this machine.',
      ),
    fix: ({ row }) => cureFor('trust', row),
  },
  {
    id: 'trust.passed-through',
    severity: 'warning',
    holds: ({ outcome }) => outcome === 'passed-through',
    title: ({ row, host }) => `What ${labelOf(row)} said to ${host} passed unread`,
    explanation: ({ host, when, last }) =>
      sentences(
        `It had refused our certificate for ${host}, and --on-refusal passthrough lets such a client through undecrypted: ${when}${last.bytes ? `, the last time with ${last.bytes.sent} bytes to the server and ${last.bytes.received} back` : ''}${saying(last)}.`,
        'Nothing of it is in the recording, so steps are missing here.',
      ),
    fix: ({ row }) => cureFor('trust', row),
  },
  {
    id: 'trust.client-tls-unsupported',
    holds: isUnsupported,
    title: ({ row, host }) => `${labelOf(row)} offers no TLS for ${host} that acmescope speaks`,
    explanation: ({ when, last }) =>
      sentences(`The handshake failed ${when}${saying(last)}, so nothing of it could be recorded.`, offer(last)),
    fix: ({ row }) => cureFor('tls', row),
  },
  {
    id: 'proxy.handshake-broken',
    holds: ({ outcome }) => outcome === 'tls-failed',
    needsHost: true,
    title: ({ row, host }) => `${labelOf(row)} began TLS for ${host} and did not finish it`,
    explanation: ({ when, last }) => `The handshake failed ${when}${saying(last)}, so nothing of it could be recorded.`,
    fix: ({ row }) =>
      `A client that tries again by itself is well. Else see in its log why it stopped there. ${cureFor('trust', row)}`,
  },
  {
    id: 'proxy.not-http',
    severity: 'warning',
    holds: ({ outcome }) => outcome === 'not-http',
    title: ({ host, last }) =>
      last.host === null ? 'Something that is no HTTP came to the proxy' : `What was sent for ${host} is no HTTP`,
    explanation: ({ when, last }) =>
      sentences(
        `It came ${when} from ${short(last.client.address ?? 'an unknown address')}${saying(last)}.`,
        last.bytes && 'Inside TLS another protocol was spoken, which was passed on unread.',
      ),
    fix: () =>
      'The port takes HTTP, CONNECT and TLS: give a client its address as http://HOST:PORT in HTTPS_PROXY. Who looks at a port from outside (a scanner, a health check) is no client of yours: let the proxy listen on an address that only its clients reach.',
  },
  {
    id: 'proxy.not-tls',
    severity: 'info',
    holds: ({ outcome }) => outcome === 'not-tls',
    title: ({ row, host }) => `${labelOf(row)} spoke another protocol than HTTPS with ${host}`,
    explanation: ({ when, last }) =>
      `A tunnel to ${placeOf(last)} carried neither TLS nor HTTP ${when}${last.bytes ? `: ${last.bytes.sent} bytes were sent, ${last.bytes.received} came back` : ''}. It was passed on unread${saying(last)}.`,
    fix: () =>
      'Nothing, where that protocol is meant. Where HTTPS is, see what the client is set to speak at this host and port.',
  },
  {
    id: 'proxy.connect-unused',
    severity: 'info',
    holds: ({ outcome }) => outcome === 'unused',
    title: ({ row, host }) => `${labelOf(row)} opened a connection to ${host} and asked nothing`,
    explanation: ({ when, last }) =>
      sentences(
        `${capital(last.failure?.message ?? 'nothing was asked')}, ${when}.`,
        'Browsers and clients that open several connections at once leave some of them unused.',
        isOtherPort(last) &&
          `At port ${last.port} another protocol is usual: one in which the server speaks first does not pass through here.`,
      ),
    fix: ({ row }) =>
      `Nothing, where what was asked is seen elsewhere. If it is not, the client may not trust us. ${cureFor('trust', row)}`,
  },
]

const isOtherPort = ({ port, tls }: Connection): boolean =>
  tls === undefined && port !== null && port !== 443 && port < 1024

const placeOf = ({ host, port }: Connection): string =>
  `${short(host ?? 'an unnamed host')}${port === null ? '' : `, port ${port}`}`

const saying = ({ failure }: Connection): string => (failure ? ` (${quoted(failure.message)})` : '')

function offer({ tls }: Connection): string {
  const { versions = [], ciphers = [] } = tls?.offered ?? {}
  if (versions.length === 0) return ''
  return `It offered ${inWords(versions.map(short))} with ${inWords(ciphers.map(short))}.`
}

function toFinding(evidence: Evidence, troubles: Several<Trouble>): Finding {
  const [{ kind, connection: first }] = troubles
  const connections = troubles.map(({ connection }) => connection)
  const last = connections.at(-1) ?? first
  const row = evidence.clientBehind(first)
  const host = short(first.host ?? 'an unnamed host')
  const count = connections.reduce((sum, { unwritten = 0 }) => sum + 1 + unwritten, 0)
  const told: Told = { row, host, last, when: times(count, first.startedAt, last.startedAt) }
  const severity = kind.needsHost && first.host === null ? 'info' : kind.severity
  return {
    id: kind.id,
    severity: severity ?? severityAfter(evidence.outcomes, last.sequence, waysOut(evidence, first.host)),
    title: kind.title(told),
    explanation: sentences(kind.explanation(told), whichLeg(evidence, first.host)),
    fix: kind.fix(told),
    reference: reference('RFC 8555 §6.1'),
    exchanges: connections.map(({ id }) => id),
    object: null,
    consequenceOf: null,
  }
}
