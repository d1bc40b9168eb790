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
