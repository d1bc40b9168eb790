// One recorder: the authority, the capture, the store and the window, joined. What `serve`, `run` and the tests start.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Decoded } from '../shared/acme/model.ts'
import type { RecorderInfo } from '../shared/api.ts'
import type { Fact } from '../shared/exchange.ts'
import type { Recording } from '../shared/recording.ts'
import { type Authority, openAuthority, temporaryAuthority } from './authority.ts'
import type { Capture } from './capture/capture.ts'
import type { GateRules } from './capture/gate/gate.ts'
import { isOwnAddress, ownNames } from './capture/own-names.ts'
import type { ConnectTo } from './capture/upstream/connect-to.ts'
import { proxyName, type UpstreamProxy } from './capture/upstream/proxy.ts'
import { type Credentials, withCredentials, withPlaceholder } from './capture/ways/credentials.ts'
import { listenTrouble, storeTrouble, Trouble } from './errors.ts'
import { openExamples } from './examples.ts'
import { answerVisit, type HelpFacts } from './help/visit.ts'
import { joinLibraries, type Library } from './library.ts'
import { countLosses } from './losses.ts'
import { makeFolder } from './make-folder.ts'
import { type DnsWatch, type DnsWatchOptions, startDnsWatch } from './observe/dns/dns-watch.ts'
import type { ValidationRule } from './observe/validation/rule.ts'
import { type Forwarding, startValidation } from './observe/validation/validation.ts'
import { toInfo } from './recorder-info.ts'
import { type Audience, createRecordingWriter, type NewRecording, type RecordingWriter } from './recording-writer.ts'
import { type EndedRecording, openStore, type Store } from './store/store.ts'
import { certificatesIn } from './system-roots.ts'
import type { Retention } from './upkeep/retention.ts'
import { startUpkeep } from './upkeep/upkeep.ts'

export interface Address {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
}

export interface RecorderOptions {
  /** Folder of the recordings and the authority. */
  readonly recordings: string
  readonly proxy: Address
  readonly ui: Address
  readonly connectTo?: readonly ConnectTo[]
  /** Paths of PEM files. */
  readonly upstreamCa?: readonly string[]
  /** Name servers to ask instead of the system. */
  readonly resolvers?: readonly string[]
  readonly upstreamProxy?: UpstreamProxy | undefined
  /** The kept one, which can stand for any host, when absent. */
  readonly authority?: { readonly hosts: readonly string[]; readonly isTemporary: boolean }
  /** What is decrypted; everything when absent. */
  readonly gate?: GateRules
  /** Clients must give these. */
  readonly proxyAuth?: Credentials | undefined
  readonly maxBody?: number
  /** Forwarders in front of the client's challenge ports. */
  readonly validation?: readonly ValidationRule[]
  /** Written TXT records are watched until name servers serve them. */
  readonly watchDns?: Pick<DnsWatchOptions, 'resolvers' | 'interval'>
  /** Name of the recording; the time of its start when absent. */
  readonly name?: string
  /** The one program that is recorded, where we start it. */
  readonly process?: string
  /** When a new recording begins, beside when a person asks for one; `never` when absent. */
  readonly newRecording?: NewRecording
  /** What goes by itself; nothing when absent. */
  readonly retention?: Retention
  /** Called with every fact beside storing it; must return at once. */
  readonly onFact?: (fact: Fact) => void
  /** A recording began or, with `endedAt`, ended. */
  readonly onRecording?: (recording: Recording) => void
  /** These went, by `retention`. */
  readonly onPruned?: (recordings: readonly EndedRecording[]) => void
  /** Facts that could not be stored, as it happens. */
  readonly onLost?: (facts: number, why: Error) => void
  /** Errors of ours that end nothing, for a log. */
  readonly onError?: (error: unknown) => void
}

