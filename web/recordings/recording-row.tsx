/** One recording of the list. */
import { ActionIcon, Checkbox, Menu, TextInput } from '@mantine/core'
import { IconDots, IconDownload, IconPencil, IconTrash, IconWindow } from '@tabler/icons-react'
import type { RecordingSummary } from '../../shared/recording.ts'
import { shownText } from '../../shared/shown-text.ts'
import { openRecordingInTab, placeOf } from '../app/open-recording.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { recordingPath } from '../source/api.ts'
import { byteSize, dateTime, duration } from '../theme/time.ts'
import { WireText } from '../theme/wire-text.tsx'
import { remove, rename } from './change.ts'
import styles from './recordings.module.css'
import { canChange, lengthOf, sourceWord } from './rows.ts'
import { setActive, startRenaming, stopRenaming, toggleChosen, useList } from './use-list.ts'
import { usePeers } from './use-peers.ts'

interface RowProps {
  readonly recording: RecordingSummary
  readonly isLive: boolean
}

const MAX_NAME = 200

function NameInput({ recording }: { recording: RecordingSummary }) {
  const end = (wanted: string) => {
    stopRenaming()
    void rename(recording, wanted)
  }
  return (
    <TextInput
      size="xs"
      className={styles.nameInput ?? ''}
      aria-label={`New name of ${shownText(recording.name)}`}
      defaultValue={recording.name}
      maxLength={MAX_NAME}
      autoFocus
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={({ currentTarget }) => end(currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key !== 'Escape') return
        event.currentTarget.value = recording.name
        event.currentTarget.blur()
      }}
    />
  )
}

function Name({ recording, isLive }: RowProps) {
  const isRenaming = useList(({ renaming }) => renaming === recording.id)
  if (isRenaming) return <NameInput recording={recording} />
  return (
    <>
      <PlaceLink to={placeOf(recording.id)} className={styles.name} tabIndex={-1}>
        <WireText text={recording.name} cut />
      </PlaceLink>
      {isLive && (
        <span className={styles.liveMark}>
          <span aria-hidden="true" />
          recording
        </span>
      )}
      <Peers recording={recording} />
    </>
  )
}

function Peers({ recording }: { recording: RecordingSummary }) {
  const peers = usePeers(recording)
  return <span className={styles.peers}>{peers !== '' && <WireText text={peers} cut />}</span>
}

function Actions({ recording, isLive }: RowProps) {
  const isFixed = !canChange(recording)
  const download = `${recordingPath(recording.id)}/export?format=har`
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          tabIndex={-1}
          aria-label={`What to do with ${shownText(recording.name)}`}
        >
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconWindow size={15} stroke={1.6} />} onClick={() => openRecordingInTab(recording.id)}>
          Open in a tab of its own
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPencil size={15} stroke={1.6} />}
          rightSection={<small className={styles.key}>F2</small>}
          disabled={isFixed}
          // Once the menu has given the focus back.
          onClick={() => setTimeout(() => startRenaming(recording.id))}
        >
          Rename
        </Menu.Item>
        <Menu.Item
          component="a"
          href={download}
          download
          leftSection={<IconDownload size={15} stroke={1.6} />}
          disabled={recording.exchanges === 0}
        >
          Export as HAR, redacted
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={15} stroke={1.6} />}
          rightSection={<small className={styles.key}>Del</small>}
          disabled={isFixed || isLive}
          onClick={() => void remove([recording])}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Length({ recording, isLive }: RowProps) {
  const length = isLive ? Date.now() - Date.parse(recording.startedAt) : lengthOf(recording)
  if (length !== null && (!isLive || recording.exchanges > 0)) return duration(length)
  return <span title={isLive ? undefined : 'Its recorder was stopped in the middle.'}>–</span>
}

export function RecordingRow({ recording, isLive, top, height }: RowProps & { top: number; height: number }) {
  const { id, startedAt, exchanges, bytes } = recording
  const isActive = useList(({ active }) => active === id)
  const isChosen = useList(({ chosen }) => chosen.has(id))
  const isFixed = !canChange(recording) || isLive
  return (
    <tr
      id={`recording-${id}`}
      className={styles.row}
      data-testid="recording-row"
      data-active={isActive}
      aria-selected={isChosen}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => setActive(id)}
    >
      <td className={styles.check}>
        {!isFixed && (
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={`Choose ${shownText(recording.name)}`}
            checked={isChosen}
            onChange={() => toggleChosen(id)}
          />
        )}
      </td>
      <td className={styles.nameCell} onDoubleClick={() => canChange(recording) && startRenaming(id)}>
        <Name recording={recording} isLive={isLive} />
      </td>
      <td>{exchanges === 0 && isLive ? '–' : dateTime(startedAt).slice(0, 16)}</td>
      <td data-align="end">
        <Length recording={recording} isLive={isLive} />
      </td>
      <td data-align="end">{exchanges.toLocaleString('en')}</td>
      <td data-align="end">{byteSize(bytes)}</td>
      <td>{sourceWord(recording)}</td>
      <td className={styles.actions}>
        <Actions recording={recording} isLive={isLive} />
      </td>
    </tr>
  )
}
