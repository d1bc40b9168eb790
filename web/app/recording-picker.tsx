/** Which recording is shown, and the others to choose from. */
import { Combobox, UnstyledButton, useCombobox } from '@mantine/core'
import { IconCheck, IconFileImport, IconFileText, IconList, IconPlus, IconSelector } from '@tabler/icons-react'
import { type ComponentType, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import type { RecordingSummary } from '../../shared/recording.ts'
import { shownText } from '../../shared/shown-text.ts'
import { goTo } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import { WireText } from '../theme/wire-text.tsx'
import styles from './app.module.css'
import { beginNewRecording } from './begin-recording.ts'
import { chooseFiles } from './file-input.tsx'
import { openRecording, openRecordingInTab } from './open-recording.ts'
import { factsOf } from './recording-facts.ts'
import { refreshShelf, useLiveId, useShelf } from './use-recordings.ts'

/** Older ones are in the list of all. */
const MOST_RECENT = 8
const MOST_FOUND = 50

const actions: readonly {
  readonly id: string
  readonly label: string
  readonly Icon: ComponentType<{ size: number; stroke: number }>
  readonly act: () => void
}[] = [
  { id: 'action:all', label: 'All recordings …', Icon: IconList, act: () => goTo({ view: 'recordings' }) },
  { id: 'action:new', label: 'New recording', Icon: IconPlus, act: () => void beginNewRecording() },
  { id: 'action:file', label: 'Open HAR files …', Icon: IconFileImport, act: () => chooseFiles('open') },
]

const isWanted = ({ name, id }: RecordingSummary, filter: string): boolean =>
  `${name} ${id}`.toLowerCase().includes(filter.trim().toLowerCase())

/** Held while choosing: in a tab of its own. */
const isForTab = ({ ctrlKey, metaKey, shiftKey }: KeyboardEvent | MouseEvent): boolean => ctrlKey || metaKey || shiftKey

function Recent({ label, recordings }: { label: string; recordings: readonly RecordingSummary[] }) {
  const live = useLiveId()
  const shown = useSession((session) => session.source?.key)
  if (recordings.length === 0) return null
  return (
    <Combobox.Group label={label}>
      {recordings.map((recording) => (
        <Combobox.Option key={recording.id} value={recording.id} className={styles.pick}>
          <span className={styles.pickMark}>
            {recording.id === live ? (
              <span className={styles.dot} data-live="true" />
            ) : (
              <IconFileText size={15} stroke={1.6} aria-hidden="true" />
            )}
          </span>
          <span className={styles.pickText}>
            <WireText text={recording.name} cut />
            <span className={styles.pickDetail}>{factsOf(recording, recording.id === live)}</span>
          </span>
          {recording.id === shown && <IconCheck size={14} aria-label="shown" />}
        </Combobox.Option>
      ))}
    </Combobox.Group>
  )
}

function Choices({ filter }: { filter: string }) {
  const recordings = useShelf((shelf) => shelf.recordings)
  const wanted = recordings.filter((recording) => isWanted(recording, filter))
  const most = filter.trim() === '' ? MOST_RECENT : MOST_FOUND
  const of = (origin: RecordingSummary['origin']) => wanted.filter((one) => one.origin === origin).slice(0, most)
  return (
    <Combobox.Options className={styles.pickerMenu}>
      {wanted.length === 0 && <Combobox.Empty>No recording of that name</Combobox.Empty>}
      <Recent label={filter.trim() === '' ? 'Recent' : 'Recordings'} recordings={of('stored')} />
      <Recent label="Examples" recordings={of('example')} />
      <Combobox.Group label=" ">
        {actions.map(({ id, label, Icon }) => (
          <Combobox.Option key={id} value={id} className={styles.pick}>
            <span className={styles.pickMark}>
              <Icon size={15} stroke={1.6} />
            </span>
            {label}
          </Combobox.Option>
        ))}
      </Combobox.Group>
    </Combobox.Options>
  )
}

export function RecordingPicker() {
  const [filter, setFilter] = useState('')
  const forTab = useRef(false)
  const given = useSession((session) => session.recording?.name ?? session.source?.label)
  const name = given === undefined ? undefined : shownText(given)
  const combobox = useCombobox({
    onDropdownOpen: () => {
      void refreshShelf()
      combobox.focusSearchInput()
    },
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setFilter('')
    },
  })
  const choose = (value: string) => {
    combobox.closeDropdown()
    const action = actions.find(({ id }) => id === value)
    if (action !== undefined) action.act()
    else if (forTab.current) openRecordingInTab(value)
    else openRecording(value)
  }
  return (
    <Combobox store={combobox} width={360} position="bottom-start" keepMounted={false} onOptionSubmit={choose}>
      <Combobox.Target targetType="button">
        <UnstyledButton
          className={styles.picker}
          aria-label={`Recording: ${name ?? 'none'}`}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className={styles.pickerName} title={name}>
            {name ?? 'No recording'}
          </span>
          <IconSelector size={14} aria-hidden="true" />
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown
        onMouseDownCapture={(event) => {
          forTab.current = isForTab(event)
        }}
      >
        <Combobox.Search
          value={filter}
          placeholder="Filter recordings"
          aria-label="Filter recordings"
          onChange={({ currentTarget }) => {
            setFilter(currentTarget.value)
            combobox.selectFirstOption()
          }}
          onKeyDownCapture={(event) => {
            forTab.current = isForTab(event)
          }}
        />
        <Choices filter={filter} />
        <Combobox.Footer>
          <span className={styles.hint}>Shift + Enter or Shift + click: in a tab of its own</span>
        </Combobox.Footer>
      </Combobox.Dropdown>
    </Combobox>
  )
}
