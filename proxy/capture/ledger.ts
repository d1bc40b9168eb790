// Joins mockttp's separate events into exchanges. Each is told when its head is known, when its request body is whole,
// and when it is over; every telling carries the whole exchange under the same id and sequence number.
import { performance } from 'node:perf_hooks'
import type { BodyData, CompletedResponse, InitiatedRequest, InitiatedResponse, TimingEvents } from 'mockttp'
import {
  type Body,
  type ClientTls,
  EMPTY_BODY,
  type Exchange,
  type ExchangeState,
  type Failure,
  type Headers,
  headerValue,
  type ResponseMessage,
  type Timings,
} from '../../shared/exchange.ts'
import { type BodyCollector, collectBody, toBody, UNFINISHED_BODY } from './body.ts'
import type { RemoteEnd } from './client-tls.ts'
import { CLIENT_LEFT, gaveUp, incompleteBody, upstreamCode, upstreamFailure } from './failure.ts'
import { upstreamTlsOf, wayTo, wordsOfEndAt } from './upstream/upstream-tls.ts'

export interface Ledger {
  readonly requestBegan: (request: InitiatedRequest) => void
  readonly requestData: (data: BodyData) => void
  readonly upstreamAnswered: (id: string, head: UpstreamHead) => void
  readonly upstreamFailed: (id: string, failure: Failure) => void
  /** The way to the server ended because the client had left. */
  readonly clientLeft: (id: string) => void
  readonly responseBegan: (response: InitiatedResponse) => void
  readonly responseData: (data: BodyData) => void
  readonly responseEnded: (response: CompletedResponse) => void
  readonly aborted: (request: InitiatedRequest & { error?: { code?: string; message?: string } }) => void
  /** Resolves when nothing is open any more, or after so many ms. */
  readonly drained: (atMostMs: number) => Promise<void>
  /** Tells what is still open as `cut off`. */
  readonly cutOff: () => Promise<void>
}

/** What the server itself sent, before mockttp fitted it to the client's version of HTTP. */
export interface UpstreamHead {
  readonly httpVersion: string
  readonly statusMessage?: string | undefined
  readonly rawHeaders: Headers
}

export interface LedgerOptions {
  /** Bytes; a larger body is recorded as omitted. */
  readonly maxBody: number
  readonly nextSequence: () => number
  /** What is known of TLS on the connection from this client. */
  readonly clientTls: (end: RemoteEnd) => ClientTls | undefined
  /** Name of the program behind every connection, where we started it. */
  readonly process?: string | undefined
  readonly onExchange: (exchange: Exchange) => void
}

interface Open {
  readonly began: InitiatedRequest
  readonly sequence: number
  readonly tls: ClientTls | undefined
  readonly requestBytes: BodyCollector
  readonly responseBytes: BodyCollector
  requestBody: Body
  /** The request is whole. */
  isSent: boolean
  /** The response's bytes are all here. */
  isReceived: boolean
  upstream?: UpstreamHead
  response?: InitiatedResponse
  /** Set once mockttp has said that it is over. */
  timing?: TimingEvents
  failure?: Failure
  /** Tellings follow one another, however long decoding a body takes. */
  told: Promise<void>
}

/** mockttp hands bytes over at most every 20 ms: what an aborted exchange had received, and why it ended, come after its abort. */
const LAST_BYTES_MS = 30

/** One turn more than the timer: on a busy machine it is due together with mockttp's, whose bytes are told a turn later. */
const afterLastBytes = (act: () => void): void => void setTimeout(() => setImmediate(act), LAST_BYTES_MS)

