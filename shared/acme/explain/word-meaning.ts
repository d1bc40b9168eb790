/** A value that is a word of some table → what it says: a status, a type of challenge, a reason code, a certificate's id. */
import type { Reference } from '../../reference.ts'
import { readCertificateId } from '../ari.ts'
import { acmeType } from '../problem.ts'
import {
  challengeRow,
  identifierRow,
  isRegistered,
  problemRow,
  reasonRow,
  reference,
  statusRow,
} from '../registry/registry.ts'
import type { Citation, ObjectKind, WordTable } from '../specs/row.ts'

export interface Meaning {
  /** Null for a word that no document we know describes. */
  readonly text: string | null
  readonly reference: Reference | null
  readonly registered: boolean
}

const UNKNOWN: Meaning = { text: null, reference: null, registered: false }

function toMeaning(row: { readonly cite: Citation } | null, text: string | undefined): Meaning {
  return row && text !== undefined ? { text, reference: reference(row.cite), registered: isRegistered(row) } : UNKNOWN
}

/** Null when the value is none that the table could hold, or says nothing (empty, `about:blank`). */
export function meaningOf(table: WordTable, object: ObjectKind, value: unknown): Meaning | null {
  if (table === 'reason') return typeof value === 'number' ? reason(value) : null
  return typeof value === 'string' && value !== '' ? WORDS[table](value, object) : null
}

const WORDS: Readonly<Record<Exclude<WordTable, 'reason'>, (word: string, object: ObjectKind) => Meaning | null>> = {
  status(word, object) {
    const row = statusRow(object, word)
    return toMeaning(row, row?.text)
  },
  challenge(word) {
    const row = challengeRow(word)
    return toMeaning(row, row?.proof)
  },
  identifier(word) {
    const row = identifierRow(word)
    return toMeaning(row, row?.text)
  },
  problem(word) {
    const row = problemRow(acmeType(word))
    return word === 'about:blank' ? null : toMeaning(row, row?.meaning)
  },
  certificateId(word) {
    const id = readCertificateId(word)
    const text =
      'error' in id ? `no certificate id: ${id.error}` : `serial number ${id.serial}, key ${id.keyIdentifier}`
    return { text, reference: reference('RFC 9773 §4.1'), registered: true }
  },
}

function reason(code: number): Meaning {
  const row = reasonRow(code)
  return toMeaning(row, row ? `${row.name}: ${row.text}` : undefined)
}
