/** Starts the page. */
import '@mantine/core/styles.css'
import '@mantine/dropzone/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './theme/base.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App, inspector } from './app/app.tsx'
import { viewOf } from './app/views.tsx'
import { startJudging } from './findings/judging.ts'
import { readPlace } from './session/location.ts'
import { styleNonce } from './theme/nonce.ts'
import { theme } from './theme/theme.ts'

// Where the scroll lock of dialogs looks for it.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })

startJudging()

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
        <Notifications position="bottom-right" />
        <App />
      </MantineProvider>
    </StrictMode>,
  )

// Once there is something to see: what is about to be looked at arrives together with what it is to show.
new PerformanceObserver((painted) => {
  if (painted.getEntriesByName('first-contentful-paint').length > 0)
    void viewOf(readPlace(window.location.search).view).load().then(inspector.load)
}).observe({ type: 'paint', buffered: true })
