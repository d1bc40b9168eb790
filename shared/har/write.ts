/** Facts → HAR 1.2, which every other tool opens; `_acmescope` members keep what HAR has no field for. */
import { type StoredKey, usedKeys } from '../acme/jws/keys.ts'
import type { Exchange, Fact } from '../exchange.ts'
import type { Note, Recording } from '../recording.ts'
import { type RedactionLevel, redactFacts } from '../redact/redact.ts'
import type { HarEntry, HarLog } from './model.ts'
import { FORMAT } from './stored.ts'
import { toEntry } from './write-entry.ts'

export interface HarOptions {
  readonly redact: RedactionLevel
  /** Version of acmescope, the creator. */
  readonly toolVersion: string
  /** Account keys from elsewhere; those of accounts that sign in the recording are written. */
  readonly keys?: readonly StoredKey[]
  /** What people wrote on it; redacted like the rest. */
  readonly notes?: readonly Note[]
}

const PAGE = 'recording'

/**
 * Makes the whole file, ready for JSON.stringify. Redacts first, so that nothing derived (cookies, query strings, sizes)
 * can tell what was masked.
 */
export function toHar(recording: Recording, facts: readonly Fact[], options: HarOptions): { readonly log: HarLog } {
  const { facts: shown, notes, replaced } = redactFacts(facts, options.redact, options.notes)
  const inOrder = shown.toSorted((a, b) => a.sequence - b.sequence)
  const keys = usedKeys(shown, options.keys ?? [])
  const { name, startedAt, endedAt, source, toolVersion } = recording
  return {
    log: {
      version: '1.2',
      creator: { name: 'acmescope', version: options.toolVersion },
      comment: name,
      pages: [{ startedDateTime: startedAt, id: PAGE, title: name, pageTimings: {} }],
      entries: inOrder.filter((fact) => fact.kind === 'exchange').map(toPageEntry),
      _acmescope: {
        format: FORMAT,
        recording: { name, startedAt, ...(endedAt !== undefined && { endedAt }), source, toolVersion },
        redacted: options.redact,
        replaced,
        facts: inOrder.filter((fact) => fact.kind !== 'exchange'),
        ...(keys.length > 0 && { keys }),
        ...(notes.length > 0 && { notes }),
      },
    },
  }
}

const toPageEntry = (exchange: Exchange): HarEntry => ({ pageref: PAGE, ...toEntry(exchange) })
