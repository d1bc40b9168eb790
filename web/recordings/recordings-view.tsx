/** All recordings: to find one, or something in one; to name, keep and delete them. */
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconFileImport, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import type { RecordingSummary } from '../../shared/recording.ts'
import { beginNewRecording } from '../app/begin-recording.ts'
import { chooseFiles } from '../app/file-input.tsx'
import { count } from '../app/recording-facts.ts'
import { refreshShelf, useLiveId, useShelf } from '../app/use-recordings.ts'
import { goTo, usePlace } from '../session/location.ts'
import { Delayed } from '../theme/delayed.tsx'
import styles from './recordings.module.css'
import { RecordingsList } from './recordings-list.tsx'
import { arrange, KINDS, type Kind, NEWEST_FIRST, type Order } from './rows.ts'
import { searchId } from './search-focus.ts'
import { SearchResults } from './search-results.tsx'
import { choose, useList } from './use-list.ts'
import { removeAll } from './use-list-keys.ts'
import { LEAST, useSearch } from './use-search.ts'

/** The one being written grows, and no event says how far. */
const ASK_AGAIN_MS = 5_000

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  all: 'All',
  recorded: 'Recorded',
  imported: 'Imported',
  examples: 'Examples',
}

const setWords = (find: string): void => goTo({ find }, 'replace')

function SearchBox({ words }: { words: string }) {
  return (
    <TextInput
      id={searchId}
      className={styles.searchBox ?? ''}
      size="sm"
      aria-label="Search all recordings"
      placeholder="Search all recordings: names, hosts, headers, bodies, what was signed …"
      leftSection={<IconSearch size={15} />}
      value={words}
      onChange={({ currentTarget }) => setWords(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') {
          event.preventDefault()
          document.querySelector<HTMLElement>('#recordings-found a')?.focus()
        }
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (words === '') event.currentTarget.blur()
        else setWords('')
      }}
    />
  )
}

function Chosen({ rows }: { rows: readonly RecordingSummary[] }) {
  const chosen = useList((list) => list.chosen)
  if (chosen.size === 0) return <span className={styles.tally}>{count(rows.length, 'recording')}</span>
  return (
    <span className={styles.chosen}>
      {chosen.size} chosen
      <Button size="compact-sm" variant="default" onClick={() => choose([])}>
        None
      </Button>
      <Button
        size="compact-sm"
        color="red"
        variant="light"
        leftSection={<IconTrash size={14} />}
        onClick={() =>
          removeAll(
            rows,
            rows.filter(({ id }) => chosen.has(id)),
          )
        }
      >
        Delete
      </Button>
    </span>
  )
}

function usePolledShelf(): void {
  useEffect(() => {
    void refreshShelf()
    const timer = setInterval(() => document.hidden || void refreshShelf(), ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
}

function AllRecordings() {
  const recordings = useShelf((shelf) => shelf.recordings)
  const live = useLiveId()
  const [kind, setKind] = useState<Kind>('all')
  const [order, setOrder] = useLocalStorage<Order>({
    key: 'acmescope.recordings.order',
    defaultValue: NEWEST_FIRST,
    getInitialValueInEffect: false,
  })
  const rows = useMemo(() => arrange(recordings, live, { kind, order, words: '' }), [recordings, live, kind, order])
  return (
    <>
      <div className={styles.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Which recordings"
          value={kind}
          data={KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
          onChange={(value) => {
            setKind(value as Kind)
            choose([])
          }}
        />
        <Chosen rows={rows} />
      </div>
      <RecordingsList rows={rows} order={order} setOrder={setOrder} />
      {rows.length === 0 && (
        <p className={styles.remark}>
          {kind === 'imported'
            ? 'Nothing was imported. “Import” keeps HAR files as browsers, proxies and acmescope export them.'
            : 'Nothing was recorded yet. Point an ACME client at the recorder.'}
        </p>
      )}
    </>
  )
}

export function RecordingsView() {
  const { find } = usePlace()
  const search = useSearch(find)
  const recorder = useShelf((shelf) => shelf.recorder)
  const trouble = useShelf((shelf) => shelf.trouble)
  usePolledShelf()
  return (
    <section className={styles.view} aria-label="Recordings" data-testid="recordings">
      <header className={styles.head}>
        <h2>Recordings</h2>
        <SearchBox words={find} />
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => void beginNewRecording()}
        >
          New recording
        </Button>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconFileImport size={15} />}
          onClick={() => chooseFiles('import')}
        >
          Import …
        </Button>
      </header>
      {trouble !== null && (
        <p className={styles.away} role="status">
          {trouble.message} {trouble.fix}
        </p>
      )}
      {find.trim().length >= LEAST ? (
        <SearchResults search={search} />
      ) : recorder === null ? (
        <Delayed>
          <p className={styles.remark}>Asking the recorder …</p>
        </Delayed>
      ) : (
        <AllRecordings />
      )}
    </section>
  )
}
