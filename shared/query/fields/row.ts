/** What a field of the query language is: one row each. */
import type { Step } from '../../acme/model.ts'
import type { Connection } from '../../exchange.ts'
import type { MeasureKind } from '../measure.ts'
import type { Known, Subject } from '../query.ts'

/** What changes although the subject stays the same. */
export type Source = 'findings' | 'notes' | 'lanes'

export interface RowBase {
  readonly name: string
  readonly aliases: readonly string[]
  /** What it means, in one line with a full stop. */
  readonly meaning: string
  /** As one would type it. */
  readonly example: string
  /** Absent: what it says is a matter of the subject alone. */
  readonly from?: Source
}

export interface TextRow extends RowBase {
  readonly kind: 'text'
  /** `part`: the value is somewhere in it; `whole`: it is the value; `below`: it is the value or, after a dot, goes on. */
  readonly match: 'part' | 'whole' | 'below'
  readonly read: (subject: Subject, known: Known) => Iterable<string>
  /** A bare word looks here as well. */
  readonly isEverywhere: boolean
  /** Its values are few and short enough to be offered. */
  readonly isOffered: boolean
}

export interface Choice {
  readonly value: string
  /** In a few words, without a full stop. */
  readonly meaning: string
  readonly from?: Source
  readonly holds: (subject: Subject, known: Known) => boolean
}

export interface ChoiceRow extends RowBase {
  readonly kind: 'choice'
  readonly choices: readonly Choice[]
}

export interface MeasureRow extends RowBase {
  readonly kind: MeasureKind
  /** Null where it is not known: then nothing holds of it. */
  readonly read: (subject: Subject, known: Known) => number | null
  /** What a value without a sign means. */
  readonly plain: ':' | '>=' | '<'
}

export type FieldRow = TextRow | ChoiceRow | MeasureRow

export interface Chapter {
  readonly title: string
  readonly rows: readonly FieldRow[]
}

type Reads<T> = readonly [(step: Step, known: Known) => T, ((connection: Connection, known: Known) => T)?]

type Given = Pick<RowBase, 'name' | 'meaning' | 'example'> & {
  readonly aliases?: readonly string[]
  readonly from?: Source
}

type GivenText = Given & {
  readonly match?: TextRow['match']
  readonly isEverywhere?: boolean
  readonly isOffered?: boolean
  readonly ofStep: Reads<Iterable<string>>[0]
  readonly ofConnection?: Reads<Iterable<string>>[1]
}

/** A row of text; found in parts, by bare words as well, and offered, unless it says otherwise. */
export function textRow({ ofStep, ofConnection, aliases = [], ...given }: GivenText): TextRow {
  const read: TextRow['read'] = (subject, known) =>
    'operation' in subject ? ofStep(subject, known) : (ofConnection?.(subject, known) ?? [])
  return { match: 'part', isEverywhere: true, isOffered: true, ...given, kind: 'text', aliases, read }
}

type GivenMeasure = Given & {
  readonly kind: MeasureKind
  readonly plain?: MeasureRow['plain']
  readonly ofStep: (step: Step, known: Known) => number | null | undefined
  readonly ofConnection?: (connection: Connection, known: Known) => number | null
}

export function measureRow({ ofStep, ofConnection, aliases = [], ...given }: GivenMeasure): MeasureRow {
  const read: MeasureRow['read'] = (subject, known) =>
    ('operation' in subject ? ofStep(subject, known) : ofConnection?.(subject, known)) ?? null
  return { plain: ':', ...given, aliases, read }
}

export const choiceRow = ({ aliases = [], ...given }: Given & { readonly choices: readonly Choice[] }): ChoiceRow => ({
  ...given,
  kind: 'choice',
  aliases,
})

/** The strings among what may be missing. */
export const present = (...values: readonly (string | null | undefined)[]): readonly string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '')
