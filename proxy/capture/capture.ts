// The start of the pipeline: mockttp stands between the client and the servers, and its events become facts.
// It passes everything on as it is; nothing here knows what the traffic means.
import type { Server } from 'node:net'
import type { AbortedRequest, RuleEvent } from 'mockttp'
import { WildcardMatcher } from 'mockttp/dist/rules/matchers'
// Not from 'mockttp': that loads its remote control as well, and doubles the time to start (docs/mockttp.md).
import { MockttpServer } from 'mockttp/dist/server/mockttp-server'
import type { Fact } from '../../shared/exchange.ts'
import type { Reply, Visit } from '../help/visit.ts'
import { type ClientConnections, endOf, type RemoteEnd, watchClients } from './client-tls.ts'
import {
  type Behind,
  clientErrorFact,
  countTunnelBytes,
  letThroughFact,
  passedThroughFact,
  silenceFact,
  tlsFailureFact,
  turnedAwayFact,
  type Untold,
} from './connections.ts'
import { passExactly } from './exactly/pass-exactly.ts'
import { readRequestsExactly } from './exactly/requests-in.ts'
import { upstreamFailure } from './failure.ts'
import { createGate, type Gate, type GateRules, OPEN_GATE, whoIsMeant } from './gate/gate.ts'
import { gateTls } from './gate/tls-gate.ts'
import { countUnread, type UnreadCounter } from './gate/unread.ts'
import { createLedger, type Ledger, type UpstreamHead } from './ledger.ts'
import { startOn } from './listen.ts'
import { isListenedOn, ownNames, targetOfUrl } from './own-names.ts'
import { limitRepeats } from './repeats.ts'
import { SILENCE_LIMIT_MS, watchSilence } from './silence.ts'
import type { ConnectTo, Target } from './upstream/connect-to.ts'
import type { UpstreamProxy } from './upstream/proxy.ts'
import { openUpstream, type Upstream } from './upstream/upstream.ts'
import { watchUpstreamTls } from './upstream/upstream-tls.ts'
import { admission, type TurnedAway, turnedAway } from './ways/admission.ts'
import { readBracketedHosts } from './ways/bracketed-hosts.ts'
import type { Credentials } from './ways/credentials.ts'
import { type Arrival, atTheDoor } from './ways/door.ts'
import { answerNameless } from './ways/nameless-tls.ts'
import { tunnelBy } from './ways/raw-tunnels.ts'
import { askOverSocks } from './ways/socks-auth.ts'

export interface CaptureOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly authority: { readonly keyPem: string; readonly certificatePem: string }
  /** Bytes; a larger body is passed on whole and recorded as omitted. */
  readonly maxBody: number
  readonly connectTo: readonly ConnectTo[]
  /** PEM certificates also trusted upstream. */
  readonly trusted: readonly string[]
  /** Name servers to ask instead of the system, `ADDR` or `ADDR:PORT`. */
  readonly resolvers?: readonly string[] | undefined
  /** Another proxy between us and the servers. */
  readonly upstreamProxy?: UpstreamProxy | undefined
  /** Clients must give these. */
  readonly proxyAuth?: Credentials | undefined
  /** Whether our own page is there, which the proxy leads nobody to. */
  readonly isWindow?: (address: string, port: number) => boolean
  /** What is decrypted; everything when absent. */
  readonly gate?: GateRules
  /** More passed unread; called every few seconds at most. */
  readonly onUnread?: () => void
  /** Name of the one program that is recorded, where we started it. */
  readonly process?: string
  /** ms after which a client that asked for a tunnel and nothing else is told of. */
  readonly silenceLimit?: number
  /** Answers who opens the proxy's own address. */
  readonly visit: (visit: Visit) => Reply
}

export interface Capture {
  /** `http://127.0.0.1:8555`: what `HTTPS_PROXY` wants. */
  readonly url: string
  readonly port: number
  /** What passed unread and unrecorded so far. */
  readonly unread: UnreadCounter['counts']
  /** Exchanges under way get a little time to end; what is left is told as cut off. */
  readonly stop: () => Promise<void>
}

/**
 * mockttp's own buffering, which nothing here reads: facts are made from its body events. Not lower, because a body over this
 * limit that arrives in one piece before its rule is found would never be sent on (docs/mockttp.md).
 */
