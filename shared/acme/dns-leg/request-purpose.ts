/** What a request to an API that nobody described is for, by its method and its words. */
import { objectsIn } from '../json.ts'
import type { Content, DecodedExchange } from '../model.ts'

export type Purpose = 'write' | 'delete' | 'look'

const DELETES = wordList('delete remove clear unset destroy purge drop cleanup del rm')
const WRITES = wordList('add append create insert put replace set update upsert')
/** Of APIs that do everything by GET. */
const WRITES_BY_GET = wordList('add create dyndns edit insert modify present set txt update')

function wordList(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

/**
 * The method says it, unless everything is done by GET or POST: then the words of the URL do, and those of the body
 * where they do not speak of writing as well.
 */
export function purposeOf({ head, request }: DecodedExchange): Purpose {
  const { method, url } = head.request
  const asked = verbsOf(wordsOf(url))
  if (method === 'DELETE' || asked.some((verb) => DELETES.has(verb))) return 'delete'
  if (method === 'GET' || method === 'HEAD') return asked.some((verb) => WRITES_BY_GET.has(verb)) ? 'write' : 'look'
  const said = verbsOf(wordsIn(request))
  return said.some((verb) => DELETES.has(verb)) && !said.some((verb) => WRITES.has(verb)) ? 'delete' : 'write'
}

/** Longer words are values and keys. */
const MAX_WORD = 40
const MAX_WORDS = 400

/** Parts of the path and the query that are no names of hosts: `/records/delete?action=x` → records, delete, action, x. */
export const wordsOf = (url: string): readonly string[] =>
  url
    .replace(/^[a-z]+:\/\/[^/?#]*/i, '')
    .split(/[/?&=;#]/, MAX_WORDS)
    .filter((word) => word !== '' && word.length <= MAX_WORD && !word.includes('.'))

/** Single words that a body says: the members of JSON, the words of XML or a form. */
function wordsIn(content: Content): readonly string[] {
  const said =
    content.kind === 'json'
      ? objectsIn(content.value).flatMap(membersOf)
      : content.kind === 'text'
        ? content.text.split(/[^\w.-]+/, MAX_WORDS)
        : []
  return said.filter((word) => word.length <= MAX_WORD && /^[\w.-]+$/.test(word))
}

/** Values that are texts, and names of what is so: `{ "action": "x", "deleterecord": true }` → x, deleterecord. */
const membersOf = (object: object): readonly string[] =>
  Object.entries(object)
    .slice(0, MAX_WORDS)
    .flatMap(([name, value]) => (value === true ? [name] : typeof value === 'string' ? [value] : []))

/** `deleteRecord`, `delete_record`, `deleterecord`, `DELETE` and `nameserver.deleteRecord` say the same. */
const verbsOf = (words: readonly string[]): readonly string[] =>
  words.map((word) => {
    const verb = /(?:^|\.)([A-Z]+(?![a-z])|[A-Za-z][a-z]*)[^.]*$/.exec(word)?.[1]?.toLowerCase() ?? ''
    return verb.replace(/(?<=.)(?:dns|txt)?(?:records?|txt)$/, '')
  })
