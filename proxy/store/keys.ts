/** The account keys that recordings showed, so that a later one, in which only `kid` is left, can be checked with them. */
import { type Kysely, sql } from 'kysely'
import { keysIn, type StoredKey } from '../../shared/acme/jws/keys.ts'
import type { Fact } from '../../shared/exchange.ts'
import { toFact } from './rows.ts'
import type { KeyRow, Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Of more accounts than this nobody has a key at hand; the newest are. */
const MAX_KEYS = 10_000

/** The keys that these facts teach; with the facts or not at all. The first exchange that showed one is remembered. */
export async function insertLearnt(
  db: Db,
  written: readonly { readonly recording: string; readonly fact: Fact }[],
): Promise<void> {
  const rows = written.flatMap(({ recording, fact }) =>
    fact.kind === 'exchange'
      ? keysIn(fact).map(({ account, jwk }) => toRow(recording, { account, jwk, recording: null, exchange: fact.id }))
      : [],
  )
  await insert(db, rows)
}

/** Keys that a file brought with it: they were learnt elsewhere. */
export async function insertBrought(db: Db, recording: string, keys: readonly StoredKey[]): Promise<void> {
  await insert(
    db,
    keys.map((key) => toRow(recording, key)),
  )
}

const toRow = (
  recording: string,
  key: Omit<StoredKey, 'recording'> & { readonly recording: string | null },
): KeyRow => ({
  recording,
  account: key.account,
  jwk: JSON.stringify(key.jwk),
  exchange: key.exchange,
  learnt_in: key.recording,
})

async function insert(db: Db, keys: readonly KeyRow[]): Promise<void> {
  // The database ends a text at its first NUL: a URL with one would become another.
  const rows = keys.filter(({ account }) => !account.includes('\0'))
  if (rows.length === 0) return
  await db
    .insertInto('account_keys')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What a recording can be checked with beside what it shows itself: the newest first. */
export async function selectKeys(db: Db, recording: string): Promise<readonly StoredKey[]> {
  if (!(await hasKeys(db))) return []
  const rows = await db
    .selectFrom('account_keys')
    .selectAll()
    .where((eb) => eb.or([eb('recording', '!=', recording), eb('learnt_in', 'is not', null)]))
    .orderBy(sql`rowid`, 'desc')
    .limit(MAX_KEYS)
    .execute()
  // Of one key that several recordings showed, the one that showed it first is named.
  const keys = new Map<string, StoredKey>()
  for (const { account, jwk, exchange, learnt_in, recording: holder } of rows)
    keys.set(`${account} ${jwk}`, { account, jwk: JSON.parse(jwk), recording: learnt_in ?? holder, exchange })
  return [...keys.values()]
}

/** A store of an earlier version that is only read has none. */
async function hasKeys(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from sqlite_master where type = 'table' and name = 'account_keys'`.execute(db)
  return rows.length > 0
}

/** What was recorded before there was a table of keys. */
export async function learnFromStored(db: Db): Promise<void> {
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom('facts')
      .innerJoin('bodies', 'bodies.fact', 'facts.id')
      .select(['facts.recording', 'facts.id', 'facts.head', 'facts.state'])
      .select(['bodies.fact', 'bodies.side', 'bodies.kind', 'bodies.encoding', 'bodies.content'])
      .where('facts.kind', '=', 'exchange')
      .where('bodies.side', '=', 'request')
      .where('facts.bytes', '<', MAX_BYTES)
      .where('facts.id', '>', last)
      .orderBy('facts.id')
      .limit(PAGE)
      .execute()
    const end = rows.at(-1)
    if (!end) return
    await insertLearnt(
      db,
      rows.map((row) => ({ recording: row.recording, fact: toFact(row, row.state, [row]) })),
    )
    last = end.id
  }
}

/** Of the bodies of an exchange that registers an account, at most. */
const MAX_BYTES = 256 * 1024
const PAGE = 200
