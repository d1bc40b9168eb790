/**
 * `--watch-dns`: hears what is decoded, off the proxied path, learns from the analysis which records were written, and has
 * each watched until all its servers serve it, its order is over, it is deleted, or the recorder stops.
 */
import dns from 'node:dns'
import { analyse, startAnalysis } from '../../../shared/acme/analyse.ts'
import { isSettled, recordsWritten, type WrittenRecord } from '../../../shared/acme/dns-leg/watched.ts'
import type { Analysis, Decoded } from '../../../shared/acme/model.ts'
import { isUnderWay } from '../../../shared/acme/verdict/under-way.ts'
import type { DnsObservation } from '../../../shared/exchange.ts'
import type { ConnectTo } from '../../capture/upstream/connect-to.ts'
import { type AskOptions, ask, type Question, type Server } from './ask.ts'
import type { Network } from './servers.ts'
import { watchRecord } from './watch-record.ts'

export interface DnsWatchOptions {
  /** Who finds the zones' servers; the system's when there are none. */
  readonly resolvers: readonly Server[]
  readonly connectTo: readonly ConnectTo[]
  /** ms between two rounds of questions. */
  readonly interval: number
  readonly onObservation: (observation: DnsObservation) => void
}

export interface DnsWatch {
  /** The next of a recording, in order. Returns at once, and never throws. */
  readonly heard: (recordingId: string, decoded: Decoded) => void
  /** It ended: nothing is known of it any longer, but what is watched is watched on. */
  readonly forget: (recordingId: string) => void
  readonly stop: () => void
}

/** Records at a time; what is written beyond that is not watched. */
const MOST_WATCHED = 200
/** Questions at a time. */
const MOST_QUESTIONS = 64
/** ms. No client waits for longer than this for its record. */
const LONGEST = 900_000
/** Exchanges in an analysis, between two orders and at all; it begins anew then, so that months cost no more than hours. */
const ENOUGH = 2_000
const TOO_MANY = 50_000

interface Course {
  analysis: Analysis
  seen: number
  /** Of its changes, those looked at. */
  changes: number
  readonly watched: Map<WrittenRecord, AbortController>
}

const startCourse = (): Course => ({ analysis: startAnalysis(), seen: 0, changes: 0, watched: new Map() })

export function startDnsWatch(options: DnsWatchOptions): DnsWatch {
  const network: Network = {
    resolvers: options.resolvers.length > 0 ? options.resolvers : systemResolvers(),
    connectTo: options.connectTo,
    ask: atMost(MOST_QUESTIONS),
  }
  const courses = new Map<string, Course>()
  const running = new Set<AbortController>()
  let isStopped = false

  const watch = (course: Course, record: WrittenRecord): void => {
    const end = new AbortController()
    const timer = setTimeout(() => end.abort(), LONGEST)
    timer.unref()
    course.watched.set(record, end)
    running.add(end)
    const { name, value, change } = record
    const { interval, onObservation } = options
    const told = (observation: DnsObservation): void => {
      if (!end.signal.aborted) onObservation(observation)
    }
    const asked = { name, value, writtenBy: change.exchange, zone: change.zone }
    void watchRecord(asked, { network, interval, signal: end.signal, onObservation: told }).finally(() => {
      clearTimeout(timer)
      course.watched.delete(record)
      running.delete(end)
    })
  }

  const take = (course: Course): void => {
    for (const [record, end] of course.watched) if (isSettled(course.analysis, record)) end.abort()
    const written = recordsWritten(course.analysis, course.changes)
    course.changes = course.analysis.dnsChanges.length
    for (const record of written) {
      const isKnown = [...course.watched.keys()].some((one) => one.name === record.name && one.value === record.value)
      if (!isKnown && running.size < MOST_WATCHED && !isSettled(course.analysis, record)) watch(course, record)
    }
  }

  return {
    heard(recordingId, decoded) {
      if (isStopped || decoded.kind !== 'exchange') return
      const course = courses.get(recordingId) ?? startCourse()
      courses.set(recordingId, course)
      course.analysis = analyse(course.analysis, [decoded])
      course.seen++
      take(course)
      if (isLongEnough(course)) Object.assign(course, { analysis: startAnalysis(), seen: 0, changes: 0 })
    },
    forget: (recordingId) => void courses.delete(recordingId),
    stop() {
      isStopped = true
      for (const end of running) end.abort()
      courses.clear()
    },
  }
}

const isLongEnough = ({ analysis, seen, watched }: Course): boolean =>
  seen > TOO_MANY || (seen > ENOUGH && watched.size === 0 && !isUnderWay(analysis, Date.now()))

/** As many at a time, the others in the order in which they came. */
function atMost(most: number): typeof ask {
  let asking = 0
  const waiting: (() => void)[] = []
  return async (server: Server, question: Question, options: AskOptions) => {
    if (asking >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    asking++
    try {
      return await ask(server, question, options)
    } finally {
      asking--
      waiting.shift()?.()
    }
  }
}

/** As the system's resolver is configured: `192.0.2.1`, `[2001:db8::1]:5353`. */
const systemResolvers = (): readonly Server[] => dns.getServers().map(parseServer)

/** A name server in the form `dns.Resolver.setServers` takes: an address, and a port where it is not 53. */
export function parseServer(text: string): Server {
  const [, six, four, port] = /^(?:\[([^\]]+)\]|([\d.]+)):(\d+)$/.exec(text) ?? []
  return { address: six ?? four ?? text.replace(/^\[|\]$/g, ''), port: Number(port ?? 53) }
}
