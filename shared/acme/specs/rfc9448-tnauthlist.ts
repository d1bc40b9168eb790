/** RFC 9448, certificates for telephone numbers (STIR). */
import type { Spec } from './row.ts'

export const rfc9448: Spec = {
  document: {
    id: 'RFC 9448',
    title: 'TNAuthList Profile of Automated Certificate Management Environment (ACME) Authority Token',
    url: 'https://www.rfc-editor.org/rfc/rfc9448#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'ACME New-Order Identifiers for TNAuthList',
      text: 'The identifier is a list of telephone numbers, ranges or provider codes, as the certificate will hold it. It is DER in base64url.',
    },
    {
      section: '4',
      title: 'TNAuthList Identifier Authorization',
      text: 'The authorization offers tkauth-01 of the kind atc. The client answers it with the token itself.',
    },
    {
      section: '5.4',
      title: '"atc" Claim',
      text: 'What the token must say for a list of telephone numbers. The fingerprint is that of the account key.',
    },
  ],
  exercises: [{ by: 'proof tkauth-01 of TNAuthList', why: 'Hands over a token with such a claim', cite: '§5.4' }],
  identifiers: [{ type: 'TNAuthList', text: 'telephone numbers or provider codes, DER in base64url', cite: '§3' }],
  fields: [
    {
      object: 'challengeResponse tkauth-01',
      field: 'tkauth',
      holds: 'authorityToken',
      encoding: 'jwt',
      text: 'The token of the authority.',
      cite: '§4',
    },
  ],
}
