/** The participants of a recording, left to right: client, CAs, DNS providers, the rest. */
import { headerValue } from '../exchange.ts'
import { caLabel } from './known/cas.ts'
import { clientLabel } from './known/clients.ts'
import type { Lane, LaneRole, Step } from './model.ts'

export const CLIENT_LANE = 'client'
const OTHER_LANE = 'other'

const AUTHORITY = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i

/** Host and port as the URL writes them; the text itself when it is no URL. Asked of every step for every batch, so it parses nothing. */
export const hostOf = (url: string): string => AUTHORITY.exec(url)?.[1]?.toLowerCase() ?? url

/** @param provider label of the DNS provider, for a step that spoke to one */
export function laneId(role: LaneRole, url: string, provider: string | null): string {
  if (role === 'ca') return `ca:${hostOf(url)}`
  if (role === 'dns') return `dns:${provider ?? hostOf(url)}`
  return role === 'client' ? CLIENT_LANE : OTHER_LANE
}

const ROLES: readonly LaneRole[] = ['client', 'ca', 'dns', 'other']
const roleOf = (id: string): LaneRole => ROLES.find((role) => id === role || id.startsWith(`${role}:`)) ?? 'other'

/** The lanes that the steps use, each with its hosts in the order they were met. */
export function toLanes(steps: readonly Step[]): readonly Lane[] {
  const hosts = new Map<string, Set<string>>()
  for (const { to, url } of steps) hosts.set(to, (hosts.get(to) ?? new Set()).add(hostOf(url)))
  const servers = [...hosts].map(([id, met]) => ({ id, role: roleOf(id), label: labelOf(id), hosts: [...met] }))
  const client: Lane = { id: CLIENT_LANE, role: 'client', label: clientOf(steps), hosts: [] }
  return steps.length ? [client, ...ROLES.flatMap((role) => servers.filter((lane) => lane.role === role))] : []
}

function labelOf(id: string): string {
  const name = id.slice(id.indexOf(':') + 1)
  if (id.startsWith('ca:')) return caLabel(name)
  return id.startsWith('dns:') ? name : 'Other hosts'
}

/** A client often names itself on the ACME leg and only its HTTP library on the DNS leg. */
function clientOf(steps: readonly Step[]): string {
  const agents = (some: readonly Step[]) =>
    some.map((step) => headerValue(step.decoded.head.request.headers, 'user-agent')).find((agent) => agent !== null)
  return clientLabel(agents(steps.filter((step) => step.to.startsWith('ca:'))) ?? agents(steps) ?? null)
}
