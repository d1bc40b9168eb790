// The start of the pipeline: mockttp stands between the client and the servers, and its events become facts.
// It passes everything on as it is; nothing here knows what the traffic means.
import type { AbortedRequest, RuleEvent } from 'mockttp'
import { MockttpServer } from 'mockttp/dist/server/mockttp-server'
import type { Fact } from '../../shared/exchange.ts'
import { watchClients } from './client-tls.ts'
import type { ConnectTo } from './connect-to.ts'
import { clientErrorFact, countTunnelBytes, passedThroughFact, tlsFailureFact } from './connections.ts'
import { upstreamFailure } from './failure.ts'
import { createLedger, type Ledger, type UpstreamHead } from './ledger.ts'
import { startOn } from './listen.ts'
import { ownNames } from './own-names.ts'
import { useUpstreamRules } from './upstream.ts'

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
  /** Name of the one program that is recorded, where we started it. */
  readonly process?: string
  /** The text for who opens the proxy's own address in a browser. */
  readonly landing: () => string
}

export interface Capture {
  /** `http://127.0.0.1:8555`: what `HTTPS_PROXY` wants. */
  readonly url: string
  readonly port: number
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
    https: { key: options.authority.keyPem, cert: options.authority.certificatePem },
  })
  const dropRules = useUpstreamRules(options)
  const sockets = await startOn(proxy, options.host, options.port).catch((error: unknown) => {
    dropRules()
    throw error
  })
  const own = ownNames(proxy.port)
  const clients = watchClients(sockets)
  let sequence = 0
  const nextSequence = () => ++sequence
  const { maxBody, process } = options
  const ledger = createLedger({ maxBody, nextSequence, clientTls: clients.tls, process, onExchange: onFact })
  await passEverythingOn(proxy, own, options.landing)
  await listenToExchanges(proxy, ledger, own)
  await listenToConnections(proxy, clients.target, () => ({ sequence: nextSequence(), process }), onFact)

  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${proxy.port}`,
    port: proxy.port,
    async stop() {
      sockets.close()
      await ledger.drained(DRAIN_MS)
      await ledger.cutOff()
      await proxy.stop()
      dropRules()
    },
  }
}

async function passEverythingOn(proxy: MockttpServer, own: ReadonlySet<string>, landing: () => string): Promise<void> {
  await proxy.forAnyRequest().thenPassThrough({ simulateConnectionErrors: true })
  await proxy.forAnyWebSocket().thenPassThrough()
  for (const name of own) {
    // Asked for at our own address: passed on, it would come back to us.
    const forOwn = proxy.forAnyRequest().forHost(name).always().asPriority(10)
    await forOwn.thenCallback(() => ({ statusCode: 200, headers: { 'content-type': 'text/plain' }, body: landing() }))
  }
}

async function listenToExchanges(proxy: MockttpServer, ledger: Ledger, own: ReadonlySet<string>): Promise<void> {
  await proxy.on('request-initiated', (request) => {
    if (!own.has(hostOf(request.url))) ledger.requestBegan(request)
  })
  await proxy.on('request-body-data', ledger.requestData)
  await proxy.on('response-initiated', ledger.responseBegan)
  await proxy.on('response-body-data', ledger.responseData)
  await proxy.on('response', ledger.responseEnded)
  await proxy.on('abort', (request: AbortedRequest) => ledger.aborted(request))
  await proxy.on('rule-event', (event: RuleEvent) => fromRule(event, ledger))
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '')

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
    if (downstreamAborted) return
    const code = error.code ?? 'UNKNOWN'
    ledger.upstreamFailed(event.requestId, upstreamFailure(code, error.message || code))
  }
}

async function listenToConnections(
  proxy: MockttpServer,
  target: (port: number | undefined) => string | undefined,
  start: () => { sequence: number; process: string | undefined },
  onFact: (fact: Fact) => void,
): Promise<void> {
  const bytes = countTunnelBytes()
  await proxy.on('tls-client-error', (event) => onFact(tlsFailureFact(event, target(event.remotePort), start())))
  await proxy.on('client-error', (event) => {
    const fact = clientErrorFact(event, start)
    if (fact) onFact(fact)
  })
  await proxy.on('raw-passthrough-data', bytes.add)
  await proxy.on('raw-passthrough-closed', (event) => onFact(passedThroughFact(event, bytes.take(event.id), start())))
}
