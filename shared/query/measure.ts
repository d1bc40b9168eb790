/** Values that are measured: how each kind is written, what equals it, and what lies above and below. */

export type MeasureKind = 'number' | 'status' | 'size' | 'duration' | 'time'

/** A written value. What equals it is an interval: `4xx`, `2.1kB` and `22:44` each stand for many. */
export interface Amount {
  /** What `<` and `>=` compare with. */
  readonly first: number
  /** What `<=` and `>` compare with. */
  readonly last: number
  /** `:` holds from here … */
  readonly from: number
  /** … to just before here. */
  readonly to: number
  /** A time of day: the same every so many milliseconds. */
  readonly every?: number
}

interface Measure {
  /** Null for what is none. */
  readonly read: (text: string) => Amount | null
  /** `a size such as 10kB` */
  readonly expects: string
}

const DAY = 86_400_000

const within = (from: number, to: number): Amount => ({ first: from, last: to - 1, from, to })

/** A number with a unit; what rounds to it, as it was written, equals it. */
const inUnits = (units: Readonly<Record<string, number>>) => (text: string) => {
  const [, whole, fraction = '', unit = ''] = /^(\d{1,12})(?:\.(\d{1,6}))?\s?([a-z]*)$/i.exec(text) ?? []
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined
  if (whole === undefined || factor === undefined) return null
  const value = Number(`${whole}.${fraction || 0}`) * factor
  const half = factor === 1 ? 0.5 : (factor * 10 ** -fraction.length) / 2
  return { first: value, last: value, from: value - half, to: value + half }
}

function readNumber(text: string): Amount | null {
  return /^\d{1,12}$/.test(text) ? within(Number(text), Number(text) + 1) : null
}

function readStatus(text: string): Amount | null {
  const [, hundreds] = /^([1-9])xx$/i.exec(text) ?? []
  if (hundreds !== undefined) return within(Number(hundreds) * 100, Number(hundreds) * 100 + 100)
  return /^[1-9]\d\d$/.test(text) ? within(Number(text), Number(text) + 1) : null
}

const CLOCK = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/
const DATED = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)Z?)?$/i

/** `22:44`, `22:44:23.040`, `2024-04-15`, `2024-04-15T22:44`: UTC, as all times shown are. */
function readTime(text: string): Amount | null {
  const clock = readClock(text)
  if (clock) return { ...clock, every: DAY }
  const [, date, time] = DATED.exec(text) ?? []
  const midnight = date === undefined ? Number.NaN : Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(midnight)) return null
  if (time === undefined) return within(midnight, midnight + DAY)
  const since = readClock(time)
  return since && within(midnight + since.from, midnight + since.to)
}

function readClock(text: string): Amount | null {
  const [, hours, minutes, seconds, fraction] = CLOCK.exec(text) ?? []
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return null
  const from = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(`${seconds ?? 0}.${fraction ?? 0}`) * 1000
  const length = seconds === undefined ? 60_000 : 1000 / 10 ** (fraction?.length ?? 0)
  return within(Math.round(from), Math.round(from + length))
}

const measures: Readonly<Record<MeasureKind, Measure>> = {
  number: { read: readNumber, expects: 'a whole number' },
  status: { read: readStatus, expects: 'an HTTP status such as 201 or 4xx (of an object: state:pending)' },
  size: {
    read: inUnits({ '': 1, b: 1, k: 1e3, kb: 1e3, kib: 1024, m: 1e6, mb: 1e6, mib: 1_048_576, gb: 1e9 }),
    expects: 'a size such as 861 or 10kB',
  },
  duration: {
    read: inUnits({ '': 1, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: DAY }),
    expects: 'a duration such as 250ms, 1s or 2min',
  },
  time: { read: readTime, expects: 'a time (UTC) such as 22:44, 22:44:23 or 2024-04-15T22:44' },
}

export const expectedOf = (kind: MeasureKind): string => measures[kind].expects

/** One value, or `A..B` with both ends; null for what is neither. */
export function readAmount(kind: MeasureKind, text: string): Amount | null {
  const { read } = measures[kind]
  const dots = text.indexOf('..')
  if (dots < 0) return read(text.trim())
  const [low, high] = [read(text.slice(0, dots).trim()), read(text.slice(dots + 2).trim())]
  if (!low || !high || low.every !== high.every) return null
  return { ...low, last: high.last, to: Math.max(high.to, high.last) }
}
