/** RFC 8739, short-term certificates that the CA renews by itself (STAR). */
import type { Spec } from './row.ts'

export const rfc8739: Spec = {
  document: {
    id: 'RFC 8739',
    title:
      'Support for Short-Term, Automatically Renewed (STAR) Certificates in the Automated Certificate Management Environment (ACME)',
    url: 'https://www.rfc-editor.org/rfc/rfc8739#section-{section}',
  },
  sections: [
    {
      section: '3.1.1',
      title: 'Extending the Order Resource',
      text: 'An order with auto-renewal asks for a row of short certificates under one URL, which the CA renews without being asked. notBefore and notAfter may not stand beside it.',
    },
    {
      section: '3.1.2',
      title: 'Canceling an Auto-renewal Order',
      text: 'Setting the status of the order to canceled ends the row; nothing is revoked, the last certificate just runs out. Only a valid order can be canceled.',
    },
    {
      section: '3.2',
      title: 'Capability Discovery',
      text: "The directory's meta says that the CA offers this, with the shortest life and the longest row it allows. Without it no order may ask for auto-renewal.",
    },
    {
      section: '3.3',
      title: 'Fetching the Certificates',
      text: 'The URL always gives the current certificate; the next one is there halfway through its life at the latest. Headers repeat its dates for clients that do not read certificates.',
    },
    {
      section: '3.4',
      title: 'Negotiating an Unauthenticated GET',
      text: 'Client and CA can agree that anybody may fetch the certificate by a plain GET. Whoever serves the name then needs no account key.',
    },
    {
      section: '3.5',
      title: 'Computing notBefore and notAfter of STAR Certificates',
      text: 'How the dates of each certificate follow from lifetime, lifetime-adjust and the end of the row. Each begins before the one it follows has ended.',
    },
  ],
  traits: [
    { operation: 'order', trait: 'cancellation', cite: '§3.1.2' },
    { operation: 'certificate', trait: 'shortTermCertificate', cite: '§3.3' },
  ],
  links: [
    {
      answerTo: ['newOrder', 'order', 'finalize'],
      at: 'star-certificate',
      teaches: 'certificate',
      cite: '§3.1.1',
    },
  ],
  problems: [
    {
      type: 'autoRenewalCanceled',
      meaning: 'The order was canceled, so no certificate is served any more.',
      cite: '§3.1.2',
    },
    { type: 'autoRenewalExpired', meaning: 'The row of certificates has come to its end.', cite: '§3.3' },
    {
      type: 'autoRenewalCancellationInvalid',
      meaning: 'Only a valid order with auto-renewal can be canceled.',
      cite: '§3.1.2',
    },
    {
      type: 'autoRenewalRevocationNotSupported',
      meaning: 'Certificates that renew themselves are not revoked; cancel their order.',
      cite: '§3.1.2',
    },
  ],
  statuses: [
    { object: 'order', status: 'canceled', text: 'the client stopped the renewal', cite: '§3.1.2' },
    { object: 'orderUpdate', status: 'canceled', text: 'stops the renewal', cite: '§3.1.2' },
  ],
  transitions: [
    { object: 'order', from: 'valid', to: 'canceled', when: 'the client stops the renewal', cite: '§3.1.2' },
  ],
  headers: [
    { header: 'cert-not-before', text: 'When the certificate in the answer begins to hold.', cite: '§3.3' },
    { header: 'cert-not-after', text: 'When the certificate in the answer ends.', cite: '§3.3' },
  ],
  fields: [
    {
      object: 'meta',
      field: 'auto-renewal',
      holds: 'autoRenewalMeta',
      text: 'The CA renews certificates by itself where an order asks for it.',
      cite: '§3.2',
    },
    {
      object: 'autoRenewalMeta',
      field: 'min-lifetime',
      text: 'The shortest life of a certificate, in seconds.',
      cite: '§3.2',
    },
    {
      object: 'autoRenewalMeta',
      field: 'max-duration',
      text: 'The longest row of certificates, in seconds.',
      cite: '§3.2',
    },
    {
      object: 'autoRenewalMeta',
      field: 'allow-certificate-get',
      text: 'Whether the CA would serve such certificates to anybody.',
      cite: '§3.4',
    },
    {
      object: 'newOrder',
      field: 'auto-renewal',
      holds: 'autoRenewal',
      text: 'A row of short certificates is wanted, which the CA renews by itself.',
      cite: '§3.1.1',
    },
    {
      object: 'order',
      field: 'auto-renewal',
      holds: 'autoRenewal',
      text: 'The row of short certificates, as the CA agreed to it.',
      cite: '§3.1.1',
    },
    {
      object: 'autoRenewal',
      field: 'start-date',
      text: 'When the first certificate begins at the earliest.',
      cite: '§3.1.1',
    },
    { object: 'autoRenewal', field: 'end-date', text: 'When the last certificate ends at the latest.', cite: '§3.1.1' },
    { object: 'autoRenewal', field: 'lifetime', text: 'How long each certificate holds, in seconds.', cite: '§3.1.1' },
    {
      object: 'autoRenewal',
      field: 'lifetime-adjust',
      text: 'By how many seconds each certificate begins earlier, for clocks that are late.',
      cite: '§3.5',
    },
    {
      object: 'autoRenewal',
      field: 'allow-certificate-get',
      text: 'Anybody may fetch the certificate by a plain GET.',
      cite: '§3.4',
    },
    {
      object: 'order',
      field: 'star-certificate',
      text: 'Where the current certificate of the row always is.',
      cite: '§3.1.1',
    },
    { object: 'orderUpdate', field: 'status', word: 'status', text: 'What is to become of the order.', cite: '§3.1.2' },
  ],
}