export function createLedger(options: LedgerOptions): Ledger {
  const open = new Map<string, Open>()
  let whenEmpty: () => void = () => undefined

  const tell = (each: Open, state: ExchangeState): void => {
    each.told = each.told.then(async () => options.onExchange(await toExchange(each, state, options)))
  }
  const close = (each: Open, state: ExchangeState): Promise<void> => {
    if (!open.delete(each.began.id)) return each.told
    if (each.failure === CLIENT_LEFT && hasAllAnnounced(each)) delete each.failure
    tell(each, state)
    if (open.size === 0) void each.told.then(() => whenEmpty())
    return each.told
  }
  const closeWhenWhole = (each: Open): void => {
    if (each.isReceived && each.timing) void close(each, 'complete')
  }
  const withOpen = (id: string, act: (each: Open) => void): void => {
    const each = open.get(id)
    if (each) act(each)
  }

  return {
    requestBegan(request) {
      const each = openExchange(request, options)
      open.set(request.id, each)
      tell(each, 'in progress')
    },
    requestData: ({ id, content, isEnded }) =>
      withOpen(id, (each) => {
        each.requestBytes.add(content)
        if (!isEnded) return
        each.isSent = true
        if (each.requestBytes.size() > 0) tell(each, 'in progress')
      }),
    upstreamAnswered: (id, head) =>
      withOpen(id, (each) => {
        each.upstream = head
      }),
    upstreamFailed: (id, failure) =>
      withOpen(id, (each) => {
        each.failure ??= failure
      }),
    clientLeft: (id) =>
      withOpen(id, (each) => {
        each.failure ??= leftBy(each)
      }),
    responseBegan: (response) =>
      withOpen(response.id, (each) => {
        each.response = response
      }),
    responseData: ({ id, content, isEnded }) =>
      withOpen(id, (each) => {
        each.responseBytes.add(content)
        each.isReceived ||= isEnded
        closeWhenWhole(each)
      }),
    responseEnded: (response) =>
      withOpen(response.id, (each) => {
        each.response = response
        each.timing = response.timingEvents
        const failure = each.failure ?? failureOfAnswer(each, response.tags)
        if (failure) each.failure = failure
        closeWhenWhole(each)
      }),
    aborted: ({ id, tags, url, error, timingEvents }) =>
      withOpen(id, (each) => {
        each.timing = timingEvents
        const code = upstreamCode(tags)
        const left = leftBy(each)
        afterLastBytes(() => {
          if (code !== null) each.failure ??= upstreamFailure(code, error?.message ?? wordsOfEndAt(url, code))
          // An answer that was passed on to its end is no failure, even when the leaving is told first.
          else if (!each.isReceived) each.failure ??= left
          void close(each, 'complete')
        })
      }),
    drained: (atMostMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, atMostMs)
        whenEmpty = () => {
          clearTimeout(timer)
          resolve()
        }
        if (open.size === 0) whenEmpty()
      }),
    async cutOff() {
      await Promise.all([...open.values()].map((each) => close(each, 'cut off')))
    },
  }
}

function openExchange(began: InitiatedRequest, options: LedgerOptions): Open {
  return {
    began,
    sequence: options.nextSequence(),
    tls: options.clientTls(began),
    requestBytes: collectBody(options.maxBody),
    responseBytes: collectBody(options.maxBody),
    requestBody: UNFINISHED_BODY,
    isSent: false,
    isReceived: false,
    told: Promise.resolve(),
  }
}

/** A client that leaves before there is a connection to the server waited for that, and not for its answer. */
function leftBy({ began, upstream }: Open): Failure {
  const way = upstream ? null : wayTo(began.url)
  return way === null ? CLIENT_LEFT : gaveUp(way)
}

/** mockttp answers in the server's place when it cannot reach it, and takes a body for whole that an HTTP/2 server cut short. */
function failureOfAnswer(each: Open, tags: readonly string[]): Failure | null {
  const code = upstreamCode(tags)
  if (code !== null) return upstreamFailure(code, wordsOfEndAt(each.began.url, code))
  const announced = announcedBytes(each)
  const received = each.responseBytes.size()
  return announced === null || announced === received ? null : incompleteBody(announced, received)
}

/** Null when the server did not say how long its answer's body is, or there is none. */
function announcedBytes({ began, upstream, response }: Open): number | null {
  const announced = headerValue(upstream?.rawHeaders ?? [], 'content-length')
  const status = response?.statusCode ?? 0
  const hasBody = began.method !== 'HEAD' && status !== 204 && status !== 304
  return announced === null || !hasBody ? null : Number(announced)
}

