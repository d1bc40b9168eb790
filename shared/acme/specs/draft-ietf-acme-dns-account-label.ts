/** draft-ietf-acme-dns-account-label: a TXT record of its own for each account, so that several can validate at once. */
import type { Spec } from './row.ts'

export const dnsAccount: Spec = {
  document: {
    id: 'dns-account-01 (draft)',
    title: 'ACME DNS Labeled With ACME Account ID Challenge',
    url: 'https://datatracker.ietf.org/doc/html/draft-ietf-acme-dns-account-label#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'DNS-ACCOUNT-01 Challenge',
      text: 'Like dns-01, under a name that is different for each account. So several clients can hold records for one domain, or delegate them by CNAME, at the same time.',
    },
    {
      section: '3.2',
      title: 'Challenge Fulfillment',
      text: 'The label before _acme-challenge is an underscore and the base32 of the first ten bytes of the SHA-256 of the account URL. Earlier drafts built it otherwise, and this one may still change.',
    },
  ],
  exercises: [{ by: 'proof dns-account-01 of dns', why: 'Proves a name under a label of the account', cite: '§3' }],
  challenges: [
    {
      type: 'dns-account-01',
      proof: "the digest of the key authorization, in a TXT record under the account's own label",
      cite: '§3.2',
    },
  ],
}
