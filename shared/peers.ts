/** Who speaks in a recording, as far as its beginning shows: enough to know one from another in a list. */
import { type Exchange, headerValue } from './exchange.ts'

export interface Peers {
  /** What clients called themselves, in the order in which they came. */
  readonly agents: readonly string[]
  /** What was asked, with ports, in the order in which it was. */
  readonly hosts: readonly string[]
}

/** Exchanges that are looked at: by then everyone has spoken. */
export const PEERS_FROM = 200
const MOST = 12
const MOST_CHARACTERS = 500

const without = (values: readonly string[]): readonly string[] =>
  [...new Set(values)].filter((value) => value !== '').slice(0, MOST)

export const peersOf = (exchanges: readonly Pick<Exchange, 'request'>[]): Peers => ({
  agents: without(
    exchanges.map(({ request }) => headerValue(request.headers, 'user-agent')?.slice(0, MOST_CHARACTERS) ?? ''),
  ),
  hosts: without(
    exchanges.map(({ request: { url } }) => (URL.canParse(url) ? new URL(url).host.slice(0, MOST_CHARACTERS) : '')),
  ),
})
