/** The bar on top: what is shown, how, and what can be done with it. */
import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import { spotlight } from '@mantine/spotlight'
import { IconKeyboard, IconPlug, IconSearch } from '@tabler/icons-react'
import icon from '../icon.svg'
import { usePlace } from '../session/location.ts'
import { PlaceLink } from '../session/place-link.tsx'
import styles from './app.module.css'
import { ExportMenu } from './export-menu.tsx'
import { showKeys } from './keys-dialog.tsx'
import { LiveState } from './live-state.tsx'
import { RecordingPicker } from './recording-picker.tsx'
import { ThemeToggle } from './theme-toggle.tsx'
import { pageOf, type View, viewOf, views } from './views.tsx'

const Wordmark = () => (
  <h1 className={styles.wordmark}>
    <PlaceLink to={{ view: 'recordings' }} title="All recordings" aria-label="acmescope: all recordings">
      <img src={icon} alt="" width={20} height={20} />
      <span>acmescope</span>
    </PlaceLink>
  </h1>
)

function ViewTab({ view, current }: { view: View; current: boolean }) {
  const count = view.useCount()
  return (
    <PlaceLink
      to={{ view: view.id }}
      className={styles.tab}
      aria-current={current ? 'page' : undefined}
      data-testid={`view-${view.id}`}
    >
      {view.label}
      {count !== null && (
        <span className={styles.count} data-tone={count.tone}>
          {count.number?.toLocaleString('en')}
        </span>
      )}
    </PlaceLink>
  )
}

function ViewTabs() {
  const { view } = usePlace()
  const current = pageOf(view) === null ? viewOf(view) : null
  return (
    <nav className={styles.tabs} aria-label="Views">
      {views.map((one) => (
        <ViewTab key={one.id} view={one} current={one === current} />
      ))}
    </nav>
  )
}

function SearchButton() {
  const os = useOs()
  return (
    <UnstyledButton className={styles.search} onClick={spotlight.open} aria-label="Search steps and commands">
      <IconSearch size={14} aria-hidden="true" />
      <span>Search</span>
      <Kbd size="xs" className={styles.searchKey}>
        {os === 'macos' ? '⌘' : 'Ctrl'} K
      </Kbd>
    </UnstyledButton>
  )
}

export const Header = () => (
  <header className={styles.header}>
    <Wordmark />
    <RecordingPicker />
    <LiveState />
    <ViewTabs />
    <div className={styles.tools}>
      <SearchButton />
      <Tooltip label="Set up a client">
        <ActionIcon
          component={PlaceLink}
          to={{ view: 'setup' }}
          variant="subtle"
          color="gray"
          size="md"
          aria-label="Set up a client"
        >
          <IconPlug size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keys (?)">
        <ActionIcon variant="subtle" color="gray" size="md" aria-label="Keyboard shortcuts" onClick={showKeys}>
          <IconKeyboard size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <ThemeToggle />
      <ExportMenu />
    </div>
  </header>
)
