// What the page is told of the recorder.
import type { RecorderInfo } from '../shared/api.ts'
import type { Authority } from './authority.ts'
import { VERSION } from './version.ts'

interface InfoParts {
  readonly authority: Authority
  /** For people to see. */
  readonly proxyUrl: string
  readonly uiUrl: string
  readonly recording: string
  readonly folder: string
  readonly unread: RecorderInfo['unread'] | null
  readonly lost: RecorderInfo['lost']
}

export const toInfo = ({ authority, proxyUrl, uiUrl, recording, folder, unread, lost }: InfoParts): RecorderInfo => ({
  version: VERSION,
  proxy: proxyUrl,
  ui: uiUrl,
  authority: {
    name: authority.name,
    pem: authority.files.pem,
    bundle: authority.files.bundle,
    fingerprintSha256: authority.fingerprintSha256,
    notAfter: authority.notAfter.toISOString(),
  },
  recording,
  recordingsFolder: folder,
  ...(unread ? { unread } : {}),
  ...(lost ? { lost } : {}),
})
