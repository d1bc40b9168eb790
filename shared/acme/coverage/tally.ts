/** How much of a document a recording exercised. */
import type { DocumentOutline, OutlineSection } from '../registry/outline.ts'
import type { Coverage } from './coverage.ts'

export interface Tally {
  /** Sections that were exercised. */
  readonly exercised: number
  /** Sections that a recording can exercise. */
  readonly possible: number
}

/** Only of a section that asks something of the wire is it worth saying that it was not exercised. */
export const canBeExercised = ({ kind }: Pick<OutlineSection, 'kind'>): boolean => kind === 'wire'

export function tallyOf({ sections }: Pick<DocumentOutline, 'sections'>, { count }: Coverage): Tally {
  const possible = sections.filter(canBeExercised)
  return { exercised: possible.filter(({ cite }) => count(cite) > 0).length, possible: possible.length }
}

/** What a chapter holds: the sections whose number goes on from its own. */
export const insideOf = (
  { sections }: DocumentOutline,
  { reference }: OutlineSection,
): Pick<DocumentOutline, 'sections'> => ({
  sections: sections.filter((one) => one.reference.section.startsWith(`${reference.section}.`)),
})
