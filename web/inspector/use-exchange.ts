/** Bodies, fetched when someone looks at them. */
import { useEffect, useState } from 'react'
import type { Step } from '../../shared/acme/model.ts'
import type { Exchange } from '../../shared/exchange.ts'
import { useSession } from '../session/session.ts'
import type { Source } from '../source/source.ts'

const KEPT = 24

interface Asked {
  readonly promise: Promise<Exchange>
  /** Once it is here, so that who looks again does not wait for a moment. */
  here: Exchange | null
}

const shelves = new WeakMap<Source, Map<string, Asked>>()

/** Asks once per exchange and state (an answer may come later); a failure is not kept. */
function ask(source: Source, id: string, state: string): Asked {
  const shelf = shelves.get(source) ?? new Map<string, Asked>()
  shelves.set(source, shelf)
  const key = `${id} ${state}`
  const known = shelf.get(key)
  if (known !== undefined) return known
  const asked: Asked = { promise: source.exchange(id), here: null }
  asked.promise.then(
    (exchange) => {
      asked.here = exchange
    },
    () => shelf.delete(key),
  )
  shelf.set(key, asked)
  const [oldest] = shelf.keys()
  if (shelf.size > KEPT && oldest !== undefined) shelf.delete(oldest)
  return asked
}

/** The whole exchange, as it is by now. */
export const fetchWhole = (source: Source, { exchange, decoded }: Step): Promise<Exchange> =>
  ask(source, exchange, decoded.head.state).promise

export type Fetched =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly exchange: Exchange }
  | { readonly kind: 'failed'; readonly why: string }

const WAITING: Fetched = { kind: 'waiting' }

/** While the answer to a running exchange is fetched, what is known of it stays. Of one step: a key must tell them apart. */
export function useExchange(step: Step): Fetched {
  const source = useSession((session) => session.source)
  const { exchange, decoded } = step
  const { state } = decoded.head
  const [fetched, setFetched] = useState<Fetched>(() => {
    const here = source && ask(source, exchange, state).here
    return here ? { kind: 'here', exchange: here } : WAITING
  })
  useEffect(() => {
    if (source === null) return
    let current = true
    const put = (next: Fetched) => current && setFetched(next)
    ask(source, exchange, state).promise.then(
      (whole) => put({ kind: 'here', exchange: whole }),
      (error: unknown) => put({ kind: 'failed', why: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      current = false
    }
  }, [source, exchange, state])
  return fetched
}
