/** What fits, by group, with the one that Enter takes. */
import { useEffect, useRef } from 'react'
import type { Entry } from './entry.ts'
import styles from './palette.module.css'
import type { RankedGroup } from './rank.ts'

export const LIST_ID = 'palette-list'

export const optionId = (at: number): string => `palette-option-${at}`

interface OptionProps {
  readonly entry: Entry
  readonly at: number
  readonly isAt: boolean
  readonly take: (entry: Entry, event: { readonly ctrlKey: boolean; readonly metaKey: boolean }) => void
}

function Option({ entry, at, isAt, take }: OptionProps) {
  const option = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isAt) option.current?.scrollIntoView({ block: 'nearest' })
  }, [isAt])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the box above names the one it is at
    <div
      ref={option}
      role="option"
      id={optionId(at)}
      aria-selected={isAt}
      className={styles.option}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => take(entry, event)}
    >
      <bdi className={styles.label}>{entry.label}</bdi>
      <bdi className={styles.detail}>{entry.detail}</bdi>
    </div>
  )
}

interface EntryListProps {
  readonly groups: readonly RankedGroup[]
  readonly selected: number
  readonly take: OptionProps['take']
}

export function EntryList({ groups, selected, take }: EntryListProps) {
  let at = -1
  return (
    <div role="listbox" id={LIST_ID} aria-label="Results" className={styles.list}>
      {groups.map(({ label, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: groups of a list box are none of a form
        <div key={label} role="group" aria-label={label}>
          <div className={styles.group} aria-hidden="true">
            {label}
          </div>
          {entries.map((entry) => {
            at += 1
            return <Option key={entry.id} entry={entry} at={at} isAt={at === selected} take={take} />
          })}
        </div>
      ))}
    </div>
  )
}
