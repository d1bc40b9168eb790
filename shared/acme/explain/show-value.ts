/** Values of a wire object as short text, and what is encoded in them. Nothing here throws or grows with its input. */
import { readBase64url, readUtf8 } from '../base64url.ts'
import type { FieldRow } from '../specs/row.ts'

/** How many more things may be shown. */
export interface Budget {
  left: number
}

const MAX_SHOWN = 600
const MAX_ELEMENTS = 100
/** An encoded text longer than this is none that ACME knows. */
const MAX_ENCODED = 64 * 1024

const cut = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text)

/** Text as it is, anything else as JSON. */
export function show(value: unknown): string {
  if (typeof value === 'string') return cut(value)
  try {
    return cut(JSON.stringify(value) ?? '')
  } catch {
    return 'nested too deeply to be shown'
  }
}

/** One element a line. */
export function showList(values: readonly unknown[]): string {
  const shown = values.slice(0, MAX_ELEMENTS).map(show)
  return [...shown, ...(values.length > shown.length ? [`… ${values.length - shown.length} more`] : [])].join('\n')
}

/** The JSON that a text holds: base64url of it, or the claims of a JWT; undefined when it holds none. */
export function readEncoded(encoding: NonNullable<FieldRow['encoding']>, value: unknown): unknown {
  if (typeof value !== 'string' || value.length > MAX_ENCODED) return undefined
  const bytes = readBase64url((encoding === 'jwt' ? value.split('.')[1] : value) ?? '')
  try {
    return JSON.parse((bytes && readUtf8(bytes)) ?? '')
  } catch {
    return undefined
  }
}
