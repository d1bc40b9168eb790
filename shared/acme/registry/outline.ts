/** The documents we know and their sections, as a tree: what a table of contents is drawn from. */
import type { Reference } from '../../reference.ts'
import type { Citation, DocumentRow, SectionKind, Spec } from '../specs/row.ts'
import { allSpecs } from './all-specs.ts'
import { reference } from './registry.ts'

/** `base`: RFC 8555 itself. `basis`: what ACME builds on. */
export type DocumentRole = 'base' | 'extension' | 'vendor' | 'basis'

export interface OutlineSection {
  /** `RFC 8555 §7.4` */
  readonly cite: Citation
  readonly reference: Reference
  readonly text: string
  readonly kind: SectionKind
  /** How many of our sections stand above it. */
  readonly depth: number
  /** Citation of the section it is part of. */
  readonly within: Citation | null
}

export interface DocumentOutline {
  readonly id: string
  readonly title: string
  readonly role: DocumentRole
  /** In the order of the document. */
  readonly sections: readonly OutlineSection[]
}

/** `RFC 8555 §7.4`; a document without sections has one, `Boulder §`. */
export const citeOf = ({ document, section }: Pick<Reference, 'document' | 'section'>): Citation =>
  `${document} §${section}`

/** Every document, RFC 8555 first. */
export const outlines: readonly DocumentOutline[] = allSpecs.map(toOutline)

const byCite = new Map(outlines.flatMap(({ sections }) => sections.map((section) => [section.cite, section] as const)))

/** Null for a section that no spec holds. */
export const outlineSection = (cite: Citation): OutlineSection | null => byCite.get(cite) ?? null

function toOutline({ document, sections }: Spec): DocumentOutline {
  const { id, title } = document
  const numbers = new Set(sections.map(({ section }) => section))
  return {
    id,
    title,
    role: roleOf(document),
    sections: sections.map(({ section, text, kind }): OutlineSection => {
      const above = ancestors(section).filter((number) => numbers.has(number))
      const cite = (number: string): Citation => citeOf({ document: id, section: number })
      return {
        cite: cite(section),
        reference: reference(cite(section)),
        text,
        kind: kind ?? 'wire',
        depth: above.length,
        within: above[0] === undefined ? null : cite(above[0]),
      }
    }),
  }
}

function roleOf({ id, vendor, basis }: DocumentRow): DocumentRole {
  if (id === 'RFC 8555') return 'base'
  if (vendor) return 'vendor'
  return basis ? 'basis' : 'extension'
}

/** `7.1.2`, `7.1`, `7` of 7.1.2.1. */
function ancestors(section: string): readonly string[] {
  const parts = section.split('.')
  return parts.slice(1).map((_, at) => parts.slice(0, parts.length - 1 - at).join('.'))
}

// ───────────────────────────── in an address

/** How an address names a section: `7.4` of RFC 8555, `RFC 9773 4.1` of another document. */
export const sectionAddress = ({ document, section }: Pick<Reference, 'document' | 'section'>): string =>
  document === 'RFC 8555' ? section : `${document} ${section}`.trim()

/** The section an address names, with or without its §; null for one we do not have. */
export function sectionAt(address: string): OutlineSection | null {
  const plain = address.replace('§', '').trim()
  const at = plain.lastIndexOf(' ')
  const [document, section] = at < 0 ? ['RFC 8555', plain] : [plain.slice(0, at), plain.slice(at + 1)]
  return outlineSection(citeOf({ document, section })) ?? outlineSection(citeOf({ document: plain, section: '' }))
}
