// `--connect-to HOST1:PORT1:HOST2:PORT2`, as in curl: who is asked for stays, where we connect changes.

export interface ConnectTo {
  /** Null: any. */
  readonly host: string | null
  readonly port: number | null
  /** Null: as asked for. */
  readonly toHost: string | null
  readonly toPort: number | null
}

export interface Target {
  readonly host: string
  readonly port: number
}

const FORM = /^(\[[^\]]*\]|[^:[\]]*):(\d*):(\[[^\]]*\]|[^:[\]]*):(\d*)$/
const HIGHEST_PORT = 65_535

/** Null when the text is not of that form. IPv6 addresses stand in brackets; an empty part is a wildcard. */
export function parseConnectTo(text: string): ConnectTo | null {
  const [, host = '', port = '', toHost = '', toPort = ''] = FORM.exec(text) ?? []
  if (!FORM.test(text) || [port, toPort].some((each) => Number(each) > HIGHEST_PORT)) return null
  return { host: toName(host), port: toPortNumber(port), toHost: toName(toHost), toPort: toPortNumber(toPort) }
}

const toName = (text: string): string | null => text.replace(/^\[|\]$/g, '').toLowerCase() || null
const toPortNumber = (text: string): number | null => (text === '' ? null : Number(text))

/** Where to connect for a target; the first row that fits decides. Null: no row fits. */
export function redirected(rows: Iterable<ConnectTo>, target: Target): Target | null {
  const name = target.host.toLowerCase()
  for (const row of rows) {
    if (row.host !== null && row.host !== name) continue
    if (row.port !== null && row.port !== target.port) continue
    return { host: row.toHost ?? target.host, port: row.toPort ?? target.port }
  }
  return null
}
