/** RFC 8737, the tls-alpn-01 challenge. */
import type { Spec } from './row.ts'

export const rfc8737: Spec = {
  document: {
    id: 'RFC 8737',
    title: 'ACME TLS Application-Layer Protocol Negotiation (ALPN) Challenge Extension',
    url: 'https://www.rfc-editor.org/rfc/rfc8737#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'TLS with Application-Layer Protocol Negotiation (TLS ALPN) Challenge',
      text: 'The proof is a self-signed certificate, served on port 443 to whoever offers the protocol acme-tls/1. It carries the digest of the key authorization in an extension.',
    },
  ],
  traits: [{ operation: 'challenge', trait: 'challenge tls-alpn-01', cite: '§3' }],
  challenges: [
    {
      type: 'tls-alpn-01',
      proof: 'a certificate with the digest of the key authorization, served for acme-tls/1',
      cite: '§3',
    },
  ],
}
