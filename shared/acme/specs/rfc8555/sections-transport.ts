/** RFC 8555 §1 to §6: what it is for, and how messages travel. In our own words. */
import type { SectionRow } from '../row.ts'

export const transportSections: readonly SectionRow[] = [
  {
    section: '1',
    title: 'Introduction',
    kind: 'background',
    text: 'Getting a certificate used to be work for people, done rarely and by hand. Here a program proves that it controls a name and gets the certificate without anybody looking on.',
  },
  {
    section: '2',
    title: 'Deployment Model and Operator Experience',
    kind: 'background',
    text: "An operator installs a client, says which names it serves, and need not think of certificates again. The client acts in the operator's name and renews in time by itself.",
  },
  {
    section: '3',
    title: 'Terminology',
    kind: 'background',
    text: 'The client asks for certificates, the server runs at a certification authority. Binary values are written in base64url without padding, as a JWS has them.',
  },
  {
    section: '4',
    title: 'Protocol Overview',
    kind: 'background',
    text: 'A walk through the whole: account, order, proof, CSR, certificate. It asks nothing that a later section does not ask more exactly.',
  },
  {
    section: '5',
    title: 'Character Encoding',
    text: 'Every text that is sent or hashed is UTF-8. Names with letters beyond ASCII are written in the form that begins xn--.',
  },
  {
    section: '6',
    title: 'Message Transport',
    kind: 'background',
    text: 'How client and server speak to each other: HTTPS carries JSON that the client signs. The sections below say what each message must hold.',
  },
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
]