const MOCKTTP_BUFFER = 1_048_576
const DRAIN_MS = 3_000

/** Starts recording. `onFact` is called with every fact, again as it completes, and must return at once. Rejects as `listen` does. */
export async function startCapture(options: CaptureOptions, onFact: (fact: Fact) => void): Promise<Capture> {
  const proxy = new MockttpServer({
    cors: false,
    recordTraffic: false,
    http2: true,
    maxBodySize: MOCKTTP_BUFFER,
    passthrough: ['unknown-protocol'],
    socks: true,
    https: { key: options.authority.keyPem, cert: options.authority.certificatePem },
  })
  watchUpstreamTls()
  const upstream = openUpstream({
    ...options,
    proxy: options.upstreamProxy,
    isWindow: options.isWindow ?? (() => false),
    isOwnPort: (address, port) => port === proxy.port && isListenedOn(options.host, address),
  })
  tunnelBy(proxy, upstream)
  const sockets = await startOn(proxy, options.host, options.port).catch((error: unknown) => {
    upstream.close()
    throw error
  })
  const clients = watchClients(sockets)
  let sequence = 0
  const nextSequence = () => ++sequence
  const { maxBody, process } = options
  const repeats = limitRepeats((connection) => onFact({ ...connection, sequence: nextSequence() }))
  readBracketedHosts()
  answerNameless(Reflect.get(sockets, '_tlsServer'), options.authority)
  const ledger = createLedger({ maxBody, nextSequence, clientTls: clients.tls, process, onExchange: onFact })
  readRequestsExactly(sockets)
  const gate = createGate(options.gate ?? OPEN_GATE)
  const unread = countUnread(options.onUnread)
  const silence = watchSilence(sockets, {
    limit: options.silenceLimit ?? SILENCE_LIMIT_MS,
    tls: clients.tls,
    tell(each) {
      const fact = silenceFact(each, process)
      const host = whoIsMeant(fact.host, fact.tls?.sni)
      if (host === null || !gate.isOutside(host)) repeats.tell(fact)
    },
  })
  keepDoor(sockets, upstream, options, {
    isOwn: ownNames(proxy.port),
    heard: silence.heard,
    onTurnedAway(turned) {
      silence.heard(endOf(turned.socket))
      repeats.tell(turnedAwayFact(turned, process))
    },
  })
  gateTls(sockets, {
    gate,
    upstream,
    asksForCredentials: options.proxyAuth !== undefined,
    onPassing({ verdict, end, host }) {
      silence.heard(end)
      if (verdict === 'outside') unread.connection(host)
    },
    onPassed(passed) {
      if (passed.verdict === 'outside') unread.bytes(passed.host, passed.bytes)
      else repeats.tell(letThroughFact(passed, process))
    },
  })
  const watched = { process, gate, unread, heard: silence.heard, onConnection: repeats.tell }
  await passEverythingOn(proxy, upstream)
  await listenToExchanges(proxy, ledger, watched)
  await listenToConnections(proxy, clients, watched)

  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${proxy.port}`,
    port: proxy.port,
    unread: unread.counts,
    stop: once(async () => {
      // Not close(): mockttp closes it itself, and a second time is an error.
      sockets.prependListener('connection', (socket) => socket.destroy())
      await ledger.drained(DRAIN_MS)
      await ledger.cutOff()
      await silence.stop()
      await proxy.stop()
      repeats.flush()
      upstream.close()
    }),
  }
}

interface DoorOptions {
  readonly isOwn: (target: Target) => boolean
  readonly heard: (end: RemoteEnd) => void
  readonly onTurnedAway: (turned: TurnedAway) => void
}

function keepDoor(
  sockets: Server,
  { ledHere }: Upstream,
  { proxyAuth, visit }: CaptureOptions,
  { isOwn, heard, onTurnedAway }: DoorOptions,
): void {
  const seen = ({ socket, method, path, header }: Arrival): Reply => {
    heard(endOf(socket))
    return visit({ method, path, host: header(':authority') ?? header('host'), accept: header('accept') })
  }
  atTheDoor(sockets, admission({ wanted: proxyAuth ?? null, isOwn, ledHere, visit: seen, onTurnedAway }))
  if (!proxyAuth) return
  askOverSocks(sockets, proxyAuth, (socket, given) =>
    onTurnedAway(turnedAway(socket, null, given ? 'CREDENTIALS_WRONG' : 'CREDENTIALS_MISSING')),
  )
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => {
    done ??= act()
    return done
  }
}

async function passEverythingOn(proxy: MockttpServer, { lookupOptions }: Upstream): Promise<void> {
  await proxy.addRequestRules({
    matchers: [new WildcardMatcher()],
    steps: [passExactly({ simulateConnectionErrors: true, lookupOptions })],
  })
  await proxy.forAnyWebSocket().thenPassThrough({ lookupOptions })
}

async function listenToExchanges(
  proxy: MockttpServer,
  ledger: Ledger,
  { gate, unread, heard }: Watched,
): Promise<void> {
  /** Whether it is none of ours. */
  const isCounted = ({ url }: { readonly url: string }): boolean => {
    const target = targetOfUrl(url)
    if (!target || !gate.isOutside(target.host)) return false
    unread.request(target.host)
    return true
  }
  await proxy.on('websocket-request', (request) => {
    heard(request)
    isCounted(request)
  })
  await proxy.on('request-initiated', (request) => {
    heard(request)
    if (!isCounted(request)) ledger.requestBegan(request)
  })
  await proxy.on('request-body-data', ledger.requestData)
  await proxy.on('response-initiated', ledger.responseBegan)
  await proxy.on('response-body-data', ledger.responseData)
  await proxy.on('response', ledger.responseEnded)
  await proxy.on('abort', (request: AbortedRequest) => ledger.aborted(request))
  await proxy.on('rule-event', (event: RuleEvent) => fromRule(event, ledger))
}

interface UpstreamAbort {
  readonly downstreamAborted: boolean
  readonly error: { readonly code?: string; readonly message?: string }
}

function fromRule(event: RuleEvent, ledger: Ledger): void {
  if (event.eventType === 'passthrough-response-head') {
    ledger.upstreamAnswered(event.requestId, event.eventData as UpstreamHead)
  }
  if (event.eventType === 'passthrough-abort') {
    const { downstreamAborted, error } = event.eventData as UpstreamAbort
    const code = error.code ?? 'UNKNOWN'
    if (downstreamAborted) ledger.clientLeft(event.requestId)
    else ledger.upstreamFailed(event.requestId, upstreamFailure(code, error.message || undefined))
  }
}

/** What is known of, and done with, whatever comes. */
interface Watched {
  readonly process: string | undefined
  readonly gate: Gate
  readonly unread: UnreadCounter
  readonly heard: (end: RemoteEnd) => void
  readonly onConnection: (connection: Untold) => void
}

async function listenToConnections(
  proxy: MockttpServer,
  clients: ClientConnections,
  { process, gate, unread, heard, onConnection }: Watched,
): Promise<void> {
  const bytes = countTunnelBytes()
  const behind = (end: RemoteEnd): Behind => ({ target: clients.target(end), broken: clients.broken(end), process })
  const told = (end: RemoteEnd, connection: Untold): void => {
    heard(end)
    onConnection(connection)
  }
  await proxy.on('tls-client-error', (event) => {
    const fact = tlsFailureFact(event, behind(event))
    const host = whoIsMeant(fact.host, fact.tls?.sni)
    if (fact.outcome === 'client-refused-certificate' && host !== null) gate.refused(event.remoteIpAddress ?? '', host)
    told(event, fact)
  })
  await proxy.on('client-error', (event) => {
    const fact = clientErrorFact(event, behind(event.request))
    if (fact) told(event.request, fact)
  })
  await proxy.on('raw-passthrough-opened', (event) => {
    heard(event)
    if (gate.isOutside(event.destination.hostname)) unread.connection(event.destination.hostname)
  })
  await proxy.on('raw-passthrough-data', bytes.add)
  await proxy.on('raw-passthrough-closed', (event) => {
    const [{ hostname: host }, passed] = [event.destination, bytes.take(event.id)]
    if (gate.isOutside(host)) unread.bytes(host, passed)
    else onConnection(passedThroughFact(event, passed, clients.tls(event), { process }))
  })
}
