/** The table's columns, in order: a new column is one row. */
import type { Step } from '../../shared/acme/model.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { operationLabel } from '../flow/step-words.ts'

export interface Column {
  readonly id: string
  readonly label: string
  /** CSS grid track. */
  readonly track: string
  readonly align: 'left' | 'right'
  readonly sortBy: (step: Step) => string | number
}

const total = (step: Step): number => step.decoded.head.timings.total ?? -1

/** Bytes of the answer; -1 where it is not known. */
export const answerBytes = (step: Step): number => step.decoded.head.response?.body.bytes ?? -1

export const columns: readonly Column[] = [
  { id: 'sequence', label: '#', track: '52px', align: 'right', sortBy: (step) => step.sequence },
  { id: 'time', label: 'Time', track: '104px', align: 'left', sortBy: (step) => step.time },
  { id: 'method', label: 'Method', track: '64px', align: 'left', sortBy: (step) => step.method },
  { id: 'url', label: 'URL', track: 'minmax(180px, 2.2fr)', align: 'left', sortBy: (step) => step.url },
  { id: 'operation', label: 'Operation', track: 'minmax(110px, 0.7fr)', align: 'left', sortBy: operationLabel },
  { id: 'status', label: 'Status', track: '124px', align: 'left', sortBy: (step) => step.status ?? 0 },
  { id: 'size', label: 'Size', track: '70px', align: 'right', sortBy: answerBytes },
  { id: 'duration', label: 'Duration', track: '76px', align: 'right', sortBy: total },
  {
    id: 'reference',
    label: 'Reference',
    track: '112px',
    align: 'left',
    sortBy: ({ references: [first] }) => (first === undefined ? '' : shortCitationOf(first)),
  },
]

export const template = columns.map(({ track }) => track).join(' ')
