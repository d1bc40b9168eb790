/** What the main part shows: the chosen view, or why there is none yet. */
import { Loader } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { usePlace } from '../session/location.ts'
import { useSession } from '../session/session.ts'
import type { SourceTrouble } from '../source/source.ts'
import { StartPage } from '../start/start-page.tsx'
import styles from './app.module.css'
import { useShelf } from './use-recordings.ts'
import { viewOf } from './views.tsx'

export const Trouble = ({ trouble }: { trouble: SourceTrouble }) => (
  <div className={styles.notice} role="alert">
    <IconAlertTriangle size={26} stroke={1.5} className={styles.noticeIcon} aria-hidden="true" />
    <h2>{trouble.title}</h2>
    <p>{trouble.message}</p>
    <p className={styles.noticeFix}>{trouble.fix}</p>
  </div>
)

const Loading = ({ what }: { what: string }) => (
  <div className={styles.notice} role="status">
    <Loader size="sm" type="dots" />
    <p>{what}</p>
  </div>
)

const isEmpty = ({ analysis }: ReturnType<typeof useSession.getState>): boolean =>
  analysis.steps.length === 0 && analysis.connections.length === 0

export function Main() {
  const { view } = usePlace()
  const empty = useSession(isEmpty)
  const source = useSession((session) => session.source)
  const state = useSession((session) => session.state)
  const trouble = useSession((session) => session.trouble)
  const away = useShelf((shelf) => shelf.trouble)

  if (trouble !== null) return <Trouble trouble={trouble} />
  if (!empty) {
    const { Component } = viewOf(view)
    return <Component key={source?.key} />
  }
  if (away !== null && source === null) return <Trouble trouble={away} />
  if (source === null || state === 'connecting')
    return <Loading what={`Opening ${source?.label ?? 'the recorder'} …`} />
  return <StartPage />
}