/** A client may leave with the last byte announced, before the end of the stream is told (curl, over HTTP/2): it lost nothing. */
const hasAllAnnounced = (each: Open): boolean => announcedBytes(each) === each.responseBytes.size()

async function toExchange(each: Open, state: ExchangeState, options: LedgerOptions): Promise<Exchange> {
  const { began } = each
  const response = state === 'in progress' ? null : await toResponse(each, options.maxBody)
  return {
    kind: 'exchange',
    id: began.id,
    sequence: each.sequence,
    startedAt: new Date(began.timingEvents.startTime).toISOString(),
    state,
    client: {
      address: began.remoteIpAddress ?? null,
      port: began.remotePort ?? null,
      ...(options.process ? { process: options.process } : {}),
    },
    timings: toTimings(each.timing ?? began.timingEvents, state),
    ...tlsOf(each, state),
    request: {
      method: began.method,
      url: urlAsAsked(began),
      httpVersion: httpVersion(began.httpVersion),
      headers: began.rawHeaders,
      body: await requestBody(each, state, options.maxBody),
    },
    ...(response ? { response } : {}),
    ...(each.failure ? { failure: each.failure } : {}),
  }
}

/** mockttp puts the path of a request that names no server in its normal form, and the one as it came beside it. */
function urlAsAsked({ url, path }: InitiatedRequest): string {
  return path?.startsWith('/') && URL.canParse(url) ? new URL(url).origin + path : url
}

/** The server's side is known once the server has answered. */
function tlsOf({ began, tls, upstream }: Open, state: ExchangeState): Pick<Exchange, 'tls'> {
  const server = state === 'in progress' || !upstream ? undefined : upstreamTlsOf(began.url)
  if (!tls && !server) return {}
  return { tls: { ...(tls ? { client: tls } : {}), ...(server ? { upstream: server } : {}) } }
}

async function requestBody(each: Open, state: ExchangeState, limit: number): Promise<Body> {
  if (!each.isSent) return state === 'complete' && !announcesBody(each.began.rawHeaders) ? EMPTY_BODY : UNFINISHED_BODY
  if (each.requestBody === UNFINISHED_BODY) {
    each.requestBody = await toBody(each.requestBytes, each.began.rawHeaders, limit)
  }
  return each.requestBody
}

/** A server may answer, or a client leave, before the body has come. RFC 9112 section 6. */
const announcesBody = (headers: Headers): boolean =>
  Number(headerValue(headers, 'content-length') ?? 0) > 0 || headerValue(headers, 'transfer-encoding') !== null

/** Null when the server said nothing: what mockttp says in its place is no answer. */
async function toResponse(each: Open, limit: number): Promise<ResponseMessage | null> {
  const { response, upstream } = each
  if (!response || (each.failure && !upstream)) return null
  const headers = upstream?.rawHeaders ?? response.rawHeaders
  return {
    status: response.statusCode,
    statusText: upstream?.statusMessage ?? response.statusMessage ?? '',
    httpVersion: httpVersion(upstream?.httpVersion ?? each.began.httpVersion),
    headers,
    body: await toBody(each.responseBytes, headers, limit),
  }
}

const httpVersion = (version: string): string => `HTTP/${version.replace(/^2\.0$/, '2')}`

/** mockttp's stamps are ms with fractions on one monotonic clock. */
function toTimings(at: TimingEvents, state: ExchangeState): Timings {
  const end = at.responseSentTimestamp ?? at.abortedTimestamp ?? (state === 'cut off' ? performance.now() : undefined)
  const stages = {
    send: between(at.startTimestamp, at.bodyReceivedTimestamp),
    wait: between(at.bodyReceivedTimestamp ?? at.startTimestamp, at.headersSentTimestamp),
    receive: between(at.headersSentTimestamp, end),
    total: between(at.startTimestamp, end),
  }
  return Object.fromEntries(Object.entries(stages).filter(([, ms]) => ms !== undefined))
}

const between = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, Math.round((to - from) * 1000) / 1000)
