// `npm run dev`: one process, the recorder and the page with hot reload, both on the usual ports.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { exportLine } from '../shared/client-trust.ts'
import { listenTrouble, troubleLine } from './errors.ts'
import { startRecorder } from './recorder.ts'
import { type ServeApp, startUi } from './ui.ts'

const PROXY = { host: '127.0.0.1', port: 8555 }
const UI = { host: '127.0.0.1', port: 8556 }
const WEB = fileURLToPath(new URL('../../web', import.meta.url))

/** Vite answers for the page, the recorder for its interface. */
const serveWithVite: ServeApp = async (app, { host, port }) => {
  const { createServer: createVite } = await import('vite')
  const answer = getRequestListener(app.fetch)
  const server = createServer()
  const vite = await createVite({ root: WEB, server: { middlewareMode: true, hmr: { server } } })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/api/')) void answer(request, response)
    else vite.middlewares(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenTrouble(error, `port ${port} (the page's)`)))
    server.listen(port, host, resolve)
  })
  return {
    url: `http://${host}:${port}`,
    async close() {
      await vite.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

try {
  const recorder = await startRecorder(
    { recordings: process.env.ACMESCOPE_RECORDINGS || './recordings', proxy: PROXY, ui: UI },
    (parts) => startUi(parts, serveWithVite),
  )
  const { proxy, ui, authority } = recorder.info
  console.error(`window ${ui} (reloads as you edit web/), proxy ${proxy}`)
  console.error(exportLine({ proxy, bundle: authority.bundle, pem: authority.pem }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void recorder.stop().then(() => process.exit()))
  }
} catch (error) {
  console.error(troubleLine(error))
  process.exit(4)
}