/** What the window needs; `startUi` in ui.ts, or dev.ts with its hot reload. */
export interface UiParts {
  readonly store: Store
  readonly library: Library
  readonly address: Address
  readonly info: () => RecorderInfo
  /** The recording that is being written. */
  readonly writer: Pick<RecordingWriter, 'current' | 'startNew' | 'rename'>
  /** Errors of the HTTP interface that are nobody's fault but ours. */
  readonly onError?: (error: unknown) => void
}

export interface Ui extends Audience {
  readonly url: string
  /** Whatever is decoded for those who watch, of every recording. */
  readonly hearAll: (listen: (recordingId: string, decoded: Decoded) => void) => void
  readonly close: () => Promise<void>
}

export interface Recorder {
  /** As it was when it started: another recording may have been begun since. */
  readonly info: RecorderInfo
  /** What a client is given: with the credentials, where it needs any. Not to be printed or stored. */
  readonly proxyUrl: string
  readonly store: Store
  /** Those in front of the client's challenge ports, with their counts. */
  readonly forwardings: () => readonly Forwarding[]
  /** Whether anything was recorded: a recording exists from its first fact on. */
  readonly hasFacts: () => boolean
  /** What passed unread so far, as it was no host to be decrypted; null: nothing. */
  readonly unread: Capture['unread']
  /** Capture drains, the store is flushed, then the window closes. `keepStore`: for who reads the recording afterwards. */
  readonly stop: (options?: { readonly keepStore?: boolean }) => Promise<void>
}

/** Whether an address to listen on can be reached from this machine only. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

const DEFAULT_MAX_BODY = 10_485_760

/** Starts everything or, with a Trouble, nothing. */
export async function startRecorder(
  options: RecorderOptions,
  startUi: (parts: UiParts) => Promise<Ui>,
): Promise<Recorder> {
  const undo: (() => Promise<void>)[] = []
  try {
    return await start(options, startUi, undo)
  } catch (error) {
    for (const step of undo.reverse()) await step()
    throw error
  }
}

