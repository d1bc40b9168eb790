/** RFC 8555, Automatic Certificate Management Environment (ACME): the base of everything. */
import type { Spec } from '../row.ts'
import { challenges, identifiers } from './challenges.ts'
import { exercises } from './exercises.ts'
import { fields } from './fields.ts'
import { headers, headerValues } from './headers.ts'
import { links } from './links.ts'
import { operations, traits } from './operations.ts'
import { problems } from './problems.ts'
import { sections } from './sections.ts'
import { statuses, transitions } from './statuses.ts'

export const rfc8555: Spec = {
  document: {
    id: 'RFC 8555',
    title: 'Automatic Certificate Management Environment (ACME)',
    url: 'https://www.rfc-editor.org/rfc/rfc8555#section-{section}',
  },
  sections,
  operations,
  traits,
  exercises,
  links,
  problems,
  challenges,
  identifiers,
  statuses,
  transitions,
  headers,
  headerValues,
  fields,
}
