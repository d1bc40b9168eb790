/** The error types of RFC 8555 §6.7, each with what it means for the person who met it. */
import type { ProblemRow } from '../row.ts'

export const problems: readonly ProblemRow[] = [
  { type: 'accountDoesNotExist', meaning: 'The CA has no account for this key.', cite: '§6.7' },
  { type: 'alreadyRevoked', meaning: 'The certificate was revoked before.', cite: '§6.7' },
  {
    type: 'badCSR',
    meaning: 'The certificate signing request is not acceptable: weak key, wrong names, or unreadable.',
    cite: '§6.7',
  },
  {
    type: 'badNonce',
    meaning:
      'The nonce was spent, too old or not from this server. The client tries again with the one in this answer.',
    cite: '§6.5',
  },
  { type: 'badPublicKey', meaning: 'The CA does not accept this kind or size of key.', cite: '§6.2' },
  { type: 'badRevocationReason', meaning: 'The CA does not allow this revocation reason.', cite: '§6.7' },
  {
    type: 'badSignatureAlgorithm',
    meaning: 'The request was signed with an algorithm the CA does not accept.',
    cite: '§6.2',
  },
  { type: 'caa', meaning: 'A CAA record of the name forbids this CA to issue.', cite: '§6.7' },
  { type: 'compound', meaning: 'Several things are wrong; the subproblems say which.', cite: '§6.7.1' },
  { type: 'connection', meaning: 'The CA could not connect to the server it was to validate.', cite: '§6.7' },
  { type: 'dns', meaning: 'The CA had trouble with a DNS query during validation.', cite: '§6.7' },
  {
    type: 'externalAccountRequired',
    meaning: 'The CA wants the account bound to one it already knows.',
    cite: '§7.3.4',
  },
  { type: 'incorrectResponse', meaning: 'What the CA found does not match what the challenge asks for.', cite: '§6.7' },
  { type: 'invalidContact', meaning: 'A contact address is not acceptable.', cite: '§6.7' },
  { type: 'malformed', meaning: 'The request is not one the CA can understand.', cite: '§6.7' },
  { type: 'orderNotReady', meaning: 'The order was finalized before every authorization was valid.', cite: '§7.4' },
  { type: 'rateLimited', meaning: 'A limit of the CA was reached.', cite: '§6.6' },
  { type: 'rejectedIdentifier', meaning: 'The CA does not issue for this name.', cite: '§6.7' },
  { type: 'serverInternal', meaning: 'Something failed inside the CA.', cite: '§6.7' },
  { type: 'tls', meaning: 'The CA met a TLS error during validation.', cite: '§6.7' },
  {
    type: 'unauthorized',
    meaning: 'The client lacks the right to do this; inside a challenge: the proof was not there.',
    cite: '§6.7',
  },
  { type: 'unsupportedContact', meaning: 'The CA does not support this kind of contact address.', cite: '§6.7' },
  { type: 'unsupportedIdentifier', meaning: 'The CA does not issue for this kind of identifier.', cite: '§6.7' },
  { type: 'userActionRequired', meaning: 'A person must visit the given page before the CA goes on.', cite: '§7.3.3' },
]
