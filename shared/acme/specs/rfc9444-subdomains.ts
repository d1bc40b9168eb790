/** RFC 9444, one authorization for a domain and what is below it. */
import type { Spec } from './row.ts'

export const rfc9444: Spec = {
  document: {
    id: 'RFC 9444',
    title: 'Automated Certificate Management Environment (ACME) for Subdomains',
    url: 'https://www.rfc-editor.org/rfc/rfc9444#section-{section}',
  },
  sections: [
    {
      section: '4.1',
      title: 'Authorization Object',
      text: 'An authorization can say that it covers the names below its own. Orders for those names then need no proof of their own.',
    },
    {
      section: '4.2',
      title: 'Pre-authorization',
      text: 'A client asks for such an authorization ahead of any order, by a flag inside the identifier. Some servers read the flag beside the identifier.',
    },
    {
      section: '4.3',
      title: 'New Orders',
      text: 'An order can name a domain above the wanted one, where the client could pass a challenge as well. The CA chooses which of them to ask about.',
    },
    {
      section: '4.4',
      title: 'Directory Object Metadata',
      text: "The directory's meta says whether the CA authorizes subdomains at all. Absent means no.",
    },
  ],
  fields: [
    {
      object: 'meta',
      field: 'subdomainAuthAllowed',
      text: 'Whether the CA lets one authorization cover subdomains.',
      cite: '§4.4',
    },
    {
      object: 'authorization',
      field: 'subdomainAuthAllowed',
      text: 'Whether it covers the names below as well.',
      cite: '§4.1',
    },
    {
      object: 'identifier',
      field: 'subdomainAuthAllowed',
      text: 'The names below should be covered as well.',
      cite: '§4.2',
    },
    {
      object: 'newAuthz',
      field: 'subdomainAuthAllowed',
      text: 'The names below should be covered as well; the document puts this inside the identifier.',
      cite: '§4.2',
    },
    {
      object: 'identifier',
      field: 'ancestorDomain',
      text: 'A domain above this one, for which the client could pass a challenge too.',
      cite: '§4.3',
    },
  ],
}
