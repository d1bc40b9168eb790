/** A recording → the text of a HAR file. */
import type { StoredKey } from '../shared/acme/jws/keys.ts'
import type { Fact } from '../shared/exchange.ts'
import { toHar } from '../shared/har/write.ts'
import type { Recording } from '../shared/recording.ts'
import { VERSION } from './version.ts'

/**
 * @param raw with all its secrets; they are masked otherwise
 * @param keys account keys from elsewhere, see `Library.keys`
 */
export const exportHar = (
  recording: Recording,
  facts: readonly Fact[],
  raw: boolean,
  keys: readonly StoredKey[],
): string =>
  JSON.stringify(toHar(recording, facts, { redact: raw ? 'none' : 'secrets', toolVersion: VERSION, keys }), null, 1)
