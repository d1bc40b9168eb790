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
      title: 'Extensions to the Directory Object',
      text: "The directory's meta lists the profiles the CA offers, each with a page or a sentence about it.",
    },
    {
      section: '4',
      title: 'Extensions to the Order Object',
      text: 'A new order can name the profile it wants. Without one the CA chooses.',
    },
  ],
  traits: [
    { operation: 'directory', trait: 'offersProfiles', cite: '§3' },
    { operation: 'newOrder', trait: 'profile', cite: '§4' },
  ],
  problems: [{ type: 'invalidProfile', meaning: 'The CA does not offer this profile for this order.', cite: '§4' }],
  fields: [
    { object: 'meta', field: 'profiles', text: 'The kinds of certificate to choose from.', cite: '§3' },
    { object: 'newOrder', field: 'profile', text: 'The kind of certificate wanted.', cite: '§4' },
    { object: 'order', field: 'profile', text: 'The kind of certificate it will be.', cite: '§4' },
  ],
}
