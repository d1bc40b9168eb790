// What passed unread because nobody asked for it to be read: counted, and otherwise forgotten.
import type { Unread } from '../../../shared/api.ts'

export interface Bytes {
  readonly sent: number
  readonly received: number
}

export interface UnreadCounter {
  /** One begins, and may last for days. */
  readonly connection: (host: string) => void
  /** Of one that has ended. */
  readonly bytes: (host: string, bytes: Bytes) => void
  /** Of plain HTTP, where one connection carries requests for many hosts. */
  readonly request: (host: string) => void
  /** Null while nothing passed. */
  readonly counts: () => Unread | null
}

/** Hosts that are told apart; what goes to others is counted together. */
const MOST_HOSTS = 1_000
const MOST_TOLD = 20
/** ms; however much passes, who looks is told no more often. */
const TOLD_EVERY = 2_000

interface Count {
  connections: number
  requests: number
  bytes: number
}

/** @param onChange counts have changed, a little while ago */
export function countUnread(onChange: () => void = () => {}): UnreadCounter {
  const hosts = new Map<string, Count>()
  const elsewhere: Count = { connections: 0, requests: 0, bytes: 0 }
  const countOf = (host: string): Count => {
    const known = hosts.get(host)
    if (known) return known
    if (hosts.size >= MOST_HOSTS) return elsewhere
    const count: Count = { connections: 0, requests: 0, bytes: 0 }
    hosts.set(host, count)
    return count
  }
  let isToBeTold = false
  const add = (given: string, what: keyof Count, amount: number): void => {
    countOf(given.toLowerCase())[what] += amount
    if (isToBeTold) return
    isToBeTold = true
    setTimeout(() => {
      isToBeTold = false
      onChange()
    }, TOLD_EVERY).unref()
  }
  return {
    connection: (host) => add(host, 'connections', 1),
    bytes: (host, { sent, received }) => add(host, 'bytes', sent + received),
    request: (host) => add(host, 'requests', 1),
    counts() {
      if (hosts.size === 0) return null
      const all = [...hosts.values(), elsewhere]
      const sum = (of: keyof Count): number => all.reduce((total, count) => total + count[of], 0)
      const busiest = [...hosts].toSorted(([, a], [, b]) => b.connections + b.requests - a.connections - a.requests)
      return {
        connections: sum('connections'),
        requests: sum('requests'),
        bytes: sum('bytes'),
        hosts: hosts.size,
        busiest: busiest.slice(0, MOST_TOLD).map(([host]) => host),
      }
    },
  }
}
