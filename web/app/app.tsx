/** The window: header, view, inspector. */
import { lazy, Suspense } from 'react'
import { usePlace, useSelected } from '../session/location.ts'
import styles from './app.module.css'
import { arriving } from './arriving.tsx'
import { DropOverlay } from './drop-overlay.tsx'
import { FileInput } from './file-input.tsx'
import { Header } from './header.tsx'
import { Main } from './main-view.tsx'
import { ReconnectingBanner } from './reconnecting-banner.tsx'
import { LostBanner, MovedBanner } from './recorder-banners.tsx'
import { SidePanel } from './side-panel.tsx'
import { TabStrip } from './tab-strip.tsx'
import { UnreadBanner } from './unread-banner.tsx'
import { useAppKeys } from './use-app-keys.ts'
import { useSource } from './use-source.ts'
import { useTitle } from './use-title.ts'
import { pageOf } from './views.tsx'

/** Wanted with the first step that is looked at. */
export const inspector = arriving(() => import('../inspector/inspector.tsx').then(({ Inspector }) => Inspector))
const Palette = lazy(() => import('./palette.tsx').then(({ Palette }) => ({ default: Palette })))

export function App() {
  useSource()
  useAppKeys()
  useTitle()
  const selected = useSelected()
  const isPage = pageOf(usePlace().view) !== null
  return (
    <div className={styles.app}>
      <Header />
      <TabStrip />
      <ReconnectingBanner />
      <MovedBanner />
      <LostBanner />
      <UnreadBanner />
      <div className={styles.body}>
        <main className={styles.main}>
          <Main />
          <DropOverlay />
        </main>
        {selected !== null && !isPage && (
          <SidePanel>
            <Suspense>
              <inspector.Component />
            </Suspense>
          </SidePanel>
        )}
      </div>
      <FileInput />
      <Suspense>
        <Palette />
      </Suspense>
    </div>
  )
}
