/** Documents that ACME builds on: cited, and described only as far as their fields and codes are seen in ACME. */
import type { Spec } from './row.ts'

export const rfc2986: Spec = {
  document: {
    id: 'RFC 2986',
    title: 'PKCS #10: Certification Request Syntax',
    url: 'https://www.rfc-editor.org/rfc/rfc2986#section-{section}',
    basis: true,
  },
  sections: [
    {
      section: '4',
      title: 'Certification Request Syntax',
      text: 'A certificate signing request: subject, public key and wished-for extensions, signed with the key the certificate is for.',
    },
  ],
}

export const rfc5280: Spec = {
  document: {
    id: 'RFC 5280',
    title: 'Internet X.509 Public Key Infrastructure Certificate and CRL Profile',
    url: 'https://www.rfc-editor.org/rfc/rfc5280#section-{section}',
    basis: true,
  },
  sections: [
    {
      section: '4.1.2.5',
      title: 'Validity',
      text: 'The two times between which the CA answers for a certificate. Outside of them nobody is to rely on it.',
    },
    {
      section: '5.3.1',
      title: 'Reason Code',
      text: 'Why a certificate is revoked, as a number. A CA may allow its clients only some of them.',
    },
  ],
  exercises: [{ by: 'chain', why: 'Its answer is certificates with their dates', cite: '§4.1.2.5' }],
  reasons: [
    { code: 0, name: 'unspecified', text: 'no reason given', cite: '§5.3.1' },
    { code: 1, name: 'keyCompromise', text: 'its key was compromised', cite: '§5.3.1' },
    { code: 2, name: 'cACompromise', text: "the CA's key was compromised", cite: '§5.3.1' },
    { code: 3, name: 'affiliationChanged', text: "its owner's name or affiliation changed", cite: '§5.3.1' },
    { code: 4, name: 'superseded', text: 'another certificate replaced it', cite: '§5.3.1' },
    { code: 5, name: 'cessationOfOperation', text: 'it is not needed any more', cite: '§5.3.1' },
    { code: 6, name: 'certificateHold', text: 'held back for a while', cite: '§5.3.1' },
    { code: 8, name: 'removeFromCRL', text: 'no longer held back', cite: '§5.3.1' },
    { code: 9, name: 'privilegeWithdrawn', text: 'a right it states was withdrawn', cite: '§5.3.1' },
    { code: 10, name: 'aACompromise', text: 'the authority for its attributes was compromised', cite: '§5.3.1' },
  ],
}

export const rfc7807: Spec = {
  document: {
    id: 'RFC 7807',
    title: 'Problem Details for HTTP APIs',
    url: 'https://www.rfc-editor.org/rfc/rfc7807#section-{section}',
    basis: true,
  },
  sections: [
    {
      section: '3',
      title: 'The Problem Details JSON Object',
      text: 'The form in which a server says what went wrong: type, title, status, detail and instance. Others may add members.',
    },
  ],
}

export const rfc7515: Spec = {
  document: {
    id: 'RFC 7515',
    title: 'JSON Web Signature (JWS)',
    url: 'https://www.rfc-editor.org/rfc/rfc7515#section-{section}',
    basis: true,
  },
  sections: [
    {
      section: '4.1',
      title: 'Registered Header Parameter Names',
      text: 'What any JWS may say in its header: algorithm, key, type of what is signed, and extensions that a reader must understand.',
    },
    {
      section: '7.2.2',
      title: 'Flattened JWS JSON Serialization Syntax',
      text: 'One signature over a protected header and a payload, as a JSON object of three base64url strings.',
    },
  ],
  exercises: [{ by: 'signed', why: 'Is a flattened JWS', cite: '§7.2.2' }],
  fields: [
    { object: 'protected', field: 'typ', text: 'What kind of thing the whole JWS is.', cite: '§4.1' },
    { object: 'protected', field: 'cty', text: 'What kind of thing the payload is.', cite: '§4.1' },
    { object: 'protected', field: 'crit', text: 'Extensions that a reader must understand.', cite: '§4.1' },
  ],
}

export const rfc7517: Spec = {
  document: {
    id: 'RFC 7517',
    title: 'JSON Web Key (JWK)',
    url: 'https://www.rfc-editor.org/rfc/rfc7517#section-{section}',
    basis: true,
  },
  sections: [
    {
      section: '4',
      title: 'JSON Web Key (JWK) Format',
      text: 'A key as a JSON object. Its kind decides which further members it has.',
    },
  ],
  fields: [
    { object: 'jwk', field: 'kty', text: 'The kind of key.', cite: '§4' },
    { object: 'jwk', field: 'use', text: 'What the key is for: sig to sign, enc to encrypt.', cite: '§4' },
    { object: 'jwk', field: 'key_ops', text: 'What may be done with the key.', cite: '§4' },
    { object: 'jwk', field: 'alg', text: 'The algorithm the key is meant for.', cite: '§4' },
    { object: 'jwk', field: 'kid', text: 'A name for the key.', cite: '§4' },
  ],
}

export const rfc7518: Spec = {
  document: {
    id: 'RFC 7518',
    title: 'JSON Web Algorithms (JWA)',
    url: 'https://www.rfc-editor.org/rfc/rfc7518#section-{section}',
    basis: true,
  },
  sections: [
    {
      section: '6.2',
      title: 'Parameters for Elliptic Curve Keys',
      text: 'An elliptic curve key is a curve and a point on it. RFC 8037 writes Edwards curves in the same way, with the point in x alone.',
    },
    {
      section: '6.3',
      title: 'Parameters for RSA Keys',
      text: 'A public RSA key is a modulus and an exponent. Both are whole numbers in base64url.',
    },
  ],
  fields: [
    { object: 'jwk', field: 'crv', text: 'The curve.', cite: '§6.2' },
    {
      object: 'jwk',
      field: 'x',
      text: 'The point on the curve: its x coordinate, or all of it for Edwards curves.',
      cite: '§6.2',
    },
    { object: 'jwk', field: 'y', text: 'The y coordinate of the point.', cite: '§6.2' },
    { object: 'jwk', field: 'n', text: 'The modulus; its length is the size of the key.', cite: '§6.3' },
    { object: 'jwk', field: 'e', text: 'The public exponent; AQAB is 65537.', cite: '§6.3' },
  ],
}
