/** RFC 9799, certificates for .onion names. */
import type { Spec } from './row.ts'

export const rfc9799: Spec = {
  document: {
    id: 'RFC 9799',
    title: 'Automated Certificate Management Environment (ACME) Extensions for ".onion" Special-Use Domain Names',
    url: 'https://www.rfc-editor.org/rfc/rfc9799#section-{section}',
  },
  sections: [
    {
      section: '2',
      title: 'Identifier',
      text: 'An .onion name is an identifier of type dns, although it is not in the DNS. Only version 3 addresses count.',
    },
    {
      section: '3.2',
      title: 'New "onion-csr-01" Challenge',
      text: "The answer is a CSR signed with the onion service's own key, which holds the CA's nonce and one of the client. It is the only way to a wildcard below an .onion name, and uses no key authorization.",
    },
    {
      section: '4',
      title: 'Client Authentication to Hidden Services',
      text: 'A service that lets only known clients in needs to know the CA. The challenge gives the key the CA will come with.',
    },
    {
      section: '6.4',
      title: 'Alternative In-Band Presentation of CAA',
      text: 'CAA records of an .onion name can be sent along when the order is finalized, signed by the service. A CA then need not look them up in Tor.',
    },
    {
      section: '6.4.1',
      title: 'ACME Servers Requiring In-Band CAA',
      text: "A CA that does not look into Tor says so in the directory's meta. It refuses a finalize request without the records.",
    },
  ],
  exercises: [{ by: 'proof onion-csr-01 of dns', why: 'Proves an .onion name', cite: '§2' }],
  challenges: [
    { type: 'onion-csr-01', proof: "a CSR signed with the onion service's key, in the answer itself", cite: '§3.2' },
  ],
  problems: [
    {
      type: 'onionCAARequired',
      meaning: 'The CA wants the CAA records of the .onion name sent along with the CSR.',
      cite: '§6.4.1',
    },
  ],
  fields: [
    {
      object: 'meta',
      field: 'inBandOnionCAARequired',
      text: 'Whether CAA records of .onion names must be sent along.',
      cite: '§6.4.1',
    },
    {
      object: 'challenge',
      field: 'authKey',
      holds: 'jwk',
      text: 'The key with which the CA will come to the onion service.',
      cite: '§4',
    },
    {
      object: 'challenge onion-csr-01',
      field: 'nonce',
      text: 'The nonce of the CA that the CSR must hold, in base64.',
      cite: '§3.2',
    },
    {
      object: 'challenge onion-csr-01',
      field: 'token',
      text: 'What some servers send; the document has nonce alone.',
      cite: '§3.2',
    },
    {
      object: 'challengeResponse onion-csr-01',
      field: 'csr',
      text: "The CSR signed with the onion service's key, DER in base64url.",
      cite: '§3.2',
    },
    {
      object: 'finalize',
      field: 'onionCAA',
      holds: 'onionCaa',
      named: true,
      text: 'The CAA records of each .onion name.',
      cite: '§6.4',
    },
    {
      object: 'onionCaa',
      field: 'caa',
      text: 'The records as in the descriptor; null when there are none.',
      cite: '§6.4',
    },
    { object: 'onionCaa', field: 'expiry', text: 'Until when they count, in seconds since 1970.', cite: '§6.4' },
    { object: 'onionCaa', field: 'signature', text: "The onion service's signature over both.", cite: '§6.4' },
  ],
}
