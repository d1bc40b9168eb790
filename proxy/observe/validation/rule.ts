// `--validation WAY=[ADDR:]PORT:HOST:PORT`: at which port a forwarder of ours listens, and what stands behind it.
import type { Target } from '../../capture/upstream/connect-to.ts'

/** The kinds of validation that come to a port of the client. */
export const WAYS = ['http-01', 'tls-alpn-01'] as const
export type Way = (typeof WAYS)[number]

export interface ValidationRule {
  readonly way: Way
  /** Null: every address of this machine, since a CA comes from outside. */
  readonly address: string | null
  /** 0 takes a free one. */
  readonly port: number
  /** Where the client, or its site, listens. */
  readonly to: Target
}

const HOST = String.raw`\[[\da-fA-F:.%\w]+\]|[^:[\]\s/]+`
const FORM = new RegExp(String.raw`^([\w-]+)=(?:(${HOST}):)?(\d{1,5}):(${HOST}):(\d{1,5})$`)
const HIGHEST_PORT = 65_535

/** Null when the text is not of that form, or names a way that does not exist. IPv6 addresses stand in brackets. */
export function parseValidation(text: string): ValidationRule | null {
  const [, said = '', address, port = '', host = '', toPort = ''] = FORM.exec(text) ?? []
  const way = WAYS.find((each) => each === said)
  if (!way || Number(port) > HIGHEST_PORT || Number(toPort) > HIGHEST_PORT || Number(toPort) === 0) return null
  return {
    way,
    address: address === undefined ? null : bare(address),
    port: Number(port),
    to: { host: bare(host), port: Number(toPort) },
  }
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')

/** `client:8080`, `[::1]:8080`. */
export const toText = ({ host, port }: Target): string => `${host.includes(':') ? `[${host}]` : host}:${port}`
