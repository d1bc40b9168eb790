/** What people wrote on recordings. Runs in the store's thread only. */
import { type Kysely, sql } from 'kysely'
import { MAX_NOTES, MAX_NOTES_BYTES, type Note } from '../../shared/recording.ts'
import type { NoteRow, Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Why a note was not taken. */
export type NoteRefused = 'no-recording' | 'no-exchange' | 'full'

export type NotePut = { readonly note: Note } | { readonly refused: NoteRefused }

const toRow = (recording: string, note: Note): NoteRow => ({
  recording,
  id: note.id,
  exchange: note.exchange,
  text: JSON.stringify(note.text),
  written_at: note.writtenAt,
  edited_at: note.editedAt ?? null,
})

const toNote = (row: NoteRow): Note => ({
  id: row.id,
  exchange: row.exchange,
  text: JSON.parse(row.text),
  writtenAt: row.written_at,
  ...(row.edited_at !== null && { editedAt: row.edited_at }),
})

/** In the order in which they were written; none in a store of an earlier version that is only read. */
export async function selectNotes(db: Db, recording: string): Promise<readonly Note[]> {
  if (!(await hasNotes(db))) return []
  const rows = await db
    .selectFrom('notes')
    .selectAll()
    .where('recording', '=', recording)
    .orderBy('written_at')
    .orderBy(sql`rowid`)
    .execute()
  return rows.map(toNote)
}

async function hasNotes(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from sqlite_master where type = 'table' and name = 'notes'`.execute(db)
  return rows.length > 0
}

/** Writes a note or writes over the one of its id, whoever wrote that: the last one counts, and the first one's time stays. */
export const putNote = (db: Db, recording: string, note: Note): Promise<NotePut> =>
  db.transaction().execute(async (transaction) => {
    const refused = await whyRefused(transaction, recording, note)
    if (refused) return { refused }
    const before = await transaction
      .selectFrom('notes')
      .select('written_at')
      .where('recording', '=', recording)
      .where('id', '=', note.id)
      .executeTakeFirst()
    const kept = before ? { ...note, writtenAt: before.written_at, editedAt: note.writtenAt } : note
    await upsert(transaction, [toRow(recording, kept)])
    return { note: kept }
  })

/** Notes that came with a file, at once; on what is not in it, they are on the recording. */
export async function insertNotes(db: Db, recording: string, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return
  await upsert(
    db,
    notes.map((note) => toRow(recording, note)),
  )
}

async function upsert(db: Db, rows: readonly NoteRow[]): Promise<void> {
  await db
    .insertInto('notes')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['recording', 'id']).doUpdateSet((eb) => ({
        exchange: eb.ref('excluded.exchange'),
        text: eb.ref('excluded.text'),
        edited_at: eb.ref('excluded.edited_at'),
      })),
    )
    .execute()
}

export async function removeNote(db: Db, recording: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('notes')
    .where('recording', '=', recording)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

async function whyRefused(db: Db, recording: string, note: Note): Promise<NoteRefused | null> {
  if (!(await db.selectFrom('recordings').select('id').where('id', '=', recording).executeTakeFirst()))
    return 'no-recording'
  if (note.exchange !== null && !(await hasFact(db, recording, note.exchange))) return 'no-exchange'
  const others = await db
    .selectFrom('notes')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      sql<number>`coalesce(sum(length(cast(text as blob))), 0)`.as('bytes'),
    ])
    .where('recording', '=', recording)
    .where('id', '!=', note.id)
    .executeTakeFirstOrThrow()
  const isFull = others.count >= MAX_NOTES || others.bytes + Buffer.byteLength(note.text) > MAX_NOTES_BYTES
  return isFull ? 'full' : null
}

async function hasFact(db: Db, recording: string, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('facts')
    .select('id')
    .where('id', '=', id)
    .where('recording', '=', recording)
    .executeTakeFirst()
  return found !== undefined
}
