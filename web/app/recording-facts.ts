/** What there is to say about a recording in one line. */
import type { RecordingSummary } from '../../shared/recording.ts'
import { dateTime } from '../theme/time.ts'

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`

/** `2024-04-15 22:44 · 35 exchanges`; of the one being written, that it is. */
export const factsOf = ({ startedAt, exchanges }: RecordingSummary, isLive: boolean): string =>
  [isLive ? 'recording now' : dateTime(startedAt).slice(0, 16), count(exchanges, 'exchange')].join(' · ')
