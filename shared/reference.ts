/** Where something is written. */

/** A place in a document: `{ document: 'RFC 8555', section: '7.4', title: 'Applying for Certificate Issuance' }`. */
export interface Reference {
  readonly document: string
  readonly section: string
  readonly title: string
  readonly url: string
}
