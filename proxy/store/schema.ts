/** The tables of the store and how they came to be. Bodies stand apart, so that nothing that lists ever reads them. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Recording } from '../../shared/recording.ts'
import { learnFromStored } from './keys.ts'

export interface RecordingRow {
  readonly id: string
  readonly name: string
  readonly started_at: string
  readonly ended_at: string | null
  readonly source: Recording['source']
  readonly tool_version: string
  /** Who writes, or wrote, it: see recorders.ts. */
  readonly recorder: string
}

export interface FactRow {
  readonly id: string
  readonly recording: string
  readonly sequence: number
  readonly kind: string
  readonly state: string
  readonly started_at: string
  readonly revision: number
  /** JSON of the fact without its bodies. JSON, because the database ends a text at its first NUL. */
  readonly head: string
  /** Of its bodies together, as stored: lets a reader bound a page before it reads it. */
  readonly bytes: number
}

export interface BodyRow {
  readonly fact: string
  readonly side: 'request' | 'response'
  readonly kind: 'text' | 'base64'
  /** How `content` is to be read back; see rows.ts. */
  readonly encoding: 'bytes' | 'utf-8' | 'utf-16'
  readonly content: Uint8Array
}

/** A public key that an account had. */
export interface KeyRow {
  /** The recording that holds it, and with which it goes. */
  readonly recording: string
  readonly account: string
  /** JSON, see `publicKey` in shared/acme/jwk.ts: equal texts are the same key. */
  readonly jwk: string
  /** The exchange that showed it first. */
  readonly exchange: string
  /** The recording that showed it, where a file brought it from another store; null when this one did. */
  readonly learnt_in: string | null
}

export interface NoteRow {
  readonly id: string
  readonly recording: string
  /** Null: on the recording. */
  readonly exchange: string | null
  /** JSON of the text, see `head` of a fact. */
  readonly text: string
  readonly written_at: string
  readonly edited_at: string | null
}

export interface Tables {
  recordings: RecordingRow
  facts: FactRow
  bodies: BodyRow
  account_keys: KeyRow
  notes: NoteRow
}

type Migration = (db: Kysely<Tables>) => Promise<void>

const first: Migration = async (db) => {
  await db.schema
    .createTable('recordings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('tool_version', 'text', (column) => column.notNull())
    .addColumn('recorder', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('facts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('recording', 'text', (column) => column.notNull().references('recordings.id').onDelete('cascade'))
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('head', 'text', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('bodies')
    .addColumn('fact', 'text', (column) => column.notNull().references('facts.id').onDelete('cascade'))
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('encoding', 'text', (column) => column.notNull())
    .addColumn('content', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('bodies_key', ['fact', 'side'])
    .execute()
  await db.schema.createIndex('facts_revision').on('facts').columns(['recording', 'revision']).execute()
  await db.schema.createIndex('facts_kind').on('facts').columns(['recording', 'kind']).execute()
  await sql`create index facts_unfinished on facts (recording) where state = 'in progress'`.execute(db)
}

const accountKeys: Migration = async (db) => {
  await db.schema
    .createTable('account_keys')
    .addColumn('recording', 'text', (column) => column.notNull().references('recordings.id').onDelete('cascade'))
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('jwk', 'text', (column) => column.notNull())
    .addColumn('exchange', 'text', (column) => column.notNull())
    .addColumn('learnt_in', 'text')
    .addPrimaryKeyConstraint('account_keys_key', ['recording', 'account', 'jwk'])
    .execute()
  await learnFromStored(db)
}

const notes: Migration = async (db) => {
  await db.schema
    .createTable('notes')
    .addColumn('recording', 'text', (column) => column.notNull().references('recordings.id').onDelete('cascade'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('exchange', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('edited_at', 'text')
    .addPrimaryKeyConstraint('notes_key', ['recording', 'id'])
    .execute()
}

/** The list tells sizes as well: with them in the index it needs no fact's row, which holds the head. */
const sizesInIndex: Migration = async (db) => {
  await db.schema.dropIndex('facts_kind').execute()
  await db.schema.createIndex('facts_kind').on('facts').columns(['recording', 'kind', 'bytes']).execute()
}

/** Each takes the database one version further, from an empty file on. Never change one that was released. */
export const MIGRATIONS: readonly Migration[] = [first, accountKeys, notes, sizesInIndex]

/** What `PRAGMA user_version` of an up-to-date database says. */
export const SCHEMA_VERSION = MIGRATIONS.length
