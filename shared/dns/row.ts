/** A short way to write the table of a provider's operations. */
import type { DnsOperationRow } from './provider.ts'

/** In the order in which a page of an API's reference says it. */
export const row = (
  method: string,
  path: RegExp,
  operation: DnsOperationRow['operation'],
  title: string,
  page: string,
  tells?: DnsOperationRow['tells'],
): DnsOperationRow => ({ method, path, operation, title, page, tells })
