/** Reading JSON that nobody promised anything about. */
import type { Content, JsonObject } from './model.ts'

/** JSON nested deeper than this, in levels, is nobody's: whoever copied, cloned or wrote it would run out of stack. */
export const MAX_LEVELS = 100

/** @throws Error in words where the text is no JSON, or is nested too deeply to be handed on */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (opensMany(text) && isDeeper(value, MAX_LEVELS)) throw new Error(`nested more than ${MAX_LEVELS} levels deep`)
  return value
}

const OPENING = /[[{]/g

/** Most bodies open fewer lists and objects altogether than may stand in each other, and need not be walked. */
function opensMany(text: string): boolean {
  OPENING.lastIndex = 0
  for (let count = 0; count <= MAX_LEVELS; count++) if (!OPENING.test(text)) return false
  return true
}

/** Looks no deeper than `levels`. */
export const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1)))

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The member when the value is an object and the member a string, else null. */
export function stringField(value: unknown, name: string): string | null {
  const member = isObject(value) ? value[name] : undefined
  return typeof member === 'string' ? member : null
}

/** The member's elements when it is a list, else none. */
export function listField(value: unknown, name: string): readonly unknown[] {
  const member = isObject(value) ? value[name] : undefined
  return Array.isArray(member) ? member : []
}

export const strings = (values: readonly unknown[]): readonly string[] =>
  values.filter((value): value is string => typeof value === 'string')

/** The object a body holds, when it holds one. */
export const jsonObject = (content: Content): JsonObject | null =>
  content.kind === 'json' && isObject(content.value) ? content.value : null

const MOST_OBJECTS = 200

/** The objects in a value, level by level, so that a deep nest costs no more than a wide one. The first 200 values are looked at. */
export function objectsIn(json: unknown): readonly JsonObject[] {
  const open: unknown[] = [json]
  const objects: JsonObject[] = []
  for (let at = 0; at < open.length && at < MOST_OBJECTS; at++) {
    const value = open[at]
    if (isObject(value)) objects.push(value)
    if (typeof value === 'object' && value !== null) open.push(...Object.values(value).slice(0, MOST_OBJECTS))
  }
  return objects
}
