/** Every numbered section of RFC 8555, and what each asks, in our own words. */
import type { SectionRow } from '../row.ts'
import { managementSections } from './sections-management.ts'
import { transportSections } from './sections-transport.ts'
import { validationSections } from './sections-validation.ts'

export const sections: readonly SectionRow[] = [...transportSections, ...managementSections, ...validationSections]
