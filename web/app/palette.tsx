/** Go anywhere, do anything, by a few letters of its name. What there is is looked at while it is open only. */
import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { useJudgement } from '../findings/judging.ts'
import { commands } from '../palette/commands.ts'
import type { Entry, EntryGroup } from '../palette/entry.ts'
import { EntryList, LIST_ID, optionId } from '../palette/entry-list.tsx'
import { places, recordings, sections } from '../palette/everywhere.ts'
import styles from '../palette/palette.module.css'
import { type RankedGroup, rank } from '../palette/rank.ts'
import { findings, objects, placeEntry, steps } from '../palette/recorded.ts'
import { hrefOf } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { KeysDialog } from './keys-dialog.tsx'
import { useShelf } from './use-recordings.ts'

/** What was typed can be looked for elsewhere, whatever fits here. */
const onwards = (query: string): RankedGroup => ({
  label: 'Look further',
  entries: [
    placeEntry('find', `Search all recordings for “${query}”`, '', '', { view: 'recordings', find: query }),
    placeEntry('filter', `Filter exchanges by “${query}”`, '', '', { view: 'exchanges', query }),
  ],
})

function useGroups(): readonly EntryGroup[] {
  const { setColorScheme } = useMantineColorScheme()
  return useMemo(
    () => [
      { label: 'Go to', entries: places, weight: 3, unasked: 8 },
      { label: 'Do', entries: () => commands(setColorScheme), weight: 2, unasked: 4 },
      { label: 'Recordings', entries: recordings, weight: 1, unasked: 5 },
      { label: 'Findings', entries: findings, weight: 1, unasked: 3 },
      { label: 'Objects', entries: objects, weight: 0.5, unasked: 0 },
      { label: 'Steps', entries: steps, weight: 0, unasked: 0 },
      { label: 'Sections', entries: sections, weight: 0, unasked: 0 },
    ],
    [setColorScheme],
  )
}

/** Ranked anew for what is typed, and when something has come. */
function useRanked(query: string): readonly RankedGroup[] {
  const groups = useGroups()
  const analysis = useSession((session) => session.analysis)
  const shelf = useShelf((state) => state.recordings)
  const judged = useJudgement((judgement) => judgement.findings)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the groups read from what these three hold
  const ranked = useMemo(() => rank(groups, query), [groups, query, analysis, shelf, judged])
  return query.trim().length < 2 ? ranked : [...ranked, onwards(query.trim())]
}

function Content() {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const groups = useRanked(query)
  const entries = groups.flatMap((group) => group.entries)
  const selected = Math.min(at, entries.length - 1)
  const take = (entry: Entry, { ctrlKey, metaKey }: { readonly ctrlKey: boolean; readonly metaKey: boolean }) => {
    spotlight.close()
    if (entry.place !== null && (ctrlKey || metaKey)) window.open(hrefOf(entry.place), '_blank', 'noopener')
    else entry.run()
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const entry = entries[selected]
    if (by !== undefined) setAt((selected + by + entries.length) % entries.length)
    else if (event.key === 'Enter' && entry !== undefined) take(entry, event)
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles.box}>
        <IconSearch size={17} stroke={1.6} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={LIST_ID}
          aria-activedescendant={entries.length > 0 ? optionId(selected) : undefined}
          aria-label="Go anywhere, do anything"
          placeholder="Step, object, name, recording, section, command …"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={({ currentTarget }) => {
            setQuery(currentTarget.value)
            setAt(0)
          }}
          onKeyDown={press}
        />
      </div>
      <EntryList groups={groups} selected={selected} take={take} />
    </>
  )
}

export const Palette = () => (
  <>
    <Spotlight.Root
      shortcut={null}
      size={640}
      centered={false}
      yOffset="12vh"
      classNames={{ content: styles.content ?? '' }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    >
      <Content />
    </Spotlight.Root>
    <KeysDialog />
  </>
)
