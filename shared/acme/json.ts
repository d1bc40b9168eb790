/** Reading JSON that nobody promised anything about. */
import type { Content, JsonObject } from './model.ts'

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
