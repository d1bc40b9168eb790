// What passed unread because nobody asked for it to be read: counted, and otherwise forgotten.
import type { Unread } from '../../../shared/api.ts'

export interface Passed {
  readonly host: string
  /** Of plain HTTP, where one connection carries requests for many hosts. */
  readonly isRequest?: true
  /** As the client sees it. */
  readonly bytes?: { readonly sent: number; readonly received: number }
}

export interface UnreadCounter {
  readonly add: (passed: Passed) => void
  /** Null while nothing passed. */
  readonly counts: () => Unread | null
}

/** Hosts that are told apart; what goes to others is counted together. */
const MOST_HOSTS = 1_000
const MOST_TOLD = 20

interface Count {
  connections: number
  requests: number
  bytes: number
}

/** @param onHost one more is known */
export function countUnread(onHost: () => void = () => {}): UnreadCounter {
  const hosts = new Map<string, Count>()
  const elsewhere: Count = { connections: 0, requests: 0, bytes: 0 }
  const countOf = (host: string): Count => {
    const known = hosts.get(host)
    if (known) return known
    if (hosts.size >= MOST_HOSTS) return elsewhere
    const count: Count = { connections: 0, requests: 0, bytes: 0 }
    hosts.set(host, count)
    onHost()
    return count
  }
  return {
    add({ host, isRequest, bytes }) {
      const count = countOf(host.toLowerCase())
      if (isRequest) count.requests++
      else count.connections++
      count.bytes += (bytes?.sent ?? 0) + (bytes?.received ?? 0)
    },
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
