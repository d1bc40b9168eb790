/**
 * Who asked? A recording may hold several clients. On the CA's leg a client says who it is (RFC 8555 §6.1); on the DNS
 * provider's it often names only its HTTP library, so a request there belongs to whoever it serves, or spoke last.
 */
import { headerValue } from '../../exchange.ts'
import { clientLabel } from '../known/clients.ts'
import type { DecodedExchange } from '../model.ts'
import { CLIENT_LANE } from './lanes.ts'

export interface Clients {
  /** By name and address. */
  readonly lanes: Map<string, string>
  /** Lane → what people call the client. */
  readonly labels: Map<string, string>
  /** Address → lane of the client that spoke to a CA from there last; `''` for any address. */
  readonly latest: Map<string, string>
  /** The earliest User-Agent of all, for a recording in which nobody spoke to a CA. */
  first: { readonly sequence: number; readonly agent: string | null } | null
}

export const noClients = (): Clients => ({ lanes: new Map(), labels: new Map(), latest: new Map(), first: null })

/** More clients than this in one recording are not told apart: each has a lane in the diagram. */
const MAX_CLIENTS = 16

/** An IPv6 address with a zone is shorter. */
const MAX_ADDRESS = 64

/** Both loopback addresses are this machine. */
const addressOf = ({ head }: DecodedExchange): string => {
  const address = (head.client.address ?? '').slice(0, MAX_ADDRESS)
  return address === '::1' || address.endsWith('127.0.0.1') ? 'loopback' : address
}

const agentOf = ({ head }: DecodedExchange): string | null => headerValue(head.request.headers, 'user-agent')

/** Lane of whoever spoke last from the same address, or at all. */
export function latestClient({ latest }: Clients, decoded: DecodedExchange): string {
  return latest.get(addressOf(decoded)) ?? latest.get('') ?? CLIENT_LANE
}

/** Lane of the client of an exchange with a CA, which may be a new one. */
export function meetClient(clients: Clients, decoded: DecodedExchange): string {
  const [agent, address] = [agentOf(decoded), addressOf(decoded)]
  const isNamed = agent !== null || clients.lanes.size === 0
  const lane = isNamed ? laneOf(clients, clientLabel(agent), address) : latestClient(clients, decoded)
  clients.latest.set(address, lane).set('', lane)
  return lane
}

function laneOf({ lanes, labels }: Clients, label: string, address: string): string {
  const key = `${label} ${address}`
  const known = lanes.get(key)
  if (known !== undefined) return known
  if (lanes.size >= MAX_CLIENTS) return CLIENT_LANE
  const isTaken = [...labels.values()].includes(label)
  const name = isTaken && address !== '' ? `${label} (${address})` : label
  const lane = lanes.size === 0 ? CLIENT_LANE : `${CLIENT_LANE}:${name}`
  lanes.set(key, lane)
  labels.set(lane, name)
  return lane
}

/** Takes note of a User-Agent; in place. */
export function noteAgent(clients: Clients, decoded: DecodedExchange): void {
  const { sequence } = decoded.head
  if (clients.first === null || sequence < clients.first.sequence) clients.first = { sequence, agent: agentOf(decoded) }
}

/** What people call the client of a lane. */
export const nameOfClient = ({ labels, first }: Clients, lane: string): string =>
  labels.get(lane) ?? clientLabel(first?.agent ?? null)
