/** The table's columns, in order: a new column is one row. */
import type { ReactNode } from 'react'
import { hostOf } from '../../shared/acme/fold/lanes.ts'
import { nameOfProblem } from '../../shared/acme/problem.ts'
import { connectionWords } from '../../shared/connection-words.ts'
import type { Asked } from '../../shared/query/edit.ts'
import { instantOf } from '../../shared/query/fields/measures.ts'
import { isStep, type Subject, timeOf } from '../../shared/query/query.ts'
import { shortCitationOf } from '../../shared/reference.ts'
import { operationLabel, pathOf } from '../flow/step-words.ts'
import { byteSize, duration, preciseTime, since } from '../theme/time.ts'
import { NumberCell, ReferenceCell, StatusCell, UrlCell, WaterfallCell } from './cells.tsx'
import { type Scene, tookOf, worstOf } from './scene.ts'

export interface Column {
  readonly id: string
  readonly label: string
  /** What stands in it, where the label does not say. */
  readonly meaning: string
  /** In CSS pixels. */
  readonly width: number
  readonly align: 'left' | 'right'
  /** In the type of wire data. */
  readonly mono?: boolean
  /** Absent: shown only to who asks for it. Where there is no room, those with the highest number go first; 0 stays. */
  readonly yields?: number
  /** Null for what has nothing there. */
  readonly sortBy: (row: Subject, scene: Scene) => string | number | null
  /** What is read in it; also on hover, and copied. */
  readonly text: (row: Subject, scene: Scene) => string
  /** Draws more than the text. */
  readonly Cell?: (props: { row: Subject }) => ReactNode
  /** The condition that its cell stands for. */
  readonly asks?: (row: Subject, scene: Scene) => Asked | null
}

/** A column of text. */
const column = (given: Pick<Column, 'id' | 'label' | 'width' | 'text'> & Partial<Column>): Column => ({
  meaning: given.label,
  align: 'left',
  sortBy: given.text,
  ...given,
})

/** A query has an end; what is longer nobody looks for by pointing at it. */
const MOST_ASKED = 400

const asked = (field: string, value: string | null | undefined, sign: Asked['sign'] = '='): Asked | null =>
  value && value.length <= MOST_ASKED ? { field, sign, value } : null

const headOf = (row: Subject) => (isStep(row) ? row.decoded.head : null)
const jwsOf = (row: Subject) => (isStep(row) ? row.decoded.jws : null)
const answerBytes = (row: Subject): number | null =>
  isStep(row) ? (row.decoded.head.response?.body.bytes ?? null) : (row.bytes?.received ?? null)
const requestBytes = (row: Subject): number | null =>
  isStep(row) ? row.decoded.head.request.body.bytes : (row.bytes?.sent ?? null)

const urlOf = (row: Subject): string => (isStep(row) ? row.url : hostOfRow(row))

function hostOfRow(row: Subject): string {
  if (isStep(row)) return hostOf(row.url)
  return [row.host, row.port].filter((part) => part !== null).join(':')
}

const labelOf = (id: string | null, { lanes }: Scene): string => (id === null ? '' : (lanes.get(id)?.label ?? id))
const from = (row: Subject): string | null => (isStep(row) ? row.from : null)
const to = (row: Subject): string | null => (isStep(row) ? row.to : null)

const offset = (row: Subject, { beginning }: Scene): number | null => {
  const at = instantOf(row)
  return at === null || beginning === null ? null : at - beginning
}

const problemOf = (row: Subject): string => (isStep(row) && row.problem && nameOfProblem(row.problem)) || ''

function operationOf(row: Subject): string {
  if (!isStep(row)) return 'connection'
  return row.operation === 'other' ? '' : operationLabel(row)
}

const clientOf = (row: Subject): string => {
  const { address, port, process } = isStep(row) ? row.decoded.head.client : row.client
  return [process, [address, port].filter((part) => part !== null).join(':')].filter(Boolean).join(' ')
}

