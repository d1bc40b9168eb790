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
      title: 'Getting Renewal Information',
      text: 'A plain GET of the renewalInfo URL with the certificate id gives the window in which the CA suggests to renew. Retry-After says when to ask again.',
    },
    {
      section: '4.1',
      title: 'The RenewalInfo Resource',
      text: "A certificate's id is its authority key identifier and its serial number, both in base64url, with a dot between them. It is appended to the renewalInfo URL, the one URL a client composes itself.",
    },
    {
      section: '4.2',
      title: 'RenewalInfo Objects',
      text: 'A window from start to end, and perhaps a page that explains it. The client picks a moment inside at random; when that is past it renews at once.',
    },
    {
      section: '4.3',
      title: 'Schedule for Checking the RenewalInfo Resource',
      text: 'The client asks again after Retry-After, not sooner and not much later, until the certificate is replaced or has ended. When there is no good answer it asks again after six hours.',
    },
    {
      section: '5',
      title: 'Extensions to the Order Object',
      text: 'A new order can say which certificate it replaces. The CA may then spare it from its rate limits.',
    },
    {
      section: '7.4',
      title: 'ACME Error Types',
      text: 'alreadyReplaced: another order has replaced the certificate before. It comes with status 409.',
    },
  ],
  operations: [
    {
      operation: 'renewalInfo',
      label: 'Renewal information',
      purpose: 'Asks when to renew',
      phase: 'renewal',
      to: 'ca',
      cites: ['§4', '§4.1', '§4.2', '§4.3'],
      shows: 'renewalInfo',
    },
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
    {
      object: 'newOrder',
      field: 'replaces',
      word: 'certificateId',
      text: 'The certificate this order renews, by its id.',
      cite: '§5',
    },
    {
      object: 'order',
      field: 'replaces',
      word: 'certificateId',
      text: 'The certificate this order renews, by its id.',
      cite: '§5',
    },
    {
      object: 'renewalInfo',
      field: 'suggestedWindow',
      holds: 'suggestedWindow',
      text: 'From when to when the CA suggests to renew.',
      cite: '§4.2',
    },
    { object: 'renewalInfo', field: 'explanationURL', text: 'Why the window is what it is.', cite: '§4.2' },
    { object: 'suggestedWindow', field: 'start', text: 'When the window begins.', cite: '§4.2' },
    { object: 'suggestedWindow', field: 'end', text: 'When the window is over.', cite: '§4.2' },
  ],
}
