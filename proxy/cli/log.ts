// What a recorder tells of itself while it runs: words for a person, or a line of JSON each for a program.
import { say } from './output.ts'

export const LOG_FORMATS = ['text', 'json'] as const
export type LogFormat = (typeof LOG_FORMATS)[number]

export interface LogEntry {
  readonly level: 'info' | 'warning' | 'error'
  /** What happened, in one stable word: `recording-began`, `client-refused-certificate`. */
  readonly event: string
  /** The same for a person. */
  readonly message: string
  /** What it is about. */
  readonly [field: string]: unknown
}

export type Log = (entry: LogEntry) => void

/** Lines go to stderr. As JSON each has `time`, ISO 8601 in UTC. */
export const createLog = (format: LogFormat): Log =>
  format === 'json'
    ? (entry) => say(JSON.stringify({ time: new Date().toISOString(), ...entry }))
    : ({ level, message }) => say(level === 'warning' ? `WARNING: ${message}` : message)
