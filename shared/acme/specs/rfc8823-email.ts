/** RFC 8823, certificates for e-mail addresses. */
import type { Spec } from './row.ts'

export const rfc8823: Spec = {
  document: {
    id: 'RFC 8823',
    title: 'Extensions to Automatic Certificate Management Environment for End-User S/MIME Certificates',
    url: 'https://www.rfc-editor.org/rfc/rfc8823#section-{section}',
  },
  sections: [
    {
      section: '3',
      title: 'Use of ACME for Issuing End-User S/MIME Certificates',
      text: 'The token comes in two halves, one by e-mail and one in the challenge. The answer goes back by e-mail, then the client tells the CA that it is sent.',
    },
    {
      section: '3.1',
      title: 'ACME "Challenge" Email',
      kind: 'background',
      text: 'A message whose subject is “ACME:” and the first half of the token. It comes from the address the challenge names, and is signed.',
    },
    {
      section: '3.2',
      title: 'ACME "Response" Email',
      kind: 'background',
      text: 'The reply, with the digest of the key authorization between two marker lines. It must come from the address the certificate is for.',
    },
  ],
  challenges: [
    {
      type: 'email-reply-00',
      proof: 'the digest of the key authorization, in a reply to the e-mail the CA sends',
      cite: '§3',
    },
  ],
  identifiers: [{ type: 'email', text: 'an e-mail address', cite: '§3' }],
  fields: [
    {
      object: 'challenge email-reply-00',
      field: 'token',
      text: 'The second half of the token; the first is in the subject of an e-mail, which this recording cannot see.',
      cite: '§3',
    },
    {
      object: 'challenge email-reply-00',
      field: 'from',
      text: 'The address the e-mail with the first half comes from.',
      cite: '§3',
    },
  ],
}
