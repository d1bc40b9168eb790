/** RFC 9115, certificates for a name that its owner delegates to somebody else, such as a CDN. */
import type { Spec } from './row.ts'

export const rfc9115: Spec = {
  document: {
    id: 'RFC 9115',
    title: 'An Automatic Certificate Management Environment (ACME) Profile for Generating Delegated Certificates',
    url: 'https://www.rfc-editor.org/rfc/rfc9115#section-{section}',
  },
  sections: [
    {
      section: '2.3.1.1',
      title: 'Account Object Extensions',
      text: "The account links to the delegations its owner was given. The name's owner runs this ACME server, and asks the real CA itself.",
    },
    {
      section: '2.3.1.2',
      title: 'Delegation Lists',
      text: 'The delegations of an account, as a list of URLs that may come in pages. They are set up outside of ACME.',
    },
    {
      section: '2.3.1.3',
      title: 'Delegation Objects',
      text: 'What may be asked for under one delegation: a template for the CSR, and the aliases the names must have in DNS. An order names its delegation by URL.',
    },
    {
      section: '2.3.4',
      title: 'Capability Discovery',
      text: "The directory's meta says that delegations are understood, and whether certificates may be fetched by a plain GET. The two are told apart.",
    },
    {
      section: '2.3.5',
      title: 'Negotiating an Unauthenticated GET',
      text: 'Client and server can agree that anybody may fetch the certificate of this order. The delegate needs that, since the account at the CA is not its own.',
    },
    {
      section: '4',
      title: 'CSR Template',
      text: 'What a CSR must and may hold, as JSON: kinds of key, subject, extensions. ** stands for a value that must be there, * for one that may be.',
    },
  ],
  operations: [
    {
      operation: 'delegationsList',
      label: 'Delegations',
      purpose: 'Lists which names are delegated to the account',
      phase: 'account',
      to: 'ca',
      cites: ['§2.3.1.2'],
      shows: 'delegationsList',
    },
    {
      operation: 'delegation',
      label: 'Delegation',
      purpose: 'Looks at what may be asked for under a delegation',
      phase: 'account',
      to: 'ca',
      cites: ['§2.3.1.3', '§4'],
      shows: 'delegation',
    },
  ],
  links: [
    { answerTo: ['newAccount', 'account'], at: 'delegations', teaches: 'delegationsList', cite: '§2.3.1.1' },
    { answerTo: ['delegationsList'], at: 'delegations[]', teaches: 'delegation', cite: '§2.3.1.2' },
    { answerTo: ['delegationsList'], at: 'Link rel="next"', teaches: 'delegationsList', cite: '§2.3.1.2' },
    { answerTo: ['newOrder', 'order', 'finalize'], at: 'delegation', teaches: 'delegation', cite: '§2.3.1.3' },
  ],
  problems: [
    {
      type: 'unknownDelegation',
      meaning: 'The delegation named in the order is none of this account.',
      cite: '§2.3.1.3',
    },
  ],
  fields: [
    {
      object: 'meta',
      field: 'delegation-enabled',
      text: 'Whether orders can be placed for delegated names.',
      cite: '§2.3.4',
    },
    {
      object: 'meta',
      field: 'allow-certificate-get',
      text: 'Whether certificates may be fetched by a plain GET.',
      cite: '§2.3.5',
    },
    { object: 'account', field: 'delegations', text: "Where the account's delegations are listed.", cite: '§2.3.1.1' },
    {
      object: 'delegationsList',
      field: 'delegations',
      text: 'The delegations of this account, as URLs.',
      cite: '§2.3.1.2',
    },
    {
      object: 'delegation',
      field: 'csr-template',
      holds: 'csrTemplate',
      text: 'What a CSR under this delegation must look like.',
      cite: '§4',
    },
    {
      object: 'delegation',
      field: 'cname-map',
      named: true,
      text: 'The alias each delegated name must have in DNS.',
      cite: '§2.3.1.3',
    },
    { object: 'csrTemplate', field: 'keyTypes', text: 'The kinds of key that are allowed.', cite: '§4' },
    { object: 'csrTemplate', field: 'subject', text: 'What the subject must hold.', cite: '§4' },
    { object: 'csrTemplate', field: 'extensions', text: 'What the extensions must hold.', cite: '§4' },
    { object: 'newOrder', field: 'delegation', text: 'The delegation this order relies on.', cite: '§2.3.1.3' },
    { object: 'order', field: 'delegation', text: 'The delegation this order relies on.', cite: '§2.3.1.3' },
    {
      object: 'newOrder',
      field: 'allow-certificate-get',
      text: 'The certificate should be there for anybody, by a plain GET.',
      cite: '§2.3.5',
    },
    {
      object: 'order',
      field: 'allow-certificate-get',
      text: 'Whether anybody may fetch the certificate by a plain GET.',
      cite: '§2.3.5',
    },
  ],
}
