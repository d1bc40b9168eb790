/** What is asked of the store, in SQL by way of Kysely. Runs in the store's thread only. */
import { type Kysely, sql } from 'kysely'
import type { Exchange, Fact } from '../../shared/exchange.ts'
import { PEERS_FROM, type Peers, peersOf } from '../../shared/peers.ts'
import type { Recording, RecordingSummary } from '../../shared/recording.ts'
import { insertLearnt } from './keys.ts'
import { type FactRows, toFact, toRecording, toRecordingRow, toRows } from './rows.ts'
import type { BodyRow, FactRow, Tables } from './schema.ts'

type Db = Kysely<Tables>

/** A fact on its way to the disk. */
export interface Written {
  readonly recording: string
  readonly revision: number
  readonly fact: Fact
}

export interface StoredFact {
  readonly revision: number
  readonly fact: Fact
}

/** A recording that was recorded here and that nobody writes any longer. */
export interface EndedRecording {
  readonly id: string
  readonly name: string
  /** ISO 8601; where a crash ended it, when its last fact began. */
  readonly endedAt: string
  /** Whether people wrote notes on it. */
  readonly isNoted: boolean
}

/** Bounds of one page of facts: whichever is reached first; a page holds at least one. */
const PAGE_FACTS = 200
const PAGE_BYTES = 4 * 1024 * 1024

export async function insertRecording(db: Db, recording: Recording, recorder: string): Promise<void> {
  await db.insertInto('recordings').values(toRecordingRow(recording, recorder)).execute()
}

export async function changeRecording(
  db: Db,
  id: string,
  change: { readonly name?: string; readonly endedAt?: string },
): Promise<void> {
  const { name, endedAt } = change
  if (name === undefined && endedAt === undefined) return
  const set = { ...(name !== undefined && { name }), ...(endedAt !== undefined && { ended_at: endedAt }) }
  await db.updateTable('recordings').set(set).where('id', '=', id).execute()
}

/** Who writes a recording that was not ended; null when it was, or when there is none. */
export async function recorderOf(db: Db, id: string): Promise<string | null> {
  const query = db.selectFrom('recordings').select('recorder').where('id', '=', id).where('ended_at', 'is', null)
  return (await query.executeTakeFirst())?.recorder ?? null
}

export async function removeRecording(db: Db, id: string): Promise<void> {
  await db.deleteFrom('recordings').where('id', '=', id).execute()
}

/** Those recorded here, oldest end first. @param isAlive whether the recorder of a recording still runs */
export async function selectEnded(db: Db, isAlive: (recorder: string) => boolean): Promise<readonly EndedRecording[]> {
  const rows = await db
    .selectFrom('recordings')
    .select(['id', 'name', 'started_at', 'ended_at', 'recorder'])
    .select((eb) => [
      eb
        .selectFrom('facts')
        .select('facts.started_at')
        .whereRef('facts.recording', '=', 'recordings.id')
        .orderBy('facts.revision', 'desc')
        .limit(1)
        .as('last'),
      eb
        .selectFrom('notes')
        .select((count) => count.fn.countAll<number>().as('n'))
        .whereRef('notes.recording', '=', 'recordings.id')
        .as('notes'),
    ])
    .where('source', '=', 'live')
    .execute()
  return rows
    .filter(({ ended_at, recorder }) => ended_at !== null || !isAlive(recorder))
    .map((row) => ({
      id: row.id,
      name: row.name,
      endedAt: row.ended_at ?? row.last ?? row.started_at,
      isNoted: (row.notes ?? 0) > 0,
    }))
    .toSorted((a, b) => a.endedAt.localeCompare(b.endedAt))
}

/** Newest first. What is counted is in an index: no fact is read for it. */
export async function selectRecordings(db: Db): Promise<readonly RecordingSummary[]> {
  const rows = await db
    .selectFrom('recordings')
    .selectAll()
    .select((eb) => {
      const exchanges = eb
        .selectFrom('facts')
        .whereRef('facts.recording', '=', 'recordings.id')
        .where('facts.kind', '=', 'exchange')
      return [
        exchanges.select((count) => count.fn.countAll<number>().as('n')).as('exchanges'),
        exchanges.select((sum) => sum.fn.sum<number>('facts.bytes').as('n')).as('bytes'),
      ]
    })
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    ...toRecording(row),
    exchanges: row.exchanges ?? 0,
    bytes: row.bytes ?? 0,
    origin: 'stored' as const,
  }))
}

/** All or nothing; a fact that is there already is replaced in place. */
export async function upsertFacts(db: Db, written: readonly Written[]): Promise<void> {
  // Of a fact that was written twice since the thread last looked, only the later one counts.
  const latest = new Map(written.map((one) => [one.fact.id, one]))
  const facts = [...latest.values()]
  const rows = facts.map(({ recording, revision, fact }) => toRows(recording, revision, fact))
  await db.transaction().execute(async (transaction) => {
    await upsertRows(transaction, rows)
    await insertLearnt(transaction, facts)
  })
}

