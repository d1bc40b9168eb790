/** Opens the one file all recordings live in, and takes it to the current version. Runs in the store's thread only. */
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Kysely, SqliteDialect } from 'kysely'
import Libsql from 'libsql'
import { StoreFailure } from './failure.ts'
import { MIGRATIONS, SCHEMA_VERSION, type Tables } from './schema.ts'

export interface OpenDatabase {
  readonly raw: Libsql.Database
  readonly db: Kysely<Tables>
}

/** How long, in ms, to wait for another process that is writing. */
const BUSY_TIMEOUT_MS = 10_000

/**
 * @param readOnly the file is not created, not migrated, not written; where there is none yet, an empty one is shown
 * @throws StoreFailure or SQLite's own error; the file is then as it was
 */
export async function openDatabase(path: string, readOnly: boolean): Promise<OpenDatabase> {
  const raw = readOnly ? connectToRead(path) : connectToWrite(path)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: raw }) })
  try {
    refuseNewer(raw)
    if (!readOnly || raw.memory) await prepareToWrite(raw, db)
    return { raw, db }
  } catch (error) {
    raw.close()
    throw error
  }
}

function connectToWrite(path: string): Libsql.Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // Recordings hold credentials: nobody else reads them. The write-ahead log takes over the mode of its database.
  closeSync(openSync(path, 'a', 0o600))
  return connect(path)
}

function connectToRead(path: string): Libsql.Database {
  if (!existsSync(path)) return new Libsql(':memory:')
  const raw = connectReadOnly(path)
  if (versionOf(raw) > 0) return raw
  // A recorder that is just starting has made the file and not yet its tables.
  raw.close()
  return new Libsql(':memory:')
}

function connectReadOnly(path: string): Libsql.Database {
  const url = pathToFileURL(path).href
  try {
    const raw = connect(`${url}?mode=ro`)
    versionOf(raw)
    return raw
  } catch (error) {
    // A folder that cannot be written has no room for the write-ahead log's index, and nobody who writes either.
    if (!isCannotOpen(error)) throw error
    return connect(`${url}?immutable=1`)
  }
}

const isCannotOpen = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CANTOPEN')

function connect(path: string): Libsql.Database {
  const raw = new Libsql(path, { timeout: BUSY_TIMEOUT_MS })
  raw.exec('pragma foreign_keys = on')
  return raw
}

const versionOf = (raw: Libsql.Database): number => numberFrom(raw, 'user_version')

function refuseNewer(raw: Libsql.Database): void {
  const version = versionOf(raw)
  if (version <= SCHEMA_VERSION) return
  throw new StoreFailure('newer', `it is of version ${version}, and this acmescope knows ${SCHEMA_VERSION}`)
}

async function prepareToWrite(raw: Libsql.Database, db: Kysely<Tables>): Promise<void> {
  // Order matters: the way free pages are kept is fixed with the first page, which the journal mode writes.
  if (versionOf(raw) === 0) raw.exec('pragma auto_vacuum = incremental')
  raw.prepare('pragma journal_mode = wal').all([])
  // A crash of the program loses nothing with `normal`; what is deleted is overwritten, for it held credentials.
  raw.exec('pragma synchronous = normal; pragma secure_delete = on')
  await migrate(raw, db)
}

async function migrate(raw: Libsql.Database, db: Kysely<Tables>): Promise<void> {
  raw.exec('begin immediate')
  try {
    refuseNewer(raw)
    for (const migration of MIGRATIONS.slice(versionOf(raw))) await migration(db)
    raw.exec(`pragma user_version = ${SCHEMA_VERSION}`)
    raw.exec('commit')
  } catch (error) {
    raw.exec('rollback')
    throw error
  }
}

const numberFrom = (
  raw: Libsql.Database,
  pragma: 'page_count' | 'freelist_count' | 'page_size' | 'user_version',
): number => {
  const [row] = raw.prepare(`pragma ${pragma}`).all([])
  return typeof row === 'object' && row !== null && pragma in row ? Number(Reflect.get(row, pragma)) : 0
}

/** Bytes of the file that hold something; the write-ahead log is not counted. */
export const usedBytes = (raw: Libsql.Database): number =>
  (numberFrom(raw, 'page_count') - numberFrom(raw, 'freelist_count')) * numberFrom(raw, 'page_size')

/** What was deleted held credentials: it leaves the write-ahead log and the file as well. */
export function dropFreePages(raw: Libsql.Database): void {
  raw.exec('pragma incremental_vacuum')
  raw.exec('pragma wal_checkpoint(truncate)')
}
