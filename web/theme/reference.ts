/** References as short as they can be told apart. */
import type { Reference } from '../../shared/reference.ts'

/** `§7.4`; other documents than the protocol's own name themselves. */
export const shortReference = ({ document, section }: Reference): string =>
  document === 'RFC 8555' ? `§${section}` : `${document} §${section}`
