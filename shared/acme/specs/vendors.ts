/** What single products add to ACME. No registry knows it, and another product may mean something else by it. */
import type { Spec } from './row.ts'

export const boulder: Spec = {
  document: {
    id: 'Boulder',
    title: "Boulder, the software of Let's Encrypt",
    url: 'https://github.com/letsencrypt/boulder/blob/main/docs/acme-divergences.md',
    vendor: true,
  },
  sections: [
    {
      section: '',
      title: 'Where Boulder differs from ACME',
      text: "What Let's Encrypt adds to ACME's objects or leaves out of them. Pebble, its small brother for tests, does some of the same.",
    },
  ],
  headers: [{ header: 'boulder-requester', text: 'The number of the account that asked.', cite: '§' }],
  fields: [
    {
      object: 'directory',
      field: '*',
      value: 'https://community.letsencrypt.org/t/adding-random-entries-to-the-directory/33417',
      text: 'A random entry, so that clients learn to leave alone what they do not know.',
      cite: '§',
    },
    { object: 'account', field: 'key', holds: 'jwk', text: 'The account key.', cite: '§' },
    { object: 'account', field: 'initialIp', text: 'The address the account was registered from.', cite: '§' },
    { object: 'account', field: 'createdAt', text: 'When the account was registered.', cite: '§' },
    {
      object: 'challenge',
      field: 'validationRecord',
      holds: 'validationRecord',
      text: 'What the CA did to validate, one entry for each step.',
      cite: '§',
    },
    {
      object: 'challenge',
      field: 'keyAuthorization',
      text: 'Token and thumbprint, as older versions echo them.',
      cite: '§',
    },
    { object: 'validationRecord', field: 'url', text: 'The URL that was fetched.', cite: '§' },
    { object: 'validationRecord', field: 'hostname', text: 'The name that was looked up.', cite: '§' },
    { object: 'validationRecord', field: 'port', text: 'The port that was connected to.', cite: '§' },
    { object: 'validationRecord', field: 'addressesResolved', text: 'The addresses found for it.', cite: '§' },
    { object: 'validationRecord', field: 'addressUsed', text: 'The address that was connected to.', cite: '§' },
    {
      object: 'validationRecord',
      field: 'addressesTried',
      text: 'Addresses that did not answer before.',
      cite: '§',
    },
    { object: 'validationRecord', field: 'resolverAddrs', text: 'The resolvers that were asked.', cite: '§' },
  ],
}

export const stepCa: Spec = {
  document: {
    id: 'step-ca',
    title: 'step-ca, the CA software of Smallstep',
    url: 'https://github.com/smallstep/certificates/tree/master/acme',
    vendor: true,
  },
  sections: [
    {
      section: '',
      title: 'Device attestation in step-ca',
      text: 'step-ca follows an older draft of device attestation. A client can also say why it cannot attest.',
    },
  ],
  fields: [
    {
      object: 'challengeResponse device-attest-01',
      field: 'error',
      text: 'Why the device cannot attest.',
      cite: '§',
    },
  ],
}

export const wire: Spec = {
  document: {
    id: 'Wire',
    title: 'End-to-end identity of the messenger Wire, as step-ca serves it',
    url: 'https://github.com/smallstep/certificates/tree/master/acme',
    vendor: true,
  },
  sections: [
    {
      section: '',
      title: 'End-to-end identity of the messenger Wire',
      text: 'Identifiers for a user and a device, proven by a token of the identity provider and one of the Wire server. Only step-ca does this, with clients of Wire.',
    },
  ],
  challenges: [
    { type: 'wire-oidc-01', proof: "a token of the user's identity provider, in the answer itself", cite: '§' },
    { type: 'wire-dpop-01', proof: 'an access token of the Wire server, in the answer itself', cite: '§' },
  ],
  identifiers: [
    { type: 'wireapp-id', text: 'a user and a device of Wire, as JSON', cite: '§' },
    { type: 'wireapp-user', text: 'a user of Wire, as JSON', cite: '§' },
    { type: 'wireapp-device', text: 'a device of Wire, as JSON', cite: '§' },
  ],
  fields: [
    { object: 'challenge wire-oidc-01', field: 'target', text: 'The identity provider to ask.', cite: '§' },
    {
      object: 'challenge wire-dpop-01',
      field: 'target',
      text: 'Where the Wire server gives out the token.',
      cite: '§',
    },
    {
      object: 'challengeResponse wire-oidc-01',
      field: 'id_token',
      text: 'The token of the identity provider.',
      cite: '§',
    },
    {
      object: 'challengeResponse wire-dpop-01',
      field: 'access_token',
      text: 'The token of the Wire server.',
      cite: '§',
    },
  ],
}

export const sectigo: Spec = {
  document: {
    id: 'Sectigo',
    title: "Sectigo's ACME service, as acme2certifier knows it",
    url: 'https://github.com/grindsa/acme2certifier',
    vendor: true,
  },
  sections: [
    {
      section: '',
      title: 'The challenge sectigo-email-01',
      text: 'A challenge that is valid from the start: the CA has validated the domain outside of ACME, for the customer behind the account. The client has nothing to do.',
    },
  ],
  challenges: [
    { type: 'sectigo-email-01', proof: 'nothing: the domain was validated outside of ACME before', cite: '§' },
  ],
}
