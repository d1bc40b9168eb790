/**
 * Every finding there is, by its id, which is stable: rows for the reader of a report and of docs/findings.md. What one
 * recording says of itself is written where it is found.
 */
import type { Severity } from '../../finding.ts'

export interface FindingRow {
  readonly id: string
  /** `by outcome`: an error, or a remark where what it is about succeeded later in the recording. */
  readonly severity: Severity | 'by outcome'
  /** When it is found. */
  readonly when: string
  /** What to do about it, whatever the client. */
  readonly cure: string
}

export interface Chapter {
  readonly title: string
  readonly rows: readonly FindingRow[]
}

const row = (id: string, severity: FindingRow['severity'], when: string, cure: string): FindingRow => ({
  id,
  severity,
  when,
  cure,
})

export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'Against the protocol',
    rows: [
      row(
        'jws.signature-invalid',
        'error',
        'The signature of a request does not verify under the key it names.',
        'See which account key the client signs with, and whether something changes requests on their way.',
      ),
      row(
        'jws.algorithm-not-allowed',
        'error',
        'A request is signed with none or a MAC, or an inner JWS (key change, external account) is not of the form it must have.',
        'Use a client that signs as RFC 8555 §6.2, §7.3.4 and §7.3.5 ask.',
      ),
      row(
        'jws.key-and-kid',
        'error',
        'A request names its key twice, not at all, or the wrong way for what it asks.',
        'jwk belongs to newAccount and to revocation by a certificate’s key, kid to everything else.',
      ),
      row(
        'jws.url-mismatch',
        'error',
        'A request was signed for another URL than the one it went to.',
        'Take away what gives the CA another name, such as a reverse proxy.',
      ),
      row(
        'jws.malformed',
        'error',
        'A body is no flattened JWS, or a part of it cannot be read.',
        'Use a client that sends protected, payload and signature in base64url without padding.',
      ),
      row(
        'jws.content-type',
        'warning',
        'A signed request is not sent as application/jose+json.',
        'Set the Content-Type; some CAs refuse any other.',
      ),
      row(
        'jws.public-key-refused',
        'error',
        'The CA does not accept the account’s kind of key or algorithm.',
        'Use EC P-256 or RSA with 2048 bits or more.',
      ),
      row(
        'nonce.reused',
        'error',
        'A nonce was spent twice.',
        'Let the client take a fresh one for every request, also for a second try.',
      ),
      row(
        'nonce.unknown',
        'info',
        'A nonce was spent that no answer of the recording gave out.',
        'Nothing, where the client kept it from before.',
      ),
      row(
        'nonce.rejected-then-accepted',
        'info',
        'A nonce was refused, and the next one accepted.',
        'Nothing: that is normal.',
      ),
      row(
        'nonce.rejected-not-retried',
        'warning',
        'A nonce was refused and the client did not try again. An error where the run ended there.',
        'Let the client sign the request again with the nonce of the refusal.',
      ),
      row(
        'nonce.rejected-repeatedly',
        'error',
        'Nonce after nonce was refused.',
        'Look for a cache, or for CA servers without a common memory, between the client and the CA.',
      ),
      row(
        'request.not-post-as-get',
        'warning',
        'Something was asked for with GET where a signed POST belongs.',
        'Use a client that speaks RFC 8555 rather than a draft of it.',
      ),
      row(
        'request.no-user-agent',
        'warning',
        'Requests do not say which client sends them.',
        'Let the client send a User-Agent.',
      ),
      row(
        'state.illegal-transition',
        'warning',
        'An object reached a status that no way leads to from the one seen before.',
        'Report it to the CA.',
      ),
      row(
        'poll.ignores-retry-after',
        'info',
        'The client asked again sooner than the CA had said.',
        'Let it wait as long as Retry-After says.',
      ),
      row(
        'poll.too-fast',
        'info',
        'One object was asked for five times or more within a second.',
        'Let the client wait between polls.',
      ),
      row(
        'order.finalized-before-ready',
        'by outcome',
        'An order was finalized before each of its names was proven.',
        'Find out why a proof failed; a client finalizes when the order is ready.',
      ),
      row(
        'order.csr-differs',
        'by outcome',
        'The CSR asks for other names than the order.',
        'Make the CSR for exactly the names of the order.',
      ),
      row(
        'order.csr-rejected',
        'by outcome',
        'The CA does not accept the CSR: its form, its key, its signature.',
        'Make a new key and a new CSR; the account’s key must not be used for it.',
      ),
      row(
        'order.never-finished',
        'warning',
        'The recording ends with an order that is neither valid nor invalid.',
        'Record the whole run, or see in the client’s log why it stopped.',
      ),
      row(
        'certificate.names-differ',
        'error',
        'The certificate is for other names than the order.',
        'Do not use it; report it to the CA.',
      ),
      row(
        'certificate.key-differs',
        'error',
        'The certificate has another key than the CSR.',
        'Do not use it; report it to the CA.',
      ),
      row(
        'certificate.chain-broken',
        'warning',
        'A certificate of the chain does not certify the one before it.',
        'Order the chain as RFC 8555 §9.1 asks, or take another chain.',
      ),
      row(
        'recording.cut-values',
        'info',
        'Values were shortened or replaced before the recording came to us.',
        'Nothing: what depends on them is not judged.',
      ),
      row(
        'recording.starts-midway',
        'info',
        'No directory or no account was seen.',
        'Record from the client’s start to have everything checked.',
      ),
    ],
  },
  {
    title: 'Why there is no certificate: the connections',
    rows: [
      row(
        'trust.client-rejected-authority',
        'by outcome',
        'The client ended a connection when it saw acmescope’s certificate.',
        'Let it trust the authority on this leg: to the CA and to the DNS provider’s API it often has separate settings.',
      ),
      row(
        'trust.passed-through',
        'warning',
        'A client refused our certificate for a host and was let through to it undecrypted (--on-refusal passthrough).',
        'Let the client trust acmescope’s authority, for this leg as well, and start acmescope or the client again.',
      ),
      row(
        'trust.client-tls-unsupported',
        'by outcome',
        'The client and acmescope have no version of TLS, no cipher or no kind of key in common.',
        'Let it speak TLS 1.2 or 1.3 and accept an RSA certificate, or leave the host out with --passthrough.',
      ),
      row(
        'trust.upstream-untrusted',
        'by outcome',
        'acmescope does not trust the server’s certificate: its CA is unknown, a link of its chain is missing, it has expired or is for another name.',
        'Give the root of a CA of your own with --upstream-ca; repair the rest at the server.',
      ),
      row(
        'upstream.unreachable',
        'by outcome',
        'acmescope could not reach the server, or not over TLS; or the server broke off, or let its client wait until that had enough.',
        'Check the name, the network and the firewalls on the way there, and what the server speaks on this port.',
      ),
      row(
        'proxy.plain-http-to-tls-port',
        'by outcome',
        'A request went over plain HTTP to a port on which the server speaks TLS.',
        'Write https:// in the client’s URL.',
      ),
      row(
        'proxy.no-server-name',
        'warning',
        'TLS came straight to the port of the proxy, without the name of a server.',
        'Give the client the proxy, or lead the name of the CA here and let its URL hold that name.',
      ),
      row(
        'proxy.turned-away',
        'by outcome',
        'A client gave the proxy no credentials, or other ones than --proxy-auth asks for.',
        'Put them into the proxy’s address: http://USER:PASSWORD@HOST:PORT.',
      ),
      row(
        'proxy.handshake-broken',
        'by outcome',
        'The client began TLS with acmescope and did not finish it.',
        'See in its log why it stopped; let it trust the authority.',
      ),
      row(
        'proxy.not-http',
        'warning',
        'What came to the proxy, or through TLS, is no HTTP.',
        'Give the proxy’s address to programs that speak HTTP: http://HOST:PORT.',
      ),
      row(
        'proxy.not-tls',
        'info',
        'A tunnel carried neither TLS nor HTTP and was passed on unread.',
        'Nothing, where that protocol is meant.',
      ),
      row(
        'proxy.connect-unused',
        'info',
        'The client opened a connection, and asked nothing over it.',
        'Nothing, where what was asked is seen elsewhere; else let it trust the authority.',
      ),
    ],
  },
  {
    title: 'Why there is no certificate: the DNS provider’s API',
    rows: [
      row(
        'dns-api.credential-malformed',
        'by outcome',
        'The credentials do not have the form that the API expects.',
        'Copy the token or key again, whole and without quotes, spaces or line breaks.',
      ),
      row(
        'dns-api.unauthorized',
        'by outcome',
        'The API does not accept the credentials, or they do not allow this.',
        'Check that they are the right ones, not expired, and may read the zone and edit its records.',
      ),
      row(
        'dns-api.zone-not-found',
        'by outcome',
        'The API shows these credentials no zone for the name.',
        'Check that the zone is at this provider and in this account.',
      ),
      row(
        'dns-api.record-exists',
        'by outcome',
        'The record was there already, and none was written.',
        'Delete the old record, and see why it was left behind.',
      ),
      row(
        'dns-api.failed',
        'by outcome',
        'The API did not do what it was asked.',
        'Act on its own words, or try again later.',
      ),
    ],
  },
  {
    title: 'Why there is no certificate: the TXT record',
    rows: [
      row(
        'dns.txt-mismatch',
        'by outcome',
        'Another value was written than the challenge wants. Where the account’s key is known, that is proof.',
        'Let one client with one account key write the record.',
      ),
      row(
        'dns.txt-never-written',
        'by outcome',
        'The CA was told to look, and no accepted request to the API carried the value.',
        'See what the client or its hook says about writing the record.',
      ),
      row(
        'dns.not-propagated',
        'by outcome',
        'The right value was written, and the CA saw none or an older one.',
        'Let the client wait longer, and see that the zone written to is the one that is served.',
      ),
      row(
        'dns.gave-up-waiting',
        'by outcome',
        'The record was written and taken back, and the challenge never answered: the client’s own look-up did not find it.',
        'See which name server the client asks, and how long it waits.',
      ),
      row(
        'dns.wrong-zone',
        'by outcome',
        'The value was written where the CA does not look.',
        'Write it where the name is delegated to, or where its CNAME leads.',
      ),
      row(
        'dns.record-left-behind',
        'warning',
        'A record was created and never deleted, though the order is decided.',
        'Delete it by hand, and see why the client did not clear up.',
      ),
      row(
        'dns.server-trouble',
        'by outcome',
        'The CA had trouble with the name servers: SERVFAIL, DNSSEC, silence, or no such name.',
        'Ask every name server of the zone from outside.',
      ),
    ],
  },
  {
    title: 'Why there is no certificate: the validation',
    rows: [
      row(
        'validation.unreachable',
        'by outcome',
        'The CA could not connect to the server.',
        'Open port 80 (http-01) or 443 (tls-alpn-01) to the whole Internet, at the address that the public DNS gives.',
      ),
      row(
        'validation.wrong-content',
        'by outcome',
        'The CA got something else than the proof: an error, a page, a redirect, another file.',
        'Serve the file of this challenge at port 80, unchanged, to anybody.',
      ),
      row(
        'validation.tls-alpn-not-served',
        'by outcome',
        'The server did not answer acme-tls/1 with the certificate of this challenge.',
        'Let the client itself answer at port 443; nothing may end TLS before it.',
      ),
      row(
        'validation.behind-cdn',
        'by outcome',
        'A content delivery network answered instead of the server, with an error.',
        'Let it pass /.well-known/acme-challenge/ on unchanged, or use dns-01.',
      ),
      row(
        'validation.ipv6-broken',
        'by outcome',
        'The name has an IPv6 address that does not answer.',
        'Make the server answer there, or remove the AAAA record.',
      ),
      row(
        'validation.secondary',
        'by outcome',
        'The proof was found from one place of the world and not from others.',
        'Take away geographic filters, rate limits and split DNS; let all name servers agree.',
      ),
      row(
        'validation.caa',
        'by outcome',
        'A CAA record does not let this CA issue, or could not be looked up.',
        'Allow the names that the CA’s directory lists in caaIdentities.',
      ),
      row('validation.tls', 'by outcome', 'The CA met a TLS error.', 'See what the server answers at port 443.'),
      row(
        'validation.incorrect-response',
        'by outcome',
        'The proof that was found is not the one of this challenge.',
        'Look for an old file, another account, or a second client.',
      ),
    ],
  },
  {
    title: 'Why there is no certificate: the account',
    rows: [
      row(
        'account.eab-required',
        'by outcome',
        'The CA wants accounts to be bound to one it knows, and none was.',
        'Get a key identifier and a MAC key from the CA, and give both to the client.',
      ),
      row(
        'account.eab-rejected',
        'by outcome',
        'The CA does not accept the binding: its key identifier, its MAC, or its URL.',
        'Check that identifier and key are of one pair, in base64url, and not used up.',
      ),
      row(
        'account.unknown',
        'by outcome',
        'The CA has no such account, or it is deactivated.',
        'Register, or give the client the key of the account that is there.',
      ),
      row(
        'account.other-ca',
        'by outcome',
        'The request names an account of another CA: staging and production were mixed up.',
        'Let the directory and the stored account belong together.',
      ),
      row(
        'account.action-required',
        'by outcome',
        'The CA waits for a person, mostly to agree to its terms.',
        'Open the page that the CA names, and tell the client that you agree.',
      ),
      row(
        'account.not-persisted',
        'warning',
        'The client makes a new account at each start, and orders the same names again.',
        'Keep the client’s data on a disk that stays.',
      ),
    ],
  },
  {
    title: 'Why there is no certificate: the CA',
    rows: [
      row(
        'order.identifier-rejected',
        'by outcome',
        'The CA does not issue for a name.',
        'Correct the name or leave it out.',
      ),
      row(
        'order.profile-refused',
        'by outcome',
        'The CA does not know the profile, or not for this request or account.',
        'Ask for a profile that the directory lists, or for none.',
      ),
      row(
        'limit.failed-validations',
        'by outcome',
        'Too many validations of the name failed.',
        'Repair the cause, test with staging, and wait until the time that is told.',
      ),
      row(
        'limit.duplicate-certificate',
        'by outcome',
        'Too many certificates for exactly these names.',
        'Use the ones there are; keep the client’s data.',
      ),
      row(
        'limit.paused',
        'by outcome',
        'The CA paused the name for this account.',
        'Repair the cause, then open the link in the CA’s answer.',
      ),
      row('limit.other', 'by outcome', 'Another limit of the CA was reached.', 'Wait until the time that is told.'),
      row('ca.overloaded', 'by outcome', 'The CA is busy.', 'Try again later.'),
      row('ca.error', 'by outcome', 'The CA had an error of its own.', 'Try again later; look at its status page.'),
      row(
        'renewal.replaces-conflict',
        'by outcome',
        'The CA does not accept the certificate that is to be replaced.',
        'Order without naming it.',
      ),
      row(
        'revocation.refused',
        'by outcome',
        'The CA did not revoke.',
        'Sign with the account or the certificate’s key, and give a reason that is allowed.',
      ),
      row(
        'problem.other',
        'by outcome',
        'The CA refused something, and nothing above says why.',
        'Act on the CA’s own words.',
      ),
    ],
  },
]

const byId = new Map(CHAPTERS.flatMap(({ rows }) => rows).map((one) => [one.id, one]))

/** Null for an id that nobody wrote down. */
export const findingRow = (id: string): FindingRow | null => byId.get(id) ?? null
