/** draft-ietf-acme-profiles: a client chooses among kinds of certificate by name. */
import type { Spec } from './row.ts'

export const profiles: Spec = {
  document: {
    id: 'ACME profiles (draft)',
    title: 'Automated Certificate Management Environment (ACME) Profiles Extension',
    url: 'https://datatracker.ietf.org/doc/html/draft-ietf-acme-profiles#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'Extensions to the Directory Resource',
      text: "The directory's meta lists the profiles the CA offers, each with a page or a sentence about it. A client may ask only for one of them.",
    },
    {
      section: '4',
      title: 'Extensions to the Order Resource',
      text: 'A new order can name the profile it wants. Without one the CA chooses.',
    },
    {
      section: '6.3',
      title: 'ACME Error Types',
      text: 'invalidProfile: the CA does not offer the profile, or not together with what else the order asks for. It can come at newOrder and at finalize.',
    },
  ],
  problems: [{ type: 'invalidProfile', meaning: 'The CA does not offer this profile for this order.', cite: '§6.3' }],
  fields: [
    {
      object: 'meta',
      field: 'profiles',
      named: true,
      text: 'The kinds of certificate to choose from, each with a page or a sentence about it.',
      cite: '§3',
    },
    { object: 'newOrder', field: 'profile', text: 'The kind of certificate wanted.', cite: '§4' },
    { object: 'order', field: 'profile', text: 'The kind of certificate it will be.', cite: '§4' },
  ],
}
