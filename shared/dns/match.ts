/** What a TXT record says, however a provider writes it down. */

const CHUNK = /\s*"((?:[^"\\]|\\[\s\S])*)"\s*/y

/**
 * The value of a TXT record's content. Providers may give it as in a zone file (RFC 1035 §5.1): quoted, in chunks, with
 * escapes. A content that is not wholly of that form is the value itself.
 */
export function txtValue(content: string): string {
  if (!content.trimStart().startsWith('"')) return content
  let value = ''
  CHUNK.lastIndex = 0
  for (let end = 0; end < content.length; end = CHUNK.lastIndex) {
    const chunk = CHUNK.exec(content)?.[1]
    if (chunk === undefined) return content
    value += withoutEscapes(chunk)
  }
  return value
}

/** `\DDD` is the octet of that decimal number, any other escaped character itself. */
const withoutEscapes = (chunk: string): string =>
  chunk.replace(/\\(\d{3}|[\s\S])/g, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped,
  )
