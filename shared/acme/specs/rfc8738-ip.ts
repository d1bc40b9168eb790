/** RFC 8738, certificates for IP addresses. */
import type { Spec } from './row.ts'

export const rfc8738: Spec = {
  document: {
    id: 'RFC 8738',
    title: 'Automated Certificate Management Environment (ACME) IP Identifier Validation Extension',
    url: 'https://www.rfc-editor.org/rfc/rfc8738#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'IP Identifier',
      text: 'An IPv4 or IPv6 address in place of a name. IPv6 is written in its shortest form, in lower case.',
    },
    {
      section: '4',
      title: 'Identifier Validation Challenges',
      text: 'http-01 and tls-alpn-01 work for an address as they do for a name. The CA connects to the address itself, without looking anything up.',
    },
    {
      section: '5',
      title: 'HTTP Challenge',
      text: 'The CA fetches the proof from the address. Its Host header is the address.',
    },
    {
      section: '6',
      title: 'TLS with Application-Layer Protocol Negotiation (TLS ALPN) Challenge',
      text: 'The certificate served for validation names the address as iPAddress. The handshake asks for the reverse name under in-addr.arpa or ip6.arpa, since SNI cannot carry an address.',
    },
    {
      section: '7',
      title: 'DNS Challenge',
      text: 'dns-01 cannot prove control of an address. A CA must not offer it.',
    },
  ],
  exercises: [
    { by: 'proof http-01 of ip', why: 'Proves an address', cite: '§4' },
    { by: 'proof tls-alpn-01 of ip', why: 'Proves an address', cite: '§4' },
    { by: 'proof http-01 of ip', why: 'Lets the CA fetch the proof from the address', cite: '§5' },
    { by: 'proof tls-alpn-01 of ip', why: 'Lets the CA shake hands with the address', cite: '§6' },
    { by: 'proof dns-01 of ip', why: 'Tries to prove an address by DNS', cite: '§7' },
  ],
  identifiers: [{ type: 'ip', text: 'an IPv4 or IPv6 address', cite: '§3' }],
}
