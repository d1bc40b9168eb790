/** Fields: who asked whom, and for what address. */
import { hostOf } from '../../acme/fold/lanes.ts'
import type { Known } from '../query.ts'
import { type Chapter, present, textRow } from './row.ts'

const hostAndPort = (host: string | null, port: number | null): string | null =>
  host === null || port === null ? host : `${host}:${port}`

/** Role and name of a lane. */
function laneWords({ analysis }: Known, id: string): readonly string[] {
  const lane = analysis.lanes.find((one) => one.id === id)
  return lane ? [lane.role, lane.label] : [id]
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url
  const { pathname, search } = new URL(url)
  return pathname + search
}

export const whom: Chapter = {
  title: 'Who asked whom',
  rows: [
    textRow({
      name: 'host',
      meaning: 'Host and port that was asked, or that a connection was for.',
      example: 'host:cloudflare',
      isEverywhere: false,
      ofStep: ({ url }) => [hostOf(url)],
      ofConnection: ({ host, port }) => present(hostAndPort(host, port)),
    }),
    textRow({
      name: 'url',
      meaning: 'The whole URL.',
      example: 'url:https://api.cloudflare.com/client',
      isOffered: false,
      ofStep: ({ url }) => [url],
      ofConnection: ({ host, port }) => present(hostAndPort(host, port)),
    }),
    textRow({
      name: 'path',
      meaning: 'Path and query of the URL.',
      example: 'path:/dns_records',
      isEverywhere: false,
      isOffered: false,
      ofStep: ({ url }) => [pathOf(url)],
    }),
    textRow({
      name: 'method',
      meaning: 'HTTP method, whole.',
      example: 'method:HEAD',
      match: 'whole',
      ofStep: ({ method }) => [method],
    }),
    textRow({
      name: 'lane',
      meaning: 'Either end, by its name or as client, ca, dns or other.',
      example: 'lane:traefik',
      from: 'lanes',
      ofStep: ({ from, to }, known) => [...laneWords(known, from), ...laneWords(known, to)],
    }),
    textRow({
      name: 'from',
      meaning: 'Who asked, by the same words.',
      example: 'from:lego',
      from: 'lanes',
      isEverywhere: false,
      ofStep: ({ from }, known) => laneWords(known, from),
    }),
    textRow({
      name: 'to',
      meaning: 'Who was asked, by the same words.',
      example: 'to:dns',
      from: 'lanes',
      isEverywhere: false,
      ofStep: ({ to }, known) => laneWords(known, to),
    }),
    textRow({
      name: 'client',
      meaning: 'Address of who asked, and its program where we started it.',
      example: 'client:127.0.0.1',
      ofStep: ({ decoded: { head } }) =>
        present(hostAndPort(head.client.address, head.client.port), head.client.process),
      ofConnection: ({ client }) => present(hostAndPort(client.address, client.port), client.process),
    }),
    textRow({
      name: 'provider',
      meaning: 'DNS provider whose API was asked.',
      example: 'provider:cloudflare',
      ofStep: ({ dns }) => present(dns?.provider),
    }),
  ],
}