async function upsertRows(db: Db, rows: readonly FactRows[]): Promise<void> {
  const facts = rows.map(({ fact }) => fact)
  const bodies = rows.flatMap((row) => row.bodies)
  await db
    .insertInto('facts')
    .values(facts)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        sequence: eb.ref('excluded.sequence'),
        kind: eb.ref('excluded.kind'),
        state: eb.ref('excluded.state'),
        started_at: eb.ref('excluded.started_at'),
        revision: eb.ref('excluded.revision'),
        head: eb.ref('excluded.head'),
        bytes: eb.ref('excluded.bytes'),
      })),
    )
    .execute()
  const ids = facts.map(({ id }) => id)
  await db.deleteFrom('bodies').where('fact', 'in', ids).execute()
  if (bodies.length > 0) await db.insertInto('bodies').values(bodies).execute()
}

/** Who speaks in a recording; its bodies are not read. */
export async function selectPeers(db: Db, recording: string): Promise<Peers> {
  const rows = await db
    .selectFrom('facts')
    .select('head')
    .where('recording', '=', recording)
    .where('kind', '=', 'exchange')
    .orderBy('revision')
    .limit(PEERS_FROM)
    .execute()
  return peersOf(rows.map(({ head }) => JSON.parse(head) as Exchange))
}

/** @param isAlive whether the recorder of the recording still runs */
export async function selectFacts(
  db: Db,
  recording: string,
  after: number,
  isAlive: (recorder: string) => boolean,
): Promise<readonly StoredFact[]> {
  const last = await lastOfPage(db, recording, after)
  if (last === null) return []
  const rows = await db
    .selectFrom('facts')
    .select(['id', 'state', 'revision', 'head'])
    .where('recording', '=', recording)
    .where('revision', '>', after)
    .where('revision', '<=', last)
    .orderBy('revision')
    .execute()
  return withBodies(db, recording, rows, isAlive)
}

async function lastOfPage(db: Db, recording: string, after: number): Promise<number | null> {
  const sizes = await db
    .selectFrom('facts')
    .select(['revision', 'bytes'])
    .where('recording', '=', recording)
    .where('revision', '>', after)
    .orderBy('revision')
    .limit(PAGE_FACTS)
    .execute()
  let bytes = 0
  let last: number | null = null
  for (const size of sizes) {
    bytes += size.bytes
    if (last !== null && bytes > PAGE_BYTES) break
    last = size.revision
  }
  return last
}

async function withBodies(
  db: Db,
  recording: string,
  rows: readonly Pick<FactRow, 'id' | 'state' | 'revision' | 'head'>[],
  isAlive: (recorder: string) => boolean,
): Promise<readonly StoredFact[]> {
  const ids = rows.map((row) => row.id)
  const bodies = await db.selectFrom('bodies').selectAll().where('fact', 'in', ids).execute()
  const byFact = new Map<string, BodyRow[]>()
  for (const body of bodies) byFact.set(body.fact, [...(byFact.get(body.fact) ?? []), body])
  const unfinished = rows.some((row) => row.state === 'in progress')
  const isCutOff = unfinished && !(await isBeingWritten(db, recording, isAlive))
  return rows.map((row) => {
    const state = isCutOff && row.state === 'in progress' ? 'cut off' : row.state
    return { revision: row.revision, fact: toFact(row, state, byFact.get(row.id) ?? []) }
  })
}

async function isBeingWritten(db: Db, recording: string, isAlive: (recorder: string) => boolean): Promise<boolean> {
  const recorder = await recorderOf(db, recording)
  return recorder !== null && isAlive(recorder)
}

export async function selectExchange(
  db: Db,
  recording: string,
  id: string,
  isAlive: (recorder: string) => boolean,
): Promise<Exchange | null> {
  const row = await db
    .selectFrom('facts')
    .select(['id', 'state', 'revision', 'head'])
    .where('id', '=', id)
    .where('recording', '=', recording)
    .where('kind', '=', 'exchange')
    .executeTakeFirst()
  if (!row) return null
  const [stored] = await withBodies(db, recording, [row], isAlive)
  return stored?.fact.kind === 'exchange' ? stored.fact : null
}

/** The highest revision given to a fact that is still there, 0 in an empty store. Asks the index once per recording. */
export async function lastRevision(db: Db): Promise<number> {
  const rows = await db
    .selectFrom('recordings')
    .select((eb) =>
      eb
        .selectFrom('facts')
        .whereRef('facts.recording', '=', 'recordings.id')
        .select((last) => last.fn.max('revision').as('revision'))
        .as('last'),
    )
    .execute()
  return rows.reduce((highest, row) => Math.max(highest, row.last ?? 0), 0)
}

/** Recorders that left exchanges in progress, dead or alive. */
export async function recordersWithUnfinished(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('facts')
    .innerJoin('recordings', 'recordings.id', 'facts.recording')
    .select('recordings.recorder')
    .distinct()
    .where('facts.state', '=', sql.lit('in progress'))
    .execute()
  return rows.map((row) => row.recorder)
}

/** What a recorder that is gone left in progress was cut off; each takes a new revision, so that a page learns of it. */
export async function cutOff(db: Db, recorder: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const unfinished = await transaction
      .selectFrom('facts')
      .innerJoin('recordings', 'recordings.id', 'facts.recording')
      .select('facts.id')
      .where('facts.state', '=', sql.lit('in progress'))
      .where('recordings.recorder', '=', recorder)
      .orderBy('facts.revision')
      .execute()
    let revision = await lastRevision(transaction)
    for (const { id } of unfinished) {
      const set = { state: 'cut off', revision: ++revision }
      await transaction.updateTable('facts').set(set).where('id', '=', id).execute()
    }
  })
}
