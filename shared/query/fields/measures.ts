/** Fields: how much, how long, and when. */
import { type Known, type Subject, timeOf } from '../query.ts'
import { type Chapter, measureRow } from './row.ts'

/** Ms since the epoch; null for what is no time. */
export function instantOf(subject: Subject): number | null {
  const instant = Date.parse(timeOf(subject))
  return Number.isNaN(instant) ? null : instant
}

/** When the recording began: with whatever is first in it. */
export function beginningOf({ steps, connections }: Known['analysis']): number | null {
  const times = [steps[0], connections[0]].flatMap((first) => (first ? (instantOf(first) ?? []) : []))
  return times.length ? Math.min(...times) : null
}

function offsetOf(subject: Subject, { analysis }: Known): number | null {
  const [at, beginning] = [instantOf(subject), beginningOf(analysis)]
  return at === null || beginning === null ? null : Math.max(0, at - beginning)
}

export const measures: Chapter = {
  title: 'How much, how long, when',
  rows: [
    measureRow({
      name: 'size',
      meaning: 'Bytes of the answer’s body.',
      example: 'size:>10kB',
      kind: 'size',
      ofStep: ({ decoded }) => decoded.head.response?.body.bytes,
      ofConnection: ({ bytes }) => bytes?.received ?? null,
    }),
    measureRow({
      name: 'req.size',
      aliases: ['sent'],
      meaning: 'Bytes of the request’s body.',
      example: 'req.size:>1kB',
      kind: 'size',
      ofStep: ({ decoded }) => decoded.head.request.body.bytes,
      ofConnection: ({ bytes }) => bytes?.sent ?? null,
    }),
    measureRow({
      name: 'duration',
      aliases: ['took'],
      meaning: 'From the request’s head to the end of the exchange; a bare number is milliseconds.',
      example: 'duration:>1s',
      kind: 'duration',
      ofStep: ({ decoded }) => decoded.head.timings.total,
    }),
    measureRow({
      name: 'wait',
      meaning: 'From the end of the request to the head of the answer.',
      example: 'wait:200ms..1s',
      kind: 'duration',
      ofStep: ({ decoded }) => decoded.head.timings.wait,
    }),
    measureRow({
      name: 'time',
      meaning: 'When it began, in UTC; a time of day without a date means any day.',
      example: 'time:22:44',
      kind: 'time',
      ofStep: instantOf,
      ofConnection: instantOf,
    }),
    measureRow({
      name: 'after',
      aliases: ['since'],
      meaning: 'It began then or later.',
      example: 'after:22:44:30',
      kind: 'time',
      plain: '>=',
      ofStep: instantOf,
      ofConnection: instantOf,
    }),
    measureRow({
      name: 'before',
      aliases: ['until'],
      meaning: 'It began earlier.',
      example: 'before:2024-04-15T22:45',
      kind: 'time',
      plain: '<',
      ofStep: instantOf,
      ofConnection: instantOf,
    }),
    measureRow({
      name: 'offset',
      meaning: 'How long after the beginning of the recording it began.',
      example: 'offset:<30s',
      kind: 'duration',
      ofStep: offsetOf,
      ofConnection: offsetOf,
    }),
    measureRow({
      name: 'seq',
      aliases: ['number'],
      meaning: 'Its number in the recording.',
      example: 'seq:10..20',
      kind: 'number',
      ofStep: ({ sequence }) => sequence,
      ofConnection: ({ sequence }) => sequence,
    }),
  ],
}
