/** Who speaks in a recording, asked for the rows in view only. */
import { useEffect, useState } from 'react'
import { caLabel } from '../../shared/acme/known/cas.ts'
import { clientLabel, clientRow } from '../../shared/acme/known/clients.ts'
import { providerAt } from '../../shared/dns/providers.ts'
import type { Peers } from '../../shared/peers.ts'
import type { RecordingSummary } from '../../shared/recording.ts'
import { fetchPeers } from '../source/api.ts'

/** Who scrolls past asks for nothing. */
const PAUSE_MS = 120
/** By then everyone has spoken, in all likelihood. */
const SETTLED = 20

const known = new Map<string, string>()

const hostName = (host: string): string => {
  const name = host.replace(/:\d+$/, '')
  return providerAt(name)?.label ?? caLabel(name)
}

/** The libraries of a client introduce themselves as well: of no interest beside one that has a name. */
function clientsOf(agents: readonly string[]): readonly string[] {
  const named = agents.filter((agent) => clientRow(agent) !== null)
  return [...new Set((named.length > 0 ? named : agents.slice(0, 1)).map(clientLabel))]
}

/** `lego 4.9.1 → Let's Encrypt (staging), Cloudflare` */
const inWords = ({ agents, hosts }: Peers): string =>
  [clientsOf(agents), [...new Set(hosts.map(hostName))]]
    .map((names) => names.join(', '))
    .filter(Boolean)
    .join(' → ')

/** Empty until it is known, and for a recording in which nobody spoke. */
export function usePeers({ id, exchanges }: RecordingSummary): string {
  // One that grows may have met others since.
  const key = `${id} ${Math.min(exchanges, SETTLED)}`
  const [, setArrived] = useState(key)
  useEffect(() => {
    if (exchanges === 0 || known.has(key)) return
    let isGone = false
    const timer = setTimeout(() => {
      fetchPeers(id).then(
        (peers) => {
          known.set(key, inWords(peers))
          if (!isGone) setArrived(`${key} here`)
        },
        () => undefined, // A row says the rest without it.
      )
    }, PAUSE_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [id, exchanges, key])
  return known.get(key) ?? ''
}
