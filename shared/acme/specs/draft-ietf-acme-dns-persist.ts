/** draft-ietf-acme-dns-persist: a TXT record that stays, instead of one for each validation. */
import type { Spec } from './row.ts'

export const dnsPersist: Spec = {
  document: {
    id: 'dns-persist-01 (draft)',
    title: 'ACME Challenge for Persistent DNS TXT Record Validation',
    url: 'https://datatracker.ietf.org/doc/html/draft-ietf-acme-dns-persist#section-{section}',
  },
  sections: [
    {
      section: '3.1',
      title: 'Challenge Object',
      text: 'There is no token: the challenge names the issuers that the record may name. Drafts 00 and 01 spell the field issuer-domain-names, 02 issuerDomainNames; both are read.',
    },
    {
      section: '3.2',
      title: 'Directory Metadata for Issuer Domain Names',
      text: "Since draft 02 the directory's meta gives the issuer names and the prefix for hashed account URIs. So a record can be made before any order.",
    },
    {
      section: '4',
      title: 'Challenge Response and Verification',
      text: 'A TXT record at _validation-persist of the name says which issuer may rely on it, and for which account: its URL, or since draft 02 a hash of it. It may also cover wildcards (policy=wildcard) and say when it ends (persistUntil).',
    },
    {
      section: '4.4',
      title: 'Just-in-Time Validation',
      kind: 'background',
      text: 'When the record is there already, the CA may make the authorization valid at once. The client then never sees a challenge.',
    },
  ],
  challenges: [
    {
      type: 'dns-persist-01',
      proof: 'a lasting TXT record that names the issuer and the account',
      cite: '§4',
    },
  ],
  fields: [
    {
      object: 'challenge dns-persist-01',
      field: 'issuer-domain-names',
      text: 'The issuers the record may name; one is enough.',
      cite: '§3.1',
    },
    {
      object: 'challenge dns-persist-01',
      field: 'issuerDomainNames',
      text: 'The issuers the record may name; one is enough.',
      cite: '§3.1',
    },
    {
      object: 'challenge dns-persist-01',
      field: 'accounturi',
      text: 'The account the record must name.',
      cite: '§4',
    },
    {
      object: 'meta',
      field: 'issuerDomainNames',
      text: 'The issuers a lasting record may name, known before any order.',
      cite: '§3.2',
    },
    {
      object: 'meta',
      field: 'accountHashPrefix',
      text: 'What a hashed account URI in a lasting record begins with.',
      cite: '§4',
    },
  ],
}
