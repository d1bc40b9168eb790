// Why a handshake with a client failed: rows, by what OpenSSL calls it and else by what mockttp makes of it.
import type { TlsHandshakeFailure } from 'mockttp'
import type { ClientTls, ConnectionOutcome } from '../../shared/exchange.ts'
import type { BrokenHandshake } from './client-tls.ts'

export interface HandshakeTrouble {
  readonly outcome: ConnectionOutcome
  readonly code: string
  readonly message: string
}

type Cause = TlsHandshakeFailure['failureCause']

/** Alerts of the client about our certificate (RFC 8446 section 6.2), and what only our side knows. */
const ROWS: readonly (readonly [RegExp, (offered: ClientTls['offered']) => HandshakeTrouble])[] = [
  [/ALERT_UNKNOWN_CA$/, () => refused('cert-rejected', 'it said that it does not know the CA (alert unknown_ca)')],
  [/ALERT_BAD_CERTIFICATE$/, () => refused('cert-rejected', 'it called it bad (alert bad_certificate)')],
  [
    /ALERT_CERTIFICATE_UNKNOWN$/,
    () =>
      refused('cert-rejected', 'it did not say why (alert certificate_unknown): no trust, or another one is pinned'),
  ],
  [
    /ALERT_CERTIFICATE_EXPIRED$/,
    () => refused('cert-expired', 'it takes it for expired (alert certificate_expired): its clock may be wrong'),
  ],
  [
    /ALERT_UNSUPPORTED_CERTIFICATE$/,
    () => refused('cert-rejected', 'it cannot use it (alert unsupported_certificate)'),
  ],
  [/ALERT_(ACCESS_DENIED|CERTIFICATE_REVOKED)$/, () => refused('cert-rejected', 'it said that it does not accept it')],
  [
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|UNKNOWN_SSL_VERSION/,
    (offered) => failed('protocol-version', `the client offers ${versions(offered)}; TLS 1.2 and 1.3 are spoken here`),
  ],
  [
    /NO_SHARED_CIPHER|NO_CIPHERS/,
    (offered) => failed('no-shared-cipher', `the client offers no cipher that we speak: ${ciphers(offered)}`),
  ],
  [
    /NO_SUITABLE_(SIGNATURE|KEY|GROUP)|NO_SHARED_(SIGNATURE|GROUP)/,
    () =>
      failed('no-shared-parameters', 'the client takes no signature or key exchange that our RSA certificate allows'),
  ],
  [/ALERT_HANDSHAKE_FAILURE$/, () => failed('alert', 'the client ended the handshake (alert handshake_failure)')],
  [
    /RECORD|LENGTH|UNEXPECTED_MESSAGE|DECODE|WRONG_VERSION|BAD_/,
    () => failed('malformed', 'what the client sent began like TLS and is none that can be read'),
  ],
]

/** How clients say that they do not trust us differs: Go, Python and OpenSSL alert, GnuTLS closes, Node resets. */
const CAUSES: Readonly<Record<Cause, HandshakeTrouble>> = {
  'cert-rejected': refused('cert-rejected', 'it said that it does not trust the certificate'),
  closed: refused('closed', 'it closed the connection right after the handshake'),
  reset: refused('reset', 'it reset the connection during the handshake'),
  'no-shared-cipher': failed('no-shared-cipher', 'the client offers no cipher that we speak'),
  'handshake-timeout': failed('handshake-timeout', 'the client did not finish the handshake'),
  unknown: failed('unknown', 'the handshake failed'),
}

/** Codes are our own words, as few as there are cures. */
export function handshakeTrouble(cause: Cause, broken: BrokenHandshake | undefined): HandshakeTrouble {
  const code = cause === 'closed' || cause === 'reset' ? '' : (broken?.code ?? '')
  const [, say] = ROWS.find(([pattern]) => pattern.test(code)) ?? []
  if (say) return say(broken?.offered)
  const known = CAUSES[cause] ?? CAUSES.unknown
  return cause === 'unknown' && code !== '' ? { ...known, message: `${known.message} (${code})` } : known
}

function refused(code: string, how: string): HandshakeTrouble {
  return { outcome: 'client-refused-certificate', code, message: `the client does not accept our certificate: ${how}` }
}

function failed(code: string, message: string): HandshakeTrouble {
  return { outcome: 'tls-failed', code, message }
}

const MOST_CIPHERS = 4

const versions = (offered: ClientTls['offered']): string =>
  offered?.versions.length ? `${offered.versions.join(', ')} only` : 'a version of TLS that is too old'

function ciphers(offered: ClientTls['offered']): string {
  const all = offered?.ciphers ?? []
  if (all.length === 0) return 'it named none that could be read'
  const more = all.length - MOST_CIPHERS
  return [...all.slice(0, MOST_CIPHERS), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
