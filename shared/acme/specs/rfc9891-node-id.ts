/** RFC 9891, certificates for nodes of a delay-tolerant network. */
import type { Spec } from './row.ts'

export const rfc9891: Spec = {
  document: {
    id: 'RFC 9891',
    title:
      'Automated Certificate Management Environment (ACME) Delay-Tolerant Networking (DTN) Node ID Validation Extension',
    url: 'https://www.rfc-editor.org/rfc/rfc9891#section-{section}',
  },
  sections: [
    {
      section: '2',
      title: 'Bundle EID ACME Identifier',
      text: 'The identifier is the URI of an endpoint of the Bundle Protocol. As a node it must be one that answers for itself.',
    },
    {
      section: '3.1',
      title: 'DTN Node ID Challenge Object',
      text: 'The challenge gives an id, by which the node knows the bundles of the CA, and one part of the token. The other part comes in the bundle.',
    },
    {
      section: '3.2',
      title: 'DTN Node ID Response Object',
      text: 'The client says that its node is set up, and how long a bundle may take there and back. Seconds can be minutes in such a network.',
    },
  ],
  challenges: [
    {
      type: 'bp-nodeid-00',
      proof: 'the digest of the key authorization, in a bundle that answers the one of the CA',
      cite: '§3.1',
    },
  ],
  identifiers: [{ type: 'bundleEID', text: 'an endpoint of the Bundle Protocol, as a URI', cite: '§2' }],
  fields: [
    {
      object: 'challenge bp-nodeid-00',
      field: 'id-chal',
      text: "By what the node knows the CA's bundles.",
      cite: '§3.1',
    },
    {
      object: 'challenge bp-nodeid-00',
      field: 'token-chal',
      text: 'One part of the token; the other comes in a bundle, which this recording cannot see.',
      cite: '§3.1',
    },
    {
      object: 'challengeResponse bp-nodeid-00',
      field: 'rtt',
      text: 'How long a bundle may take there and back, in seconds.',
      cite: '§3.2',
    },
  ],
}
