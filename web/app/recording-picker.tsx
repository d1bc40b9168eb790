/** Which recording is shown, and all others to choose from. */
import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconFileImport, IconFileText, IconSelector } from '@tabler/icons-react'
import { useRef } from 'react'
import type { RecordingSummary } from '../../shared/recording.ts'
import { useSession } from '../session/session.ts'
import { dateTime } from '../theme/time.ts'
import styles from './app.module.css'
import { refreshShelf, useShelf } from './use-recordings.ts'
import { openFile, openRecording } from './use-source.ts'

function RecordingItem({ recording, live, current }: { recording: RecordingSummary; live: boolean; current: boolean }) {
  const mark = live ? <span className={styles.dot} data-live="true" /> : <IconFileText size={15} stroke={1.6} />
  return (
    <Menu.Item
      leftSection={<span className={styles.pickMark}>{mark}</span>}
      rightSection={current ? <IconCheck size={14} aria-label="shown" /> : null}
      onClick={() => openRecording(live ? null : recording.id)}
    >
      <span className={styles.pickName}>{recording.name}</span>
      <span className={styles.pickDetail}>
        {dateTime(recording.startedAt).slice(0, 16)} · {recording.exchanges}{' '}
        {recording.exchanges === 1 ? 'exchange' : 'exchanges'}
      </span>
    </Menu.Item>
  )
}

function Section({ label, recordings }: { label: string; recordings: readonly RecordingSummary[] }) {
  const live = useShelf((shelf) => shelf.recorder?.recording)
  const shown = useSession((session) => session.source?.key)
  if (recordings.length === 0) return null
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {recordings.map((recording) => (
        <RecordingItem
          key={recording.id}
          recording={recording}
          live={recording.id === live}
          current={recording.id === shown}
        />
      ))}
    </>
  )
}

export function RecordingPicker() {
  const recordings = useShelf((shelf) => shelf.recordings)
  const name = useSession((session) => session.recording?.name ?? session.source?.label)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Menu width={340} position="bottom-start" onOpen={refreshShelf}>
        <Menu.Target>
          <UnstyledButton className={styles.picker} aria-label={`Recording: ${name ?? 'none'}`}>
            <span className={styles.pickerName}>{name ?? 'No recording'}</span>
            <IconSelector size={14} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown className={styles.pickerMenu}>
          <Section label="Recordings" recordings={recordings.filter(({ origin }) => origin === 'stored')} />
          <Section label="Examples" recordings={recordings.filter(({ origin }) => origin === 'example')} />
          <Menu.Divider />
          <Menu.Item leftSection={<IconFileImport size={15} stroke={1.6} />} onClick={() => input.current?.click()}>
            Open a HAR file …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        accept=".har,application/json"
        hidden
        aria-label="HAR file"
        data-testid="file-input"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file !== undefined) void openFile(file)
        }}
      />
    </>
  )
}
