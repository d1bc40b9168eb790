/** RFC 9773, ACME Renewal Information (ARI): the CA suggests when to renew. */
import type { Spec } from './row.ts'

export const rfc9773: Spec = {
  document: {
    id: 'RFC 9773',
    title: 'ACME Renewal Information (ARI) Extension',
    url: 'https://www.rfc-editor.org/rfc/rfc9773#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'Extensions to the Directory Object',
      text: 'The directory names a renewalInfo URL. A CA that offers it wants to be asked before a certificate is renewed.',
    },
    {
      section: '4',
      title: 'Extensions to the ACME Protocol: Getting Renewal Information',
      text: 'A plain GET of the renewalInfo URL with the certificate id gives the window in which the CA suggests to renew. Retry-After says when to ask again.',
    },
    {
      section: '5',
      title: 'Extensions to the Order Object',
      text: 'A new order can say which certificate it replaces. The CA may then spare it from its rate limits.',
    },
    {
      section: '7.4',
      title: 'New ACME Error Types',
      text: 'alreadyReplaced: another order has replaced the certificate before.',
    },
  ],
  operations: [
    {
      operation: 'renewalInfo',
      label: 'Renewal information',
      purpose: 'Asks when to renew',
      phase: 'renewal',
      to: 'ca',
      cites: ['§4'],
    },
  ],
  traits: [
    { operation: 'directory', trait: 'offersRenewalInfo', cite: '§3' },
    { operation: 'newOrder', trait: 'replaces', cite: '§5' },
  ],
  links: [{ answerTo: ['directory'], at: 'renewalInfo', teaches: 'renewalInfo', cite: '§3' }],
  problems: [
    {
      type: 'alreadyReplaced',
      meaning: 'The certificate named in replaces was replaced by another order.',
      cite: '§7.4',
    },
  ],
  fields: [
    {
      object: 'directory',
      field: 'renewalInfo',
      text: 'Where to ask when a certificate should be renewed.',
      cite: '§3',
    },
    { object: 'newOrder', field: 'replaces', text: 'The certificate this order renews, by its ARI id.', cite: '§5' },
    { object: 'order', field: 'replaces', text: 'The certificate this order renews, by its ARI id.', cite: '§5' },
    {
      object: 'renewalInfo',
      field: 'suggestedWindow',
      text: 'From when to when the CA suggests to renew.',
      cite: '§4',
    },
    { object: 'renewalInfo', field: 'explanationURL', text: 'Why the window is what it is.', cite: '§4' },
  ],
}
