/** How findings speak of steps, times and answers. */
import type { Step } from '../model.ts'
import { nameOfProblem } from '../problem.ts'

/** A sentence with more names than this is not read. */
const MAX_LISTED = 6

/** `a`; `a and b`; `a, b and c`; `a, b, c, d, e, f and 12 more`. */
export function inWords(items: readonly string[]): string {
  const more = items.length - MAX_LISTED
  const listed = more > 1 ? [...items.slice(0, MAX_LISTED), `${more} more`] : items
  const last = listed.at(-1) ?? ''
  return listed.length > 1 ? `${listed.slice(0, -1).join(', ')} and ${last}` : last
}

/** `step 3`; `steps 3, 4 and 7`. */
export const stepsInWords = (steps: readonly Pick<Step, 'sequence'>[]): string =>
  `${steps.length === 1 ? 'step' : 'steps'} ${inWords(steps.map(({ sequence }) => String(sequence)))}`

/** `step 4 (newOrder)`. */
export const named = ({ sequence, operation }: Pick<Step, 'sequence' | 'operation'>): string =>
  operation === 'other' ? `step ${sequence}` : `step ${sequence} (${operation})`

/** The beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `22:45:47`, as the recording has it (UTC). */
export const clockTime = (iso: string): string => iso.slice(11, 19)

/** `0.04 s`, `2.5 s`, `90 s`, `15 min`, `6 h`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 1) return `${Number(seconds.toFixed(2))} s`
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

/** Empty for what was seen once. */
export function howOften(steps: readonly Pick<Step, 'time'>[]): string {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last || steps.length === 1) return ''
  return `This happened ${steps.length} times between ${clockTime(first.time)} and ${clockTime(last.time)} UTC.`
}

/** What came back: `400 malformed: “JWS verification error”`, `201`, `no answer`. */
export function answerOf({ status, problem }: Pick<Step, 'status' | 'problem'>): string {
  if (status === null) return 'no answer'
  if (!problem) return String(status)
  const detail = problem.detail === null ? '' : `: ${quoted(problem.detail)}`
  return `${status} ${short(nameOfProblem(problem) ?? 'a problem')}${detail}`
}

const MAX_QUOTED = 300

/**
 * In quotation marks, on one line, and no longer than a person reads. Boulder's link to its page for unpausing is good for
 * weeks for whoever has it, so what stands after `jwt=` is left out.
 */
export const quoted = (text: string): string =>
  `“${cut(text.slice(0, 8 * MAX_QUOTED).replace(/([?&]jwt=)[^\s"&]+/g, '$1…'), MAX_QUOTED)}”`

const MAX_SHORT = 120

/** A captured name, value or URL as it stands in a sentence. */
export const short = (text: string): string => cut(text.slice(0, 2 * MAX_SHORT), MAX_SHORT)

function cut(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most)}…` : line
}

/** `2026-01-02 12:00:03 UTC`. @param at ms since the epoch */
export const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** Ms between two ISO 8601 times; null when either is none. */
export function between(from: string, to: string): number | null {
  const length = Date.parse(to) - Date.parse(from)
  return Number.isNaN(length) ? null : length
}

/** Whole sentences, the empty ones left out. */
export const sentences = (...all: readonly (string | null | false | undefined)[]): string =>
  all.filter(Boolean).join(' ')

/** Names of hosts or objects, as they stand in a sentence. */
export const listed = (names: readonly string[]): string => inWords(names.map(short))
