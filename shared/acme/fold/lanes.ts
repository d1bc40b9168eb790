/** The participants of a recording, left to right: clients, CAs, DNS providers, the rest. */
import { caLabel } from '../known/cas.ts'
import type { Lane, LaneRole, Step } from '../model.ts'

export const CLIENT_LANE = 'client'
const OTHER_LANE = 'other'
/** Who looks for proofs, where it does not show for which CA. */
export const VALIDATORS_LANE = 'other:validators'

const AUTHORITY = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i

/** Host and port as the URL writes them; the text itself when it is no URL. Asked of every exchange, so it parses nothing. */
export const hostOf = (url: string): string => AUTHORITY.exec(url)?.[1]?.toLowerCase() ?? url

/** @param provider label of the DNS provider, for a step that spoke to one */
export function laneId(role: LaneRole, url: string, provider: string | null): string {
  if (role === 'ca') return `ca:${hostOf(url)}`
  if (role === 'dns') return `dns:${provider ?? hostOf(url)}`
  return role === 'client' ? CLIENT_LANE : OTHER_LANE
}

const ROLES: readonly LaneRole[] = ['client', 'ca', 'dns', 'other']

export const roleOf = (id: string): LaneRole =>
  ROLES.find((role) => id === role || id.startsWith(`${role}:`)) ?? 'other'

/** More lanes than this make no diagram: further servers share one with the others of their role. */
const MAX_LANES = 64
const REST = '*'

/** The lane itself, or, where there are too many already, the one for all further servers of its role. */
export function amongLanes(counts: LaneCounts, id: string): string {
  if (counts.has(id) || counts.size < MAX_LANES || !id.includes(':')) return id
  return id.slice(0, id.indexOf(':') + 1) + REST
}

/** Lane → host → how many steps speak of it, in the order they were met. */
export type LaneCounts = Map<string, Map<string, number>>

export const noLanes = (): LaneCounts => new Map()

/** Counts the two ends of a step, in place; `by` is −1 for one that is taken back. Whether a lane or a host came or went. */
export function countLanes(counts: LaneCounts, step: Pick<Step, 'from' | 'to' | 'url'>, by: 1 | -1): boolean {
  // Who is asked at its challenge port is named by its lane already, not by the names it proves.
  const host = roleOf(step.to) === 'client' ? '' : hostOf(step.url)
  const [client, server] = [count(counts, step.from, '', by), count(counts, step.to, host, by)]
  return client || server
}

function count(counts: LaneCounts, lane: string, host: string, by: 1 | -1): boolean {
  const hosts = counts.get(lane) ?? new Map<string, number>()
  const before = hosts.get(host) ?? 0
  hosts.set(host, before + by)
  if (before + by === 0) hosts.delete(host)
  if (hosts.size === 0) counts.delete(lane)
  else counts.set(lane, hosts)
  return before === 0 || before + by === 0
}

/** Hosts a lane names; only traffic that is not ours to explain has more. */
const MAX_HOSTS = 32

/**
 * The lanes that steps use, each with its hosts in the order they were met.
 * @param nameOf what people call the client of a lane
 */
export function toLanes(counts: LaneCounts, nameOf: (lane: string) => string): readonly Lane[] {
  const lanes = [...counts].map(([id, hosts]): Lane => {
    return { id, role: roleOf(id), label: labelOf(id, nameOf).slice(0, MAX_LABEL), hosts: named(hosts) }
  })
  return ROLES.flatMap((role) => lanes.filter((lane) => lane.role === role))
}

/** A name is at most 253 characters long, and nobody's lane is so wide. */
const MAX_LABEL = 80

/** The first of them: an answer to every exchange costs the same however many hosts there are. */
function named(hosts: ReadonlyMap<string, number>): readonly string[] {
  const found: string[] = []
  for (const host of hosts.keys()) {
    if (found.length === MAX_HOSTS) break
    if (host !== '') found.push(host)
  }
  return found
}

function labelOf(id: string, nameOf: (lane: string) => string): string {
  if (roleOf(id) === 'client') return nameOf(id)
  if (id === VALIDATORS_LANE) return 'Validators'
  const name = id.slice(id.indexOf(':') + 1)
  if (name === REST) return id.startsWith('ca:') ? 'Other CAs' : 'Other DNS providers'
  if (id.startsWith('ca:')) return caLabel(name)
  return id.startsWith('dns:') ? name : 'Other hosts'
}
