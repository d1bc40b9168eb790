// Names the stage at which an exchange failed, from the codes Node, OpenSSL and mockttp give.
import type { Failure, FailureStage } from '../../shared/exchange.ts'
import { BEFORE_SECURE } from './upstream/upstream-way.ts'

const DNS = /^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EREFUSED$|ETIMEOUT$|LEADS_BACK$)/
const CONNECT =
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|ETIMEDOUT|EADDRNOTAVAIL|EACCES|EPERM|UPSTREAM_PROXY_\w+)$/
/** OpenSSL's verification results (`X509_V_ERR_…`) as Node names them, and its own. */
const TLS =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|CRL_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH|ERROR_IN_CERT_)/
const UNTRUSTED =
  /^(UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE)$/
const BEFORE_TLS = new RegExp(BEFORE_SECURE)

/** Whether the server's certificate comes from a CA we do not know (or from another of the same name), which `--upstream-ca` mends. */
export const isUntrusted = (failure: Failure): boolean =>
  failure.stage === 'upstream-tls' && UNTRUSTED.test(failure.code)

/** For when only a code is known. */
const WORDS: Readonly<Record<string, string>> = {
  LEADS_BACK: 'its name leads back to acmescope itself (LEADS_BACK)',
  UPSTREAM_PROXY_AUTH: 'the upstream proxy does not accept our credentials (UPSTREAM_PROXY_AUTH)',
  UPSTREAM_PROXY_REFUSED: 'the upstream proxy does not connect to it (UPSTREAM_PROXY_REFUSED)',
  UPSTREAM_PROXY_TIMEOUT: 'the upstream proxy did not answer in time (UPSTREAM_PROXY_TIMEOUT)',
  UPSTREAM_PROXY_UNREACHABLE: 'the upstream proxy could not be reached (UPSTREAM_PROXY_UNREACHABLE)',
  ENOTFOUND: 'its name does not resolve (ENOTFOUND)',
  EAI_AGAIN: 'no name server answered (EAI_AGAIN)',
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ETIMEDOUT: 'it did not answer in time (ETIMEDOUT)',
  EHOSTUNREACH: 'there is no way to that host (EHOSTUNREACH)',
  ENETUNREACH: 'there is no way to that network (ENETUNREACH)',
  ECONNRESET: 'it reset the connection (ECONNRESET)',
}

/** For what OpenSSL says in its own words only: rows by its code, the first that fits counts. */
const TLS_WORDS: readonly (readonly [RegExp, string])[] = [
  [/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/, 'what it answered is no TLS'],
  [/CERTIFICATE_REQUIRED/, 'it wants a certificate of the client (mTLS), and acmescope has none'],
  [/ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/, 'it speaks no version of TLS that acmescope speaks'],
  [/UNRECOGNIZED_NAME/, 'it does not know itself by this name'],
  [/DH_KEY_TOO_SMALL|EE_KEY_TOO_SMALL|CA_MD_TOO_WEAK/, 'its keys are too weak to be trusted'],
  [/LEGACY_RENEGOTIATION/, 'it speaks a TLS that is too old to be safe'],
  [/ALERT_HANDSHAKE_FAILURE/, 'it ended the handshake: no cipher in common, or it wants a certificate of the client'],
]

/** `80CC…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/…c:350:` */
const OPENSSL = /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/

/** A failure on our way to the server. `message` is the system's, if there is one; an unknown code counts as trouble in HTTP. */
export function upstreamFailure(code: string, message: string = WORDS[code] ?? code): Failure {
  return { stage: upstreamStage(code, message), code, message: plainly(code, message) }
}

function plainly(code: string, message: string): string {
  const reason = OPENSSL.exec(message)?.[1] ?? message.replace(/^Upstream connection error: /, '')
  const name = code === 'EPROTO' ? reason.toUpperCase().replaceAll(' ', '_') : code
  const [, words] = TLS_WORDS.find(([pattern]) => /^ERR_SSL_|^EPROTO$/.test(code) && pattern.test(name)) ?? []
  return words ? `${words} (${reason})` : reason
}

function upstreamStage(code: string, message: string): FailureStage {
  if (DNS.test(code)) return 'upstream-dns'
  if (CONNECT.test(code) || message.startsWith('connect ')) return 'upstream-connect'
  if (TLS.test(code) || BEFORE_TLS.test(message)) return 'upstream-tls'
  return 'upstream-http'
}

const UPSTREAM_TAG = 'passthrough-error:'

/** mockttp marks what it could not fetch with a tag; null when the server itself answered. */
export const upstreamCode = (tags: readonly string[]): string | null =>
  tags.find((tag) => tag.startsWith(UPSTREAM_TAG))?.slice(UPSTREAM_TAG.length) ?? null

export const CLIENT_LEFT: Failure = {
  stage: 'aborted',
  code: 'CLIENT_CLOSED',
  message: 'the client closed the connection before the answer was complete',
}

/** HTTP/2 may end a stream early and call it complete; only the announced length tells. */
export const incompleteBody = (announced: number, received: number): Failure => ({
  stage: 'upstream-http',
  code: 'INCOMPLETE_BODY',
  message: `the server announced ${announced} bytes and sent ${received}`,
})

const WAITED_FOR: Partial<Record<FailureStage, string>> = {
  'upstream-dns': 'the address of the server was still being looked up',
  'upstream-connect': 'the server had not taken the connection yet',
  'upstream-tls': 'the server had not finished the TLS handshake yet',
}

/** The client left before there was a connection to the server. */
export const gaveUp = (stage: FailureStage): Failure => ({
  stage,
  code: 'CLIENT_GAVE_UP',
  message: `the client closed the connection while ${WAITED_FOR[stage] ?? 'the server was silent'}`,
})
