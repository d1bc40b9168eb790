/** A recording → the text of a HAR file. */
import type { StoredKey } from '../shared/acme/jws/keys.ts'
import type { Fact } from '../shared/exchange.ts'
import { toHar } from '../shared/har/write.ts'
import type { Note, Recording } from '../shared/recording.ts'
import { VERSION } from './version.ts'

export interface Exported {
  readonly recording: Recording
  readonly facts: readonly Fact[]
  /** Account keys from elsewhere, see `Library.keys`. */
  readonly keys: readonly StoredKey[]
  readonly notes: readonly Note[]
}

/** @param raw with all its secrets; they are masked otherwise */
export function exportHar({ recording, facts, keys, notes }: Exported, raw: boolean): string {
  const redact = raw ? 'none' : 'secrets'
  return JSON.stringify(toHar(recording, facts, { redact, toolVersion: VERSION, keys, notes }), null, 1)
}
