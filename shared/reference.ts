/** Where something is written. */

/**
 * A place in a document: `{ document: 'RFC 8555', section: '7.4', title: 'Applying for Certificate Issuance' }`;
 * or a page of its own.
 */
export interface Reference {
  readonly document: string
  /** Empty for a page, which has its title only. */
  readonly section: string
  readonly title: string
  readonly url: string
}

/** `RFC 8555 §7.4`, or the document alone. */
export const citationOf = ({ document, section }: Pick<Reference, 'document' | 'section'>): string =>
  section === '' ? document : `${document} §${section}`

/** The same as short as it can be told apart: most are of RFC 8555, which then needs no name. */
export const shortCitationOf = (reference: Pick<Reference, 'document' | 'section'>): string =>
  reference.document === 'RFC 8555' ? `§${reference.section}` : citationOf(reference)
