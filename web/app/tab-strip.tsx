/** The recordings that are open beside one another; nothing where there is one only. */
import { Button, CloseButton, Tooltip } from '@mantine/core'
import { IconBookmark, IconFileText } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { shownText } from '../../shared/shown-text.ts'
import { useSession } from '../session/session.ts'
import { closeTab, isFile, showTab, type Tab, useTabs } from '../session/tabs.ts'
import app from './app.module.css'
import { keepShown } from './keep-file.ts'
import styles from './tab-strip.module.css'
import { useLiveId, useShelf } from './use-recordings.ts'

function OpenTab({ tab, isShown, isOnly }: { tab: Tab; isShown: boolean; isOnly: boolean }) {
  const live = useLiveId() === tab.key
  const name = useShelf(({ recordings }) => recordings.find(({ id }) => id === tab.key)?.name) ?? tab.label
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isShown) item.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isShown])
  return (
    <li ref={item} className={styles.openTab} data-shown={isShown} data-testid="open-tab">
      <a
        href={tab.search}
        aria-current={isShown ? 'true' : undefined}
        title={shownText(name)}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
          event.preventDefault()
          showTab(tab)
        }}
        onAuxClick={(event) => {
          if (event.button !== 1) return
          event.preventDefault()
          closeTab(tab.key)
        }}
      >
        {live ? (
          <span className={app.dot} data-live="true" />
        ) : (
          <IconFileText size={13} stroke={1.6} aria-hidden="true" />
        )}
        <bdi>{shownText(name)}</bdi>
      </a>
      {!isOnly && (
        <CloseButton
          size={24}
          iconSize={13}
          aria-label={`Close ${shownText(name)}`}
          onClick={() => closeTab(tab.key)}
        />
      )}
    </li>
  )
}

/** A file is with this page only: says so, and how it stays. */
function FileNote() {
  const source = useSession((session) => session.source)
  const isRead = useSession((session) => session.trouble === null && session.state === 'ready')
  const [isBusy, setBusy] = useState(false)
  if (source === null || !isFile(source.key) || !isRead) return null
  const keep = async () => {
    setBusy(true)
    await keepShown(source)
    setBusy(false)
  }
  return (
    <div className={styles.fileNote}>
      <span>In this page only</span>
      <Tooltip label="Has the recorder keep a copy: a reload forgets what only the page has read.">
        <Button
          size="compact-xs"
          variant="subtle"
          loading={isBusy}
          leftSection={<IconBookmark size={13} />}
          onClick={() => void keep()}
        >
          Keep in recordings
        </Button>
      </Tooltip>
    </div>
  )
}

export function TabStrip() {
  const tabs = useTabs((state) => state.tabs)
  const active = useTabs((state) => state.active)
  const isFileShown = useSession(({ source }) => source !== null && isFile(source.key))
  if (tabs.length < 2 && !isFileShown) return null
  return (
    <nav className={styles.strip} aria-label="Open recordings">
      <ul>
        {tabs.map((tab) => (
          <OpenTab key={tab.key} tab={tab} isShown={tab.key === active} isOnly={tabs.length === 1} />
        ))}
      </ul>
      <FileNote />
    </nav>
  )
}
