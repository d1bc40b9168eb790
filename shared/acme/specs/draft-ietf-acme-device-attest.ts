/** draft-ietf-acme-device-attest: certificates for devices that attest who they are. */
import type { Spec } from './row.ts'

export const deviceAttest: Spec = {
  document: {
    id: 'device-attest-01 (draft)',
    title: 'Automated Certificate Management Environment (ACME) Device Attestation Extension',
    url: 'https://datatracker.ietf.org/doc/html/draft-ietf-acme-device-attest#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'Permanent Identifier',
      text: "The maker's name for a device, usually its serial number. Whether it ends up in the certificate is up to the CA.",
    },
    {
      section: '4',
      title: 'Hardware Module',
      text: 'The secure chip that holds the key. The CA must have seen that the key was made there and cannot leave it.',
    },
    {
      section: '5',
      title: 'Device Attestation Challenge',
      text: 'The device signs the key authorization in an attestation that its maker vouches for, and sends it as the answer to the challenge. The draft is not finished, so details may differ.',
    },
    {
      section: '7.3',
      title: 'New Error Types',
      text: 'badAttestationStatement: the CA does not trust what the device attested. The maker may be unknown to it, or the statement not what it asks for.',
    },
  ],
  challenges: [
    { type: 'device-attest-01', proof: 'an attestation of the device over the key authorization', cite: '§5' },
  ],
  identifiers: [
    { type: 'permanent-identifier', text: "the maker's identifier of a device", cite: '§3' },
    { type: 'hardware-module', text: 'the secure chip that holds the key', cite: '§4' },
  ],
  problems: [
    {
      type: 'badAttestationStatement',
      meaning: 'The CA does not accept what the device attested.',
      cite: '§7.3',
    },
  ],
  fields: [
    {
      object: 'challengeResponse device-attest-01',
      field: 'attObj',
      text: 'The attestation, a WebAuthn object: CBOR in base64url.',
      cite: '§5',
    },
  ],
}
