/** Server-sent events that survive the recorder going away: resumed after the last revision, nothing lost or doubled. */

export interface StreamMessage {
  readonly event: string
  readonly data: string
}

/** The part of EventSource that is used, so that a test can drive it. */
export interface EventChannel {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void
  close(): void
}

export interface StreamOptions {
  /** Path of the stream, without `?after=`. */
  readonly path: string
  /** The last revision that is here already; null for none. */
  readonly after?: number | null
  readonly events: readonly string[]
  readonly message: (message: StreamMessage) => void
  /** The connection is up. */
  readonly opened: () => void
  /** The connection is gone; another will be tried after this many milliseconds. */
  readonly lost: (retryInMs: number) => void
  readonly connect?: (url: string) => EventChannel
  readonly schedule?: (run: () => void, ms: number) => () => void
}

export interface Stream {
  readonly close: () => void
  /** The last revision that was delivered; null before the first. */
  readonly revision: () => number | null
  /** Tries at once, where it waits for its next try. */
  readonly retryNow: () => void
}

const FIRST_RETRY_MS = 400
const LAST_RETRY_MS = 10_000

/** Doubles from 0.4 s up to 10 s. */
export const retryDelay = (attempt: number): number => Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt)

const openEventSource = (url: string): EventChannel => new EventSource(url)

function scheduleTimeout(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** A revision as the stream numbers its facts; null for an event that carries none. */
export function revisionOf(id: string): number | null {
  const revision = Number.parseInt(id, 10)
  return Number.isSafeInteger(revision) ? revision : null
}

/** Opens the stream and keeps it open until it is closed. */
export function openStream(options: StreamOptions): Stream {
  const connect = options.connect ?? openEventSource
  const schedule = options.schedule ?? scheduleTimeout
  let last: number | null = options.after ?? null
  let attempt = 0
  let channel: EventChannel | null = null
  let cancelRetry = () => {}
  let isWaiting = false

  /** False for facts that an earlier connection already delivered. */
  const isNew = (id: string): boolean => {
    const revision = revisionOf(id)
    if (revision === null) return true
    if (last !== null && revision <= last) return false
    last = revision
    return true
  }

  const receive = (own: EventChannel, name: string) => (event: MessageEvent<string>) => {
    if (own !== channel) return
    if (name === 'facts' && !isNew(event.lastEventId)) return
    options.message({ event: name, data: event.data })
  }

  const dial = () => {
    isWaiting = false
    const own = connect(last === null ? options.path : `${options.path}?after=${last}`)
    channel = own
    for (const name of options.events) own.addEventListener(name, receive(own, name))
    own.addEventListener('open', () => {
      if (own !== channel) return
      attempt = 0
      options.opened()
    })
    own.addEventListener('error', () => {
      if (own === channel) redial()
    })
  }

  const redial = () => {
    channel?.close()
    channel = null
    const delay = retryDelay(attempt++)
    isWaiting = true
    options.lost(delay)
    // Whoever heard of it may have closed the stream, or tried again at once.
    if (!isWaiting) return
    cancelRetry = schedule(dial, delay)
  }

  dial()
  return {
    close: () => {
      isWaiting = false
      cancelRetry()
      channel?.close()
      channel = null
    },
    revision: () => last,
    retryNow: () => {
      if (!isWaiting) return
      cancelRetry()
      dial()
    },
  }
}
