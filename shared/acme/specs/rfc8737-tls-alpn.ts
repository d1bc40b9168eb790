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
    {
      section: '6.1',
      title: 'SMI Security for PKIX Certificate Extension OID',
      kind: 'iana',
      text: 'The critical extension 1.3.6.1.5.5.7.1.31 of the certificate that is served for validation. It holds the SHA-256 of the key authorization.',
    },
    {
      section: '6.2',
      title: 'ALPN Protocol ID',
      kind: 'iana',
      text: 'The protocol name acme-tls/1, which the CA offers and the server must accept. Nothing is spoken over it; the handshake is all.',
    },
  ],
  challenges: [
    {
      type: 'tls-alpn-01',
      proof: 'a certificate with the digest of the key authorization, served for acme-tls/1',
      cite: '§3',
    },
  ],
}
