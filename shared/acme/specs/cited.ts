/** Documents that ACME builds on: cited, not described. */
import type { Spec } from './row.ts'

export const rfc2986: Spec = {
  document: {
    id: 'RFC 2986',
    title: 'PKCS #10: Certification Request Syntax',
    url: 'https://www.rfc-editor.org/rfc/rfc2986#section-{section}',
  },
  sections: [
    {
      section: '4',
      title: 'Certification Request Syntax',
      text: 'A certificate signing request: subject, public key and wished-for extensions, signed with the key the certificate is for.',
    },
  ],
}

export const rfc7807: Spec = {
  document: {
    id: 'RFC 7807',
    title: 'Problem Details for HTTP APIs',
    url: 'https://www.rfc-editor.org/rfc/rfc7807#section-{section}',
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
  },
  sections: [
    {
      section: '7.2.2',
      title: 'Flattened JWS JSON Serialization Syntax',
      text: 'One signature over a protected header and a payload, as a JSON object of three base64url strings.',
    },
  ],
}
