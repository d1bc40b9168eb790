/** The query as it is typed, as it applies, and as the address holds it. */
import { useDebouncedCallback } from '@mantine/hooks'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { type Parsed, parseQuery } from '../../shared/query/parse.ts'
import type { Query } from '../../shared/query/query.ts'
import { goTo, usePlace } from '../session/location.ts'

/** The address follows when nobody has typed for as long, in ms. */
const PAUSE_MS = 250

const ALL: Query = { kind: 'all' }

export interface TypedQuery {
  readonly text: string
  readonly parsed: Parsed
  /** What applies: of a text that cannot be read as a whole what can, or else the last one that could. */
  readonly query: Query
  /** Each letter as it is typed. */
  readonly type: (text: string) => void
  /** A query as a whole, as from a click: with a step in the browser's history. */
  readonly ask: (text: string) => void
}

/** The query without the word that is wrong; null where that is not all. */
function readableOf(text: string): Query | null {
  const { query, error } = parseQuery(text)
  if (query !== null) return query
  const end = text.slice(error.from).search(/\s/)
  return parseQuery(`${text.slice(0, error.from)} ${end < 0 ? '' : text.slice(error.from + end)}`).query
}

export function useQuery(): TypedQuery {
  const { query: address } = usePlace()
  const [text, setText] = useState(address)
  const written = useRef(address)
  const valid = useRef(ALL)

  // From a link, or back through the history.
  useEffect(() => {
    if (address === written.current) return
    written.current = address
    setText(address)
  }, [address])

  const write = (next: string, how: 'push' | 'replace') => {
    if (parseQuery(next).error !== null) return
    written.current = next.trim()
    goTo({ query: next.trim() }, how)
  }
  const follow = useDebouncedCallback((next: string) => write(next, 'replace'), PAUSE_MS)

  const applied = useDeferredValue(text)
  const parsed = useMemo(() => parseQuery(text), [text])
  const query = useMemo(() => {
    valid.current = readableOf(applied) ?? valid.current
    return valid.current
  }, [applied])

  return {
    text,
    parsed,
    query,
    type: (next) => {
      setText(next)
      follow(next)
    },
    ask: (next) => {
      follow.cancel()
      setText(next)
      write(next, 'push')
    },
  }
}
