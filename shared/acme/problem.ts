/** RFC 7807 problem documents as ACME uses them (RFC 8555 §6.7). */
import { type Headers, mediaType } from '../exchange.ts'
import { isObject, listField, stringField } from './json.ts'
import type { Identifier, Problem } from './model.ts'

const ACME_ERROR = 'urn:ietf:params:acme:error:'
const MAX_SUBPROBLEMS = 1000

/** Reads an answer as a problem when it says it is one, or when its type is an ACME error. */
export function readProblem(value: unknown, headers: Headers): Problem | null {
  const declared = mediaType(headers) === 'application/problem+json'
  const type = stringField(value, 'type')
  return isObject(value) && (declared || type?.startsWith(ACME_ERROR)) ? toProblem(value, 0) : null
}

/** Reads the `error` member of an order or a challenge. */
export const readError = (object: unknown): Problem | null =>
  isObject(object) && isObject(object.error) ? toProblem(object.error, 0) : null

/** The last part of an ACME error URN (`badNonce`), else null. */
export const acmeType = (type: string): string | null =>
  type.startsWith(ACME_ERROR) ? type.slice(ACME_ERROR.length) : null

/** What it is called: the last part of an ACME error, another type whole, else its title (RFC 7807 §3.1); null for no name. */
export const nameOfProblem = ({ acmeType, type, title }: Pick<Problem, 'acmeType' | 'type' | 'title'>): string | null =>
  acmeType ?? (type === 'about:blank' ? title : type)

function toProblem(value: unknown, depth: number): Problem {
  const type = stringField(value, 'type') ?? 'about:blank'
  return {
    type,
    acmeType: acmeType(type),
    title: stringField(value, 'title'),
    detail: stringField(value, 'detail'),
    status: isObject(value) && typeof value.status === 'number' ? value.status : null,
    instance: stringField(value, 'instance'),
    identifier: isObject(value) ? readIdentifier(value.identifier) : null,
    subproblems:
      depth > 0
        ? []
        : listField(value, 'subproblems')
            .slice(0, MAX_SUBPROBLEMS)
            .map((one) => toProblem(one, depth + 1)),
  }
}

/** `{ type, value }`, or null when it is not that. */
export function readIdentifier(value: unknown): Identifier | null {
  const [type, name] = [stringField(value, 'type'), stringField(value, 'value')]
  return type === null || name === null ? null : { type, value: name }
}
