// Starts the window of a recorder: the HTTP interface and the page, joined with the store and what is recorded now.
import { randomBytes } from 'node:crypto'
import { keysElsewhere } from '../shared/acme/jws/keys.ts'
import { isLoopback, type Ui, type UiParts } from './recorder.ts'
import { type AppOptions, createApp } from './server/app.ts'
import { type Bin, createBin } from './server/bin.ts'
import { createLive, type Live } from './server/live.ts'
import { type ServedUi, serveUi } from './server/serve-ui.ts'
import { VERSION } from './version.ts'

/** How the HTTP interface is put on its port; dev.ts has its own way. */
export type ServeApp = (app: ReturnType<typeof createApp>, address: UiParts['address']) => Promise<ServedUi>

/** The window on its port. Reachable from other machines it wants a token, which then stands in its address. */
export async function startUi(parts: UiParts, serve: ServeApp = serveUi): Promise<Ui> {
  const { store, library, address, info, writer, onError } = parts
  const live = createLive(
    (recording, after) => store.facts(recording, after),
    async (recording) => keysElsewhere(await store.keys(recording)),
  )
  const bin = createBin(store.deleteRecording, (error) => {
    onError?.(error)
    live.shelfChanged()
  })
  const token = isLoopback(address.host) ? null : randomBytes(16).toString('hex')
  const options: AppOptions = {
    store,
    library,
    live,
    bin,
    writer,
    recorder: info,
    toolVersion: VERSION,
    host: address.host,
    ...(token ? { token } : {}),
    ...(onError ? { onError } : {}),
  }
  const served = await serve(createApp(options), address)
  return toUi(served, live, bin, token)
}

const toUi = (served: ServedUi, live: Live, bin: Bin, token: string | null): Ui => ({
  url: token ? `${served.url}/?token=${token}` : served.url,
  publish: live.publish,
  recordingChanged: live.changed,
  recordingRemoved: live.removed,
  shelfChanged: live.shelfChanged,
  hearAll: live.hearAll,
  close: async () => {
    await served.close()
    await bin.empty()
  },
})
