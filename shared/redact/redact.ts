/** Masks what is secret, on parsed copies of facts, before an export is made of them. */
import type { Fact } from '../exchange.ts'
import type { Note } from '../recording.ts'
import { createPseudonyms, labelOf, type Pseudonyms } from './pseudonyms.ts'
import type { Category } from './rule.ts'
import { LEVELS, type RedactionLevel } from './rules.ts'
import { type Visitor, walkFact, walkNote } from './walk.ts'

export type { RedactionLevel }

export interface Replaced {
  /** `bearer_token` */
  readonly label: string
  /** In how many places. */
  readonly count: number
}

/**
 * Replaces what a level calls secret by names that stand for it (`<bearer_token_1>`), the same value by the same name
 * wherever it occurs: headers, URLs, JSON, inside a JWS. Facts without secrets come back as they are, byte for byte.
 * A JWS whose content had to change gets `<signature_1>` for a signature, as the old one would be false. What people wrote
 * on them is gone through for the same values; a secret that only a note holds nobody knows for one.
 */
export function redactFacts(
  facts: readonly Fact[],
  level: RedactionLevel,
  notes: readonly Note[] = [],
): { readonly facts: readonly Fact[]; readonly notes: readonly Note[]; readonly replaced: readonly Replaced[] } {
  const categories = LEVELS[level]
  if (!categories.length) return { facts, notes, replaced: [] }
  const redaction = startRedaction(facts, notes, categories)
  return {
    facts: facts.map(redaction.fact),
    notes: notes.map(redaction.note),
    replaced: redaction.replaced(),
  }
}

/** What was found in facts and notes, and what puts names in its place, there and in texts made of them. */
export interface Redaction {
  readonly fact: <T extends Fact>(fact: T) => T
  readonly note: (note: Note) => Note
  readonly text: (text: string) => string
  /** What was replaced so far. */
  readonly replaced: () => readonly Replaced[]
}

export function startRedaction(
  facts: readonly Fact[],
  notes: readonly Note[],
  categories: readonly Category[],
): Redaction {
  const pseudonyms = createPseudonyms()
  const looking = lookFor(categories, pseudonyms)
  for (const fact of facts) walkFact(fact, looking)
  for (const note of notes) walkNote(note, looking)
  const counts = new Map<string, number>()
  const replacing = replaceBy(categories, pseudonyms, (label) => counts.set(label, (counts.get(label) ?? 0) + 1))
  return {
    fact: <T extends Fact>(fact: T) => walkFact(fact, replacing) as T,
    note: (note) => walkNote(note, replacing),
    text: replacing.plain,
    replaced: () => [...counts].map(([label, count]) => ({ label, count })),
  }
}

/** Changes nothing; remembers what is secret. */
function lookFor(categories: readonly Category[], pseudonyms: Pseudonyms): Visitor {
  const remember: Visitor['also'] = ({ label, category }, value) => {
    pseudonyms.avoid(value)
    if (categories.includes(category)) pseudonyms.remember(label, value, category === 'personal')
  }
  return {
    mask(rule, value) {
      remember(rule, value)
      return value
    },
    plain(text) {
      pseudonyms.avoid(text)
      return text
    },
    also: remember,
    unsign: (_, signature) => signature,
  }
}

function replaceBy(
  categories: readonly Category[],
  pseudonyms: Pseudonyms,
  replaced: (label: string) => void,
): Visitor {
  const plain: Visitor['plain'] = (text) => {
    const found = pseudonyms.replaceIn(text)
    found.labels.forEach(replaced)
    return found.text
  }
  const nameFor = (label: string, value: string): string => {
    const name = pseudonyms.nameFor(label, value)
    if (name !== value) replaced(labelOf(name))
    return name
  }
  return {
    mask: ({ label, category }, value) => (categories.includes(category) ? nameFor(label, value) : plain(value)),
    plain,
    also: () => undefined,
    unsign: nameFor,
  }
}
