/** The sections of RFC 8555 that a recording can exercise, and what each asks, in our own words. */
import type { SectionRow } from '../row.ts'

export const sections: readonly SectionRow[] = [
  {
    section: '6.1',
    title: 'HTTPS Requests',
    text: 'Everything travels over HTTPS, and the client names itself in User-Agent. That is how a CA can tell a broken client version from a broken user.',
  },
  {
    section: '6.2',
    title: 'Request Authentication',
    text: 'Every request that means something is a flattened JWS signed with the account key. The protected header says who signs: the key itself (jwk) before an account exists, the account URL (kid) ever after.',
  },
  {
    section: '6.3',
    title: 'GET and POST-as-GET Requests',
    text: 'Objects are read by a signed POST whose payload is empty, so that only their owner sees them. Only the directory, a new nonce and a few public resources answer a plain GET.',
  },
  {
    section: '6.4',
    title: 'Request URL Integrity',
    text: 'The URL a request is meant for is signed with it. A server that is reached under another name than the client used must refuse.',
  },
  {
    section: '6.4.1',
    title: '"url" (URL) JWS Header Parameter',
    text: 'The protected header carries the full URL of the request. It must be the very string the request was sent to.',
  },
  {
    section: '6.5',
    title: 'Replay Protection',
    text: 'Each signed request spends a nonce that the server gave out, once. A nonce the server does not like is answered with badNonce and a fresh one, and the client tries again with that.',
  },
  {
    section: '6.5.1',
    title: 'Replay-Nonce',
    text: 'Every answer to a POST brings the next nonce in this header. Clients keep it for their next request.',
  },
  {
    section: '6.5.2',
    title: '"nonce" (Nonce) JWS Header Parameter',
    text: 'The protected header carries the nonce this request spends. Because it is signed, nobody can send the request a second time.',
  },
  {
    section: '6.6',
    title: 'Rate Limits',
    text: 'A CA may refuse more than it wants to serve, with the problem rateLimited. Retry-After tells when to come back, and a link may tell which limit was hit.',
  },
  {
    section: '6.7',
    title: 'Errors',
    text: 'What went wrong comes as a problem document: a type a program can act on, and a detail for people. The type begins urn:ietf:params:acme:error.',
  },
  {
    section: '6.7.1',
    title: 'Subproblems',
    text: 'When several names of one request are at fault, each gets a problem of its own inside the main one. The identifier says which name it is about.',
  },
  {
    section: '7.1',
    title: 'Resources',
    text: 'The kinds of object a CA keeps, and how one leads to the next: directory, account, order, authorization, challenge, certificate. A client learns every URL from an earlier answer and never makes one up.',
  },
  {
    section: '7.1.1',
    title: 'Directory',
    text: 'The one URL a client is configured with. It lists where everything else is, and what the CA wants people to know about itself.',
  },
  {
    section: '7.1.2',
    title: 'Account Objects',
    text: 'What the CA keeps of an account: its status, its contacts, whether the terms were agreed to. The key is its identity.',
  },
  {
    section: '7.1.2.1',
    title: 'Orders List',
    text: "The account's orders, as a list of URLs that may come in pages. Many CAs do not offer it.",
  },
  {
    section: '7.1.3',
    title: 'Order Objects',
    text: 'One wish for one certificate: the names, the authorizations they need, where to finalize, and in the end where the certificate is. Its status tells what is missing.',
  },
  {
    section: '7.1.4',
    title: 'Authorization Objects',
    text: 'The right of an account to one name. It offers challenges; passing any one of them is enough. A wildcard shows the bare name and a flag.',
  },
  {
    section: '7.1.5',
    title: 'Challenge Objects',
    text: 'One way to prove control of a name, with its token, its status, and after a failure the reason. Each type has fields of its own.',
  },
  {
    section: '7.1.6',
    title: 'Status Changes',
    text: 'Which status can follow which, for challenges, authorizations, orders and accounts. Some pass so quickly that nobody sees them, and by verified erratum 5732 a challenge that shows an error may still be processing.',
  },
  {
    section: '7.2',
    title: 'Getting a Nonce',
    text: 'A client that has no nonce asks for one with a HEAD request. The nonce is in the Replay-Nonce header; there is nothing else to the answer.',
  },
  {
    section: '7.3',
    title: 'Account Management',
    text: "The client sends its public key, signed by itself, and gets an account. From then on the account's URL stands for the key.",
  },
  {
    section: '7.3.1',
    title: 'Finding an Account URL Given a Key',
    text: 'A key that already has an account gets it back, with status 200 and the same URL. With onlyReturnExisting no account is made when there is none.',
  },
  {
    section: '7.3.2',
    title: 'Account Update',
    text: 'A POST to the account URL changes the contacts. Fields the server does not know how to change are ignored.',
  },
  {
    section: '7.3.3',
    title: 'Changes of Terms of Service',
    text: 'When the terms change, a CA may answer userActionRequired until a person has agreed. The problem says where to go.',
  },
  {
    section: '7.3.4',
    title: 'External Account Binding',
    text: 'Some CAs want the new account tied to one they already know. The client proves it with a MAC, by a key the CA gave it outside ACME, over the account key.',
  },
  {
    section: '7.3.5',
    title: 'Account Key Rollover',
    text: 'The account gets a new key: a request signed by the new one is wrapped in a request signed by the old. Both must agree before anything changes.',
  },
  {
    section: '7.3.6',
    title: 'Account Deactivation',
    text: 'Setting the status to deactivated ends the account for good. Every later request with its key is refused.',
  },
  {
    section: '7.4',
    title: 'Applying for Certificate Issuance',
    text: 'The client names what it wants, fulfils what the order asks, then sends its certificate signing request to the finalize URL. The CSR must ask for exactly the names of the order.',
  },
  {
    section: '7.4.1',
    title: 'Pre-authorization',
    text: 'A name can be authorized before any order needs it, where the CA offers newAuthz. Few do.',
  },
  {
    section: '7.4.2',
    title: 'Downloading the Certificate',
    text: 'When the order is valid its certificate URL gives the chain as PEM, end-entity first. Links may lead to alternate chains.',
  },
  {
    section: '7.5',
    title: 'Identifier Authorization',
    text: 'The client fetches each authorization of the order to see which challenges it can choose from. One already valid needs nothing more.',
  },
  {
    section: '7.5.1',
    title: 'Responding to Challenges',
    text: 'An empty JSON object, signed and sent to the challenge URL, says: ready, come and look. Then the client polls until the CA has made up its mind.',
  },
  {
    section: '7.5.2',
    title: 'Deactivating an Authorization',
    text: 'A client that no longer wants its right to a name sets the status to deactivated. Clients also do so to clear up after a failure.',
  },
  {
    section: '7.6',
    title: 'Certificate Revocation',
    text: 'A certificate is revoked by a request signed with the account key or with the key of the certificate itself. A reason code may say why.',
  },
  {
    section: '8.1',
    title: 'Key Authorizations',
    text: 'The token of the challenge, a dot, and the thumbprint of the account key. It ties the proof to one account, so nobody else can use it.',
  },
  {
    section: '8.2',
    title: 'Retrying Challenges',
    text: 'While a challenge is processing the CA may try several times. Retry-After says when it will next have news.',
  },
  {
    section: '8.3',
    title: 'HTTP Challenge',
    text: 'The key authorization is served on port 80 of the name, under /.well-known/acme-challenge/ and the token. The CA fetches it, from several places.',
  },
  {
    section: '8.4',
    title: 'DNS Challenge',
    text: 'The SHA-256 of the key authorization, in base64url, stands in a TXT record at _acme-challenge of the name. It is the only way to a wildcard; a wildcard and its apex share one record name with two values.',
  },
  {
    section: '9.1',
    title: 'Media Type: application/pem-certificate-chain',
    text: 'A certificate chain as PEM, each certificate certifying the one before it. Nothing stands between them.',
  },
  {
    section: '9.7.6',
    title: 'Fields in the "meta" Object within a Directory Object',
    text: 'What the CA says about itself: its terms, its website, the names it looks for in CAA records, and whether accounts need a binding.',
  },
  {
    section: '11.1',
    title: 'Key Selection',
    text: 'The key of an account is for that account alone: it must not be the key of a certificate as well.',
  },
]