async function start(
  options: RecorderOptions,
  startUi: (parts: UiParts) => Promise<Ui>,
  undo: (() => Promise<void>)[],
): Promise<Recorder> {
  const folder = resolve(options.recordings)
  await makeFolder(folder)
  // The store's thread starts on another core while mockttp is loaded: together they are most of the time to start.
  const losses = countLosses(folder, options.onLost)
  const opening = openStore(folder, { onLost: losses.add })
  undo.push(() => opening.then((store) => store.close()).catch(() => undefined))
  const [authority, trusted, { startCapture }] = await Promise.all([
    openItsAuthority(folder, options.authority),
    readUpstreamCas(options.upstreamCa ?? []),
    import('./capture/capture.ts'),
  ])
  if (authority.remove) undo.push(authority.remove)
  const store = await opening.catch((error: unknown) => {
    throw storeTrouble(error, folder, 'record')
  })

  const perClient = options.newRecording === 'client'
  let dnsWatch: DnsWatch | null = null
  const onRecording = (recording: Recording): void => {
    options.onRecording?.(recording)
    if (recording.endedAt !== undefined) dnsWatch?.forget(recording.id)
  }
  const writer = createRecordingWriter(store, { ...options, perClient, onRecording, onLost: losses.add })
  let shelfChanged = (): void => undefined
  let windowAt = 'an address that is not known yet'
  let windowPort = options.ui.port
  const helpFacts = (): HelpFacts => ({
    authority: authority.name,
    fingerprintSha256: authority.fingerprintSha256,
    pem: authority.certificatePem,
    der: authority.certificateDer,
    bundle: authority.bundlePem,
    window: windowAt,
    needsCredentials: options.proxyAuth !== undefined,
    address: new URL(capture.url).host,
  })
  const capture = await startCapture(
    {
      onUnread: () => shelfChanged(),
      ...options.proxy,
      authority,
      trusted,
      connectTo: options.connectTo ?? [],
      resolvers: options.resolvers,
      upstreamProxy: options.upstreamProxy,
      ...(options.gate && { gate: options.gate }),
      proxyAuth: options.proxyAuth,
      maxBody: options.maxBody ?? DEFAULT_MAX_BODY,
      ...(options.process ? { process: options.process } : {}),
      isWindow: (address, port) => port === windowPort && isOwnAddress(address),
      visit: (visit) => answerVisit(visit, helpFacts()),
    },
    writer.write,
  ).catch((error: unknown) => {
    throw listenTrouble(error, `port ${options.proxy.port} (the proxy's)`)
  })
  undo.push(() => capture.stop())
  const validation = await startValidation({
    rules: options.validation ?? [],
    maxBody: options.maxBody ?? DEFAULT_MAX_BODY,
    onFact: writer.write,
  })
  undo.push(validation.stop)
  refuseOwnProxy(capture, options.upstreamProxy)
  const shown = options.proxyAuth ? withPlaceholder(capture.url, options.proxyAuth) : capture.url

  const info = (): RecorderInfo =>
    toInfo({
      authority,
      proxyUrl: shown,
      uiUrl: ui.url,
      recording: writer.current().id,
      folder,
      unread: capture.unread(),
      lost: losses.told(),
    })
  const library = joinLibraries(store, openExamples())
  const { onError } = options
  const ui = await startUi({ store, library, address: options.ui, info, writer, ...(onError ? { onError } : {}) })
  writer.publishTo(ui)
  windowAt = new URL(ui.url).origin
  windowPort = Number(new URL(ui.url).port)
  dnsWatch = watchDns(options, writer, ui)
  losses.tell(ui.shelfChanged)
  shelfChanged = ui.shelfChanged
  const endUpkeep = startUpkeep({
    writer,
    store,
    isDaily: options.newRecording === 'daily',
    retention: options.retention ?? {},
    onPruned(recordings) {
      for (const { id } of recordings) ui.recordingRemoved(id)
      ui.shelfChanged()
      options.onPruned?.(recordings)
    },
    onError: onError ?? (() => undefined),
  })

  return {
    info: info(),
    proxyUrl: options.proxyAuth ? withCredentials(capture.url, options.proxyAuth) : capture.url,
    store,
    forwardings: validation.forwardings,
    hasFacts: () => writer.written() > 0,
    unread: capture.unread,
    async stop({ keepStore = false } = {}) {
      await endUpkeep()
      await Promise.all([capture.stop(), validation.stop()])
      dnsWatch?.stop()
      await writer.end()
      await ui.close()
      await authority.remove?.()
      if (!keepStore) await store.close()
    },
  }
}

/** Everything would go round in a circle. */
function refuseOwnProxy({ port }: Capture, proxy: UpstreamProxy | undefined): void {
  if (proxy && ownNames(port)(proxy)) throw new Trouble('upstream-proxy-loop', proxyName(proxy))
}

/** Null unless asked for. What it sees is recorded like anything else. */
function watchDns(
  { watchDns: wanted, connectTo = [] }: RecorderOptions,
  writer: RecordingWriter,
  ui: Ui,
): DnsWatch | null {
  if (!wanted) return null
  const watch = startDnsWatch({ ...wanted, connectTo, onObservation: writer.write })
  ui.hearAll(watch.heard)
  return watch
}

/** A temporary one goes when the recorder ends. */
async function openItsAuthority(
  folder: string,
  { hosts, isTemporary }: NonNullable<RecorderOptions['authority']> = { hosts: [], isTemporary: false },
): Promise<Authority & { readonly remove?: () => Promise<void> }> {
  return isTemporary ? temporaryAuthority({ hosts }) : openAuthority(folder, { hosts })
}

async function readUpstreamCas(paths: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(
    paths.map(async (path) => {
      const found = certificatesIn(await readFile(path, 'utf8').catch(() => ''))
      if (found.length === 0) throw new Trouble('upstream-ca-unreadable', path)
      return found
    }),
  )
  return all.flat()
}
