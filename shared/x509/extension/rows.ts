/** What each extension says: in one line of our own words, and in the lines OpenSSL prints for it. A new one is a row. */

import { KEY_EXTENSIONS } from './keys.ts'
import { NAME_EXTENSIONS } from './names.ts'
import { POINTER_EXTENSIONS } from './pointers.ts'
import { POLICY_EXTENSIONS } from './policies.ts'
import type { ExtensionRow } from './row.ts'
import { STATEMENT_EXTENSIONS } from './statements.ts'

export const EXTENSIONS: ReadonlyMap<string, ExtensionRow> = new Map([
  ...KEY_EXTENSIONS,
  ...NAME_EXTENSIONS,
  ...POLICY_EXTENSIONS,
  ...POINTER_EXTENSIONS,
  ...STATEMENT_EXTENSIONS,
])
