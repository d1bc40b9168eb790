/** What all recordings hold of some words: each place a link to the very step. */
import { IconFileText } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { RecordingHits, SearchAnswer } from '../../shared/api.ts'
import type { SearchContext, SearchHit } from '../../shared/search/search-fact.ts'
import type { NoteHit } from '../../shared/search/search-notes.ts'
import { shownText } from '../../shared/shown-text.ts'
import { placeOf } from '../app/open-recording.ts'
import { count, factsOf } from '../app/recording-facts.ts'
import { useLiveId } from '../app/use-recordings.ts'
import { HOME_VIEW, type Place } from '../session/location.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { Delayed } from '../theme/delayed.tsx'
import { codeTone } from '../theme/tone.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './recordings.module.css'
import type { Search } from './use-search.ts'

/** The inspector's tab that shows what was found. */
const panelOf: Partial<Record<SearchHit['place'], string>> = {
  'request header': 'request',
  'request body': 'request',
  'signed content': 'jws',
  'response header': 'response',
  'response body': 'response',
}

const placeOfHit = (recording: string, { exchange, place }: SearchHit): Partial<Place> => ({
  ...placeOf(recording),
  recording,
  view: HOME_VIEW,
  step: exchange,
  panel: panelOf[place] ?? null,
})

const Found = ({ context }: { context: SearchContext }) => (
  <>
    {shownText(context.before)}
    <mark>{shownText(context.match)}</mark>
    {shownText(context.after)}
  </>
)

const placeOfNote = (recording: string, { exchange }: NoteHit): Partial<Place> => ({
  ...placeOf(recording),
  recording,
  ...(exchange === null ? { view: 'notes' } : { view: HOME_VIEW, step: exchange, panel: 'notes' }),
})

const NoteFound = ({ recording, hit }: { recording: string; hit: NoteHit }) => (
  <li>
    <PlaceLink to={placeOfNote(recording, hit)} className={`${styles.hit} ${styles.note}`} data-testid="note-hit">
      <span className={styles.hitNumber}>note</span>
      <bdi className={styles.context}>
        <Found context={hit.context} />
      </bdi>
    </PlaceLink>
  </li>
)

function Hit({ recording, hit }: { recording: string; hit: SearchHit }) {
  const { sequence, method, url, status, place, context } = hit
  return (
    <li>
      <PlaceLink to={placeOfHit(recording, hit)} className={styles.hit} data-testid="hit">
        <span className={styles.hitNumber}>#{sequence}</span>
        <span className={styles.hitRequest}>
          <WireText text={`${method} ${url}`.trim()} cut mono />
        </span>
        <span className={styles.hitStatus} data-tone={codeTone(status)}>
          {status ?? '–'}
        </span>
        <span className={styles.hitPlace}>{place}</span>
        <bdi className={styles.context}>
          {context === null ? <em>in something that is masked</em> : <Found context={context} />}
        </bdi>
      </PlaceLink>
    </li>
  )
}

/** What of a recording holds the words. */
function heldBy({ notes, hits, isCut }: RecordingHits): string {
  const parts = [
    notes.length > 0 && count(notes.length, 'note'),
    hits.length > 0 && `${isCut ? 'the first ' : ''}${count(hits.length, 'exchange')}`,
  ]
  return parts.filter(Boolean).join(', ') || 'its name'
}

function Group({ found }: { found: RecordingHits }) {
  const { recording, notes, hits } = found
  const live = useLiveId()
  return (
    <section className={styles.group} data-testid="search-group">
      <h3>
        <PlaceLink to={placeOf(recording.id)}>
          <IconFileText size={15} stroke={1.6} aria-hidden="true" />
          <WireText text={recording.name} cut />
        </PlaceLink>
        <small>{factsOf(recording, recording.id === live)}</small>
        <small className={styles.tally}>{heldBy(found)}</small>
      </h3>
      <ul>
        {notes.map((hit) => (
          <NoteFound key={hit.note} recording={recording.id} hit={hit} />
        ))}
        {hits.map((hit) => (
          <Hit key={hit.exchange} recording={recording.id} hit={hit} />
        ))}
      </ul>
    </section>
  )
}

function tally(words: string, { recordings, cut, searched, all }: SearchAnswer): string {
  const hits = recordings.reduce((sum, one) => sum + one.hits.length, 0)
  if (recordings.length === 0 && cut === null) return `Nothing in ${count(all, 'recording')} holds “${words}”.`
  const found = `${count(hits, 'exchange')} in ${count(recordings.length, 'recording')}`
  if (cut === 'time')
    return `${found}. It took too long: ${searched} of ${all} recordings were searched. More words find less.`
  return cut === 'hits' ? `${found}, and there are more: another word finds less.` : `${found}.`
}

/** Up and down from one place to the next. */
function step(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined) return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const next = links[links.indexOf(document.activeElement as HTMLAnchorElement) + by]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

export function SearchResults({ search }: { search: Search }) {
  if (search.kind === 'failed')
    return (
      <p className={styles.remark} role="alert">
        {search.why}
      </p>
    )
  if (search.kind !== 'found')
    return (
      <Delayed>
        <p className={styles.remark} role="status">
          Searching …
        </p>
      </Delayed>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows are a short cut from link to link
    <div className={styles.results} id="recordings-found" onKeyDown={step}>
      <p className={styles.remark} role="status" data-testid="search-tally">
        {shownText(tally(search.words, search.answer))}
      </p>
      {search.answer.recordings.map((found) => (
        <Group key={found.recording.id} found={found} />
      ))}
    </div>
  )
}
