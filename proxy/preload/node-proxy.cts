// Loaded by every Node program that `run` starts, before its own code (NODE_OPTIONS=--require): leads its HTTPS to the proxy of
// its environment. Node by itself does so only from 22.21 and 24 on, and never for an agent that a program made for itself.
// Whatever fails here, the program goes on as it would without us.
import type { Agent } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ConnectionOptions } from 'node:tls'

const http: typeof import('node:http') = require('node:http')
const https: typeof import('node:https') = require('node:https')

type Options = ConnectionOptions & { readonly host?: string; readonly port?: number }
type Connected = (error: Error | null, socket?: Duplex) => void
type CreateConnection = (this: Agent, options: Options, connected?: Connected) => Duplex | undefined

const proxy = process.env.HTTPS_PROXY
if (proxy) {
  attempt(() => leadAgents(new URL(proxy)))
  attempt(leadFetch)
}

function attempt(what: () => void): void {
  try {
    what()
  } catch {
    // A Node that is too old for it.
  }
}

/** Every agent of `https`, the program's own too, makes its connections by this: through a tunnel, then as ever. */
function leadAgents({ protocol, hostname, port, username, password }: URL): void {
  if (protocol !== 'http:') return
  const prototype = https.Agent.prototype as unknown as { createConnection: CreateConnection }
  const direct = prototype.createConnection
  const via = { host: hostname.replace(/^\[|\]$/g, ''), port, method: 'CONNECT', agent: false } as const
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const allowed = username ? { 'proxy-authorization': `Basic ${credentials}` } : {}
  prototype.createConnection = function (options, connected) {
    const doesItself = 'proxyEnv' in this.options && Boolean(this.options.proxyEnv)
    if (doesItself || options.socket || options.path || !connected) return direct.call(this, options, connected)
    const host = options.host?.includes(':') ? `[${options.host}]` : options.host
    const path = `${host}:${options.port ?? 443}`
    http
      .request({ ...via, path, headers: { host: path, ...allowed } })
      .once('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) connected(null, direct.call(this, { ...options, socket: socket as Socket }))
        else connected(new Error(`the proxy answered ${statusCode} to CONNECT ${path}`))
      })
      .once('error', connected)
      .end()
    return undefined
  }
}

/** `fetch`, and undici where a program brings its own; a Node that does it by itself (NODE_USE_ENV_PROXY) needs no help. */
function leadFetch(): void {
  if (process.allowedNodeEnvironmentFlags.has('--use-env-proxy')) return
  const { ProxyAgent, setGlobalDispatcher } = require('undici') as typeof import('undici')
  setGlobalDispatcher(new ProxyAgent(proxy ?? ''))
}