const tlsOf = (row: Subject): string => {
  const { client, upstream } = headOf(row)?.tls ?? {}
  return [client?.version ?? (isStep(row) ? undefined : row.tls?.version), upstream?.version]
    .filter(Boolean)
    .join(' / ')
}

export const COLUMNS: readonly Column[] = [
  column({
    id: 'sequence',
    label: '#',
    meaning: 'Number in the recording',
    width: 52,
    align: 'right',
    yields: 0,
    text: ({ sequence }) => String(sequence),
    sortBy: ({ sequence }) => sequence,
    Cell: NumberCell,
  }),
  column({
    id: 'time',
    label: 'Time',
    meaning: 'When it began, UTC',
    width: 104,
    yields: 4,
    text: (row) => preciseTime(timeOf(row)),
    sortBy: timeOf,
  }),
  column({
    id: 'offset',
    label: 'Offset',
    meaning: 'Since the recording began',
    width: 84,
    align: 'right',
    text: (row, scene) => since(offset(row, scene) ?? Number.NaN),
    sortBy: offset,
  }),
  column({
    id: 'client',
    label: 'Client',
    meaning: 'Who asked: its name',
    width: 130,
    text: (row, scene) => labelOf(from(row), scene),
    asks: (row, scene) => asked('from', labelOf(from(row), scene)),
  }),
  column({
    id: 'address',
    label: 'Client address',
    width: 140,
    mono: true,
    text: clientOf,
    asks: (row) => asked('client', (isStep(row) ? row.decoded.head.client : row.client).address, ':'),
  }),
  column({
    id: 'lane',
    label: 'Server',
    meaning: 'Who was asked: CA or DNS provider, by name',
    width: 140,
    text: (row, scene) => labelOf(to(row), scene),
    asks: (row, scene) => asked('to', labelOf(to(row), scene)),
  }),
  column({
    id: 'method',
    label: 'Method',
    width: 66,
    mono: true,
    yields: 6,
    text: (row) => (isStep(row) ? row.method : ''),
    asks: (row) => asked('method', isStep(row) ? row.method : null, ':'),
  }),
  column({
    id: 'url',
    label: 'URL',
    width: 240,
    mono: true,
    yields: 0,
    text: (row) => (isStep(row) ? row.url : connectionWords(row)),
    sortBy: urlOf,
    Cell: UrlCell,
    asks: (row) => asked('host', hostOfRow(row)),
  }),
  column({
    id: 'host',
    label: 'Host',
    width: 180,
    mono: true,
    text: hostOfRow,
    asks: (row) => asked('host', hostOfRow(row)),
  }),
  column({
    id: 'path',
    label: 'Path',
    width: 200,
    mono: true,
    text: (row) => (isStep(row) ? pathOf(row.url) : ''),
    asks: (row) => asked('path', isStep(row) ? pathOf(row.url) : null, ':'),
  }),
  column({
    id: 'operation',
    label: 'Operation',
    meaning: 'What it did, in the words of ACME',
    width: 122,
    yields: 0,
    text: operationOf,
    asks: (row) => (isStep(row) ? asked('op', row.operation, ':') : asked('is', 'connection', ':')),
  }),
  column({
    id: 'identifier',
    label: 'Name',
    meaning: 'Name it is about',
    width: 170,
    yields: 3,
    text: (row) => (isStep(row) ? (row.identifier ?? '') : ''),
    asks: (row) => asked('name', isStep(row) ? row.identifier : null),
  }),
  column({
    id: 'status',
    label: 'Status',
    meaning: 'HTTP status, status of the object in the answer, and what went wrong',
    width: 150,
    yields: 0,
    text: (row) =>
      isStep(row) ? [row.status ?? 'no answer', problemOf(row), row.objectStatus].filter(Boolean).join(' ') : '',
    sortBy: (row) => (isStep(row) ? row.status : null),
    Cell: StatusCell,
    asks: (row) => asked('status', isStep(row) && row.status !== null ? String(row.status) : null, ':'),
  }),
  column({
    id: 'state',
    label: 'Object',
    meaning: 'Status of the object in the answer',
    width: 92,
    text: (row) => (isStep(row) ? (row.objectStatus ?? '') : ''),
    asks: (row) => asked('state', isStep(row) ? row.objectStatus : null, ':'),
  }),
  column({
    id: 'problem',
    label: 'Problem',
    meaning: 'What the CA complained of',
    width: 130,
    text: problemOf,
    asks: (row) => asked('type', problemOf(row), ':'),
  }),
  column({
    id: 'finding',
    label: 'Finding',
    meaning: 'The worst error or warning that speaks of it',
    width: 220,
    text: (row, scene) => worstOf(row, scene)?.title ?? '',
    asks: (row, scene) => asked('finding', worstOf(row, scene)?.id, '='),
  }),
  column({
    id: 'summary',
    label: 'Summary',
    meaning: 'What happened, in a line',
    width: 280,
    text: (row) => (isStep(row) ? row.summary : connectionWords(row)),
  }),
  column({
    id: 'sent',
    label: 'Sent',
    meaning: 'Bytes of the request’s body',
    width: 72,
    align: 'right',
    text: (row) => byteSize(requestBytes(row)),
    sortBy: requestBytes,
  }),
  column({
    id: 'size',
    label: 'Size',
    meaning: 'Bytes of the answer’s body',
    width: 72,
    align: 'right',
    yields: 5,
    text: (row) => byteSize(answerBytes(row)),
    sortBy: answerBytes,
  }),
  column({
    id: 'duration',
    label: 'Duration',
    meaning: 'From the request’s head to the end of the exchange',
    width: 78,
    align: 'right',
    yields: 2,
    text: (row) => duration(tookOf(row) ?? Number.NaN),
    sortBy: tookOf,
  }),
  column({
    id: 'waterfall',
    label: 'Waterfall',
    meaning: 'When it was, within what is shown',
    width: 110,
    yields: 8,
    text: () => '',
    sortBy: timeOf,
    Cell: WaterfallCell,
  }),
  column({
    id: 'nonce',
    label: 'Nonce',
    meaning: 'The nonce it spent',
    width: 150,
    mono: true,
    text: (row) => jwsOf(row)?.nonce ?? '',
    asks: (row) => asked('nonce', jwsOf(row)?.nonce),
  }),
  column({
    id: 'alg',
    label: 'Algorithm',
    meaning: 'Of the signature',
    width: 84,
    mono: true,
    text: (row) => jwsOf(row)?.alg ?? '',
    asks: (row) => asked('alg', jwsOf(row)?.alg, ':'),
  }),
  column({
    id: 'http',
    label: 'HTTP',
    width: 78,
    mono: true,
    text: (row) => headOf(row)?.request.httpVersion ?? '',
    asks: (row) => asked('http', headOf(row)?.request.httpVersion),
  }),
  column({
    id: 'tls',
    label: 'TLS',
    meaning: 'Version of TLS: of the client, and to the server',
    width: 120,
    mono: true,
    text: tlsOf,
    asks: (row) => asked('tls', headOf(row)?.tls?.client?.version),
  }),
  column({
    id: 'reference',
    label: 'Reference',
    meaning: 'Where that is written',
    width: 106,
    yields: 7,
    text: (row) => (isStep(row) && row.references[0] ? shortCitationOf(row.references[0]) : ''),
    Cell: ReferenceCell,
    asks: (row) => asked('section', isStep(row) ? row.references[0]?.section : null, ':'),
  }),
]

export const columnOf = (id: string): Column | undefined => COLUMNS.find((one) => one.id === id)

/** Takes what room is left. */
export const STRETCHES = 'url'
