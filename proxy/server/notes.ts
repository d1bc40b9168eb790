/** What people write on recordings, over HTTP. The last one to write a note wins; every open page is sent the new list. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { NoteText } from '../../shared/api.ts'
import { isNoteLength, MAX_NOTE_BYTES, type RecordingSummary } from '../../shared/recording.ts'
import type { Library } from '../library.ts'
import type { NoteRefused } from '../store/notes.ts'
import type { Store } from '../store/store.ts'
import type { Live } from './live.ts'
import type { PageEnv } from './page.ts'
import { Refusal, type RefusalCode } from './refusal.ts'

export interface NotesOptions {
  readonly store: Store
  readonly library: Library
  readonly live: Live
}

/** How a request's recording is found; both refuse where there is none. */
export interface Recordings {
  readonly known: (c: Ask) => Promise<RecordingSummary>
  /** Refuses examples, too. */
  readonly changeable: (c: Ask) => Promise<RecordingSummary>
}

type Ask = Context<PageEnv>

/** JSON may need six bytes for one. */
const MAX_BODY = 6 * MAX_NOTE_BYTES + 1024

const NoteId = z.string().regex(/^[\w.:-]{1,128}$/)

const Text: z.ZodType<NoteText> = z.strictObject({
  exchange: z.string().max(128).nullable(),
  text: z.string().trim().min(1).refine(isNoteLength),
})

const tooLong = () => {
  throw new Refusal('note-not-understood')
}

/** `/recordings/:id/notes` and what is below it. */
export function createNotes({ store, library, live }: NotesOptions, { known, changeable }: Recordings): Hono<PageEnv> {
  const notes = new Hono<PageEnv>()
  notes.get('/recordings/:id/notes', async (c) => c.json(await library.notes((await known(c)).id)))
  notes.put('/recordings/:id/notes/:note', bodyLimit({ maxSize: MAX_BODY, onError: tooLong }), async (c) => {
    const { id } = await changeable(c)
    const note = { id: noteId(c), ...(await readText(c)), writtenAt: new Date().toISOString() }
    const put = await store.putNote(id, note)
    if ('refused' in put) throw new Refusal(REFUSED[put.refused])
    live.noted(id)
    return c.json(put.note)
  })
  notes.delete('/recordings/:id/notes/:note', async (c) => {
    const { id } = await changeable(c)
    if (!(await store.removeNote(id, noteId(c)))) throw new Refusal('note-not-found')
    live.noted(id)
    return c.body(null, 204)
  })
  return notes
}

const REFUSED: { readonly [Why in NoteRefused]: RefusalCode } = {
  'no-recording': 'nothing-recorded',
  'no-exchange': 'exchange-not-found',
  full: 'notes-full',
}

function noteId(c: Ask): string {
  const id = NoteId.safeParse(c.req.param('note'))
  if (!id.success) throw new Refusal('note-not-understood')
  return id.data
}

async function readText(c: Ask): Promise<NoteText> {
  const text = Text.safeParse(await c.req.json().catch(() => null))
  if (!text.success) throw new Refusal('note-not-understood')
  return text.data
}
