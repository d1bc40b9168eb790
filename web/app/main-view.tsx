/** What the main part shows: the chosen view or page, or why there is none yet. */
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Suspense } from 'react'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
import { FlowSkeleton } from '../flow/flow-skeleton.tsx'
import { HOME_VIEW, usePlace } from '../session/location.ts'
import { PlaceLink } from '../session/place-link.tsx'
import { useSession } from '../session/session.ts'
import type { SourceTrouble } from '../source/source.ts'
import { StartPage } from '../start/start-page.tsx'
import { Delayed } from '../theme/delayed.tsx'
import styles from './app.module.css'
import { chooseFiles } from './file-input.tsx'
import { listed, useShelf } from './use-recordings.ts'
import { pageOf, type View, viewOf } from './views.tsx'

export const Trouble = ({ trouble }: { trouble: SourceTrouble }) => (
  <div className={styles.notice} role="alert" data-testid="notice">
    <IconAlertTriangle size={26} stroke={1.5} className={styles.noticeIcon} aria-hidden="true" />
    <h2>{trouble.title}</h2>
    <p>{trouble.message}</p>
    <p className={styles.noticeFix}>{trouble.fix}</p>
    <p className={styles.waysOn}>
      <Button size="compact-sm" variant="default" component={PlaceLink} to={{ view: 'recordings' }}>
        All recordings
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => chooseFiles('open')}>
        Open HAR files …
      </Button>
    </p>
  </div>
)

/** Something of ours went wrong: what is recorded is safe, and the other views go on. */
const Broken = ({ error, resetErrorBoundary }: FallbackProps) => (
  <div className={styles.notice} role="alert" data-testid="notice">
    <IconAlertTriangle size={26} stroke={1.5} className={styles.noticeIcon} aria-hidden="true" />
    <h2>This view stopped working</h2>
    <p>The recording is not touched by it. {error instanceof Error && error.message}</p>
    <p className={styles.noticeFix}>
      <Button size="compact-sm" variant="default" onClick={resetErrorBoundary}>
        Try again
      </Button>
    </p>
  </div>
)

const Loading = ({ what }: { what: string }) => (
  <Delayed>
    <div className={styles.notice} role="status">
      <span className={styles.loading} aria-hidden="true" />
      <p>{what}</p>
    </div>
  </Delayed>
)

const Shown = ({ Component, name }: Pick<View, 'Component'> & { name: string }) => (
  <ErrorBoundary FallbackComponent={Broken} resetKeys={[name]}>
    <Suspense fallback={<Loading what="Loading …" />}>
      <Component key={name} />
    </Suspense>
  </ErrorBoundary>
)

const isEmpty = ({ analysis }: ReturnType<typeof useSession.getState>): boolean =>
  analysis.steps.length === 0 && analysis.connections.length === 0

function Recorded({ view }: { view: string }) {
  const empty = useSession(isEmpty)
  const source = useSession((session) => session.source)
  const state = useSession((session) => session.state)
  const trouble = useSession((session) => session.trouble)
  const away = useShelf((shelf) => shelf.trouble)

  if (trouble !== null) return <Trouble trouble={trouble} />
  if (!empty) {
    const { id, Component } = viewOf(view)
    return <Shown Component={Component} name={`${id} ${source?.key}`} />
  }
  if (away !== null && source === null) return <Trouble trouble={away} />
  // One that holds something is not to be taken for empty while it cannot be had.
  const isComing =
    state === 'connecting' || (state === 'reconnecting' && (listed(source?.key ?? '')?.exchanges ?? 0) > 0)
  if (source === null || isComing) {
    const Waiting = viewOf(view).id === HOME_VIEW ? FlowSkeleton : Loading
    return <Waiting what={`Opening ${source?.label ?? 'the recorder'} …`} />
  }
  return <StartPage />
}

export function Main() {
  const { view } = usePlace()
  const page = pageOf(view)
  return page === null ? <Recorded view={view} /> : <Shown Component={page.Component} name={page.id} />
}
