/** Fact ↔ rows: the head as JSON, each body with content in a row of its own, byte for byte. */
import type { Body, Exchange, ExchangeState, Fact } from '../../shared/exchange.ts'
import { EMPTY_BODY } from '../../shared/exchange.ts'
import type { Recording } from '../../shared/recording.ts'
import type { BodyRow, FactRow, RecordingRow } from './schema.ts'

/** A lone half of a surrogate pair has no UTF-8; only a file that was imported can hold one. */
const LONE_SURROGATE = /\p{Surrogate}/u

type StoredBody = Pick<BodyRow, 'kind' | 'encoding' | 'content'>
type Side = BodyRow['side']

function toStoredBody(body: Body): StoredBody | null {
  if (body.kind === 'text') return { kind: 'text', ...encodeText(body.text) }
  if (body.kind !== 'base64') return null
  const bytes = Buffer.from(body.base64, 'base64')
  // A file may break its lines or leave its padding out: kept as it was then.
  const isCanonical = bytes.toString('base64') === body.base64
  return isCanonical
    ? { kind: 'base64', encoding: 'bytes', content: bytes }
    : { kind: 'base64', ...encodeText(body.base64) }
}

const encodeText = (text: string): Pick<BodyRow, 'encoding' | 'content'> =>
  LONE_SURROGATE.test(text)
    ? { encoding: 'utf-16', content: Buffer.from(text, 'utf16le') }
    : { encoding: 'utf-8', content: Buffer.from(text, 'utf8') }

function toBody({ kind, encoding, content }: StoredBody): Body {
  const bytes = Buffer.from(content)
  if (encoding === 'bytes') return { kind: 'base64', base64: bytes.toString('base64') }
  const text = bytes.toString(encoding === 'utf-16' ? 'utf16le' : 'utf8')
  return kind === 'text' ? { kind, text } : { kind: 'base64', base64: text }
}

function bodiesOf(fact: Fact): readonly BodyRow[] {
  if (fact.kind !== 'exchange') return []
  const sides: readonly (readonly [Side, Body])[] = [
    ['request', fact.request.body],
    ['response', fact.response?.body ?? EMPTY_BODY],
  ]
  return sides.flatMap(([side, body]) => {
    const stored = toStoredBody(body)
    return stored ? [{ fact: fact.id, side, ...stored }] : []
  })
}

/** `empty` and `omitted` have no content and stay in the head; the others come back from their rows. */
const withoutContent = (body: Body): Body => (body.kind === 'text' || body.kind === 'base64' ? EMPTY_BODY : body)

function headOf(fact: Fact): Fact {
  if (fact.kind !== 'exchange') return fact
  const { request, response } = fact
  return {
    ...fact,
    request: { ...request, body: withoutContent(request.body) },
    ...(response && { response: { ...response, body: withoutContent(response.body) } }),
  }
}

export interface FactRows {
  readonly fact: FactRow
  readonly bodies: readonly BodyRow[]
}

export function toRows(recording: string, revision: number, fact: Fact): FactRows {
  const bodies = bodiesOf(fact)
  const row: FactRow = {
    id: fact.id,
    recording,
    sequence: fact.sequence,
    kind: fact.kind,
    state: fact.state,
    started_at: fact.startedAt,
    revision,
    head: JSON.stringify(headOf(fact)),
    bytes: bodies.reduce((sum, body) => sum + body.content.byteLength, 0),
  }
  return { fact: row, bodies }
}

/** @param state as it is now: a row's own goes stale when its recorder dies */
export function toFact(row: Pick<FactRow, 'head'>, state: string, bodies: readonly BodyRow[]): Fact {
  const head = JSON.parse(row.head) as Fact
  if (head.kind !== 'exchange') return head
  const at = (side: Side): { body?: Body } => {
    const stored = bodies.find((body) => body.side === side)
    return stored ? { body: toBody(stored) } : {}
  }
  const exchange: Exchange = {
    ...head,
    state: state as ExchangeState,
    request: { ...head.request, ...at('request') },
    ...(head.response && { response: { ...head.response, ...at('response') } }),
  }
  return exchange
}

export const toRecordingRow = (recording: Recording, recorder: string): RecordingRow => ({
  id: recording.id,
  name: recording.name,
  started_at: recording.startedAt,
  ended_at: recording.endedAt ?? null,
  source: recording.source,
  tool_version: recording.toolVersion,
  recorder,
})

export const toRecording = (row: RecordingRow): Recording => ({
  id: row.id,
  name: row.name,
  startedAt: row.started_at,
  ...(row.ended_at !== null && { endedAt: row.ended_at }),
  source: row.source,
  toolVersion: row.tool_version,
})
