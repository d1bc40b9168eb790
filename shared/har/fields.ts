/** Reading members of JSON that anyone may have written: the value, or a note of what was there instead. */
import { isObject } from '../acme/json.ts'
import type { JsonObject } from '../acme/model.ts'

/** Takes a remark for the person who opened the file, in words. */
export type Note = (problem: string) => void

/** The member as text; a number is taken as its digits, anything else noted and replaced. */
export function textOf(from: JsonObject, name: string, fallback: string, note: Note): string {
  const value = from[name]
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (value !== undefined && value !== null) note(`its ${name} is no text, kept as “${fallback}”`)
  return fallback
}

/** The member as a number that is not negative; HAR says -1 for what it does not know. Null when it is not known. */
export function countOf(from: JsonObject, name: string): number | null {
  const value = typeof from[name] === 'string' ? Number(from[name]) : from[name]
  return typeof value === 'number' && value >= 0 && value <= LIMIT ? value : null
}

/** Beyond any size in bytes and any time in ms that can be meant. */
const LIMIT = 1e12

/** The member as an object; noted and empty when it is not one. */
export function objectOf(from: JsonObject, name: string, note: Note): JsonObject {
  const value = from[name]
  if (isObject(value)) return value
  if (value !== undefined && value !== null) note(`its ${name} cannot be read`)
  return {}
}
