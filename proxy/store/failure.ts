/** What can be wrong with the store, told apart by code; crosses the thread as plain data. */

export type StoreFailureCode =
  /** The file is no database, or a damaged one. */
  | 'corrupted'
  /** A newer acmescope wrote it. */
  | 'newer'
  /** Another process held it for too long. */
  | 'locked'
  /** No place left on the device. */
  | 'full'
  /** It cannot be opened, read or written. */
  | 'unreadable'
  /** The recording is being written by a recorder that is alive. */
  | 'recording-live'
  /** The store was closed, or its thread died. */
  | 'closed'

export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
  readonly code: StoreFailureCode

  constructor(code: StoreFailureCode, message: string) {
    super(message)
    this.code = code
  }
}

/** SQLite's result codes (https://www.sqlite.org/rescode.html); the first part of an extended name decides. */
const BY_RESULT_CODE: readonly (readonly [prefix: string, code: StoreFailureCode])[] = [
  ['SQLITE_NOTADB', 'corrupted'],
  ['SQLITE_CORRUPT', 'corrupted'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_FULL', 'full'],
]

/** Any error of the database or the file system as one of ours. */
export function toStoreFailure(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = BY_RESULT_CODE.find(([prefix]) => code.startsWith(prefix))
  return new StoreFailure(known?.[1] ?? (code === 'ENOSPC' ? 'full' : 'unreadable'), message)
}
