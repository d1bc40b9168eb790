/** Asks the recorder for what all recordings hold, once a person has stopped typing. */
import { useEffect, useState } from 'react'
import type { SearchAnswer } from '../../shared/api.ts'
import { wordsOf } from '../app/words-of.ts'
import { searchRecordings } from '../source/api.ts'

export type Search =
  /** Too little to look for. */
  | { readonly kind: 'none' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly words: string; readonly answer: SearchAnswer }
  | { readonly kind: 'failed'; readonly why: string }

const PAUSE_MS = 200
export const LEAST = 2

/** What was found before stays until the next answer is here. */
export function useSearch(given: string): Search {
  const words = given.trim()
  const [search, setSearch] = useState<Search>({ kind: 'none' })
  useEffect(() => {
    if (words.length < LEAST) {
      setSearch({ kind: 'none' })
      return
    }
    setSearch((before) => (before.kind === 'found' ? before : { kind: 'searching' }))
    const gone = new AbortController()
    const timer = setTimeout(() => {
      searchRecordings(words, gone.signal).then(
        (answer) => setSearch({ kind: 'found', words, answer }),
        (error: unknown) => gone.signal.aborted || setSearch({ kind: 'failed', why: wordsOf(error) }),
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      gone.abort()
    }
  }, [words])
  return search
}
