/** Bodies, fetched when someone looks at them. */
import { useEffect, useState } from 'react'
import type { Step } from '../../shared/acme/model.ts'
import type { Exchange } from '../../shared/exchange.ts'
import { useSession } from '../session/session.ts'
import type { Source } from '../source/source.ts'

const KEPT = 24
const shelves = new WeakMap<Source, Map<string, Promise<Exchange>>>()

/** Asks once per exchange and state (an answer may come later); a failure is not kept. */
function fetchOnce(source: Source, id: string, state: string): Promise<Exchange> {
  const shelf = shelves.get(source) ?? new Map<string, Promise<Exchange>>()
  shelves.set(source, shelf)
  const key = `${id} ${state}`
  const known = shelf.get(key)
  if (known !== undefined) return known
  const asked = source.exchange(id)
  asked.catch(() => shelf.delete(key))
  shelf.set(key, asked)
  const [oldest] = shelf.keys()
  if (shelf.size > KEPT && oldest !== undefined) shelf.delete(oldest)
  return asked
}

export type Fetched =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly exchange: Exchange }
  | { readonly kind: 'failed'; readonly why: string }

const waiting: Fetched = { kind: 'waiting' }

export function useExchange(step: Step): Fetched {
  const source = useSession((session) => session.source)
  const [fetched, setFetched] = useState(waiting)
  const { exchange, decoded } = step
  const { state } = decoded.head
  useEffect(() => {
    if (source === null) return
    let current = true
    const put = (next: Fetched) => current && setFetched(next)
    fetchOnce(source, exchange, state).then(
      (whole) => put({ kind: 'here', exchange: whole }),
      (error: unknown) => put({ kind: 'failed', why: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      current = false
    }
  }, [source, exchange, state])
  return fetched
}
