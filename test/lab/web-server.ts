/** The machine that the names point to: what is served there while Pebble looks for answers to its challenges. */
import { mkdir, readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import { join, normalize } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import type { KeyedCertificate } from './certificates.ts'

export interface WebServer {
  /** Clients put their answers below it. */
  readonly webroot: string
  stop(): Promise<void>
}

export interface WebServerOptions {
  readonly port: number
  readonly webroot: string
  /** `files`, or the `page` that a site shows whatever it is asked for, with status 200. */
  readonly serves: 'files' | 'page'
}

const page = '<!doctype html><title>Welcome</title><p>This site is under construction.'

/** Plain HTTP on 127.0.0.1, where Pebble looks for http-01 answers; makes the folder for them. */
export async function startWebServer({ port, webroot, serves }: WebServerOptions): Promise<WebServer> {
  await mkdir(join(webroot, '.well-known', 'acme-challenge'), { recursive: true })
  const server = createServer(async (request, response) => {
    if (serves === 'page') return answer(response, 200, page)
    // Normalised from the root, so that no path leads out of the folder.
    const file = await readFile(join(webroot, normalize(`/${request.url}`)), 'utf8').catch(() => null)
    return file === null ? answer(response, 404, page) : answer(response, 200, file, 'text/plain')
  })
  await listen(server, port)
  return {
    webroot,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A TLS server like any other on 127.0.0.1, where Pebble looks for tls-alpn-01 answers: it knows no `acme-tls/1`. */
export async function startPlainTls(port: number, { certificate: cert, key }: KeyedCertificate) {
  const server = createTlsServer({ cert, key }, (socket) => socket.destroy())
  // Pebble ends the handshake as it pleases.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  await listen(server, port)
  return { stop: () => new Promise<void>((resolve) => void server.close(() => resolve())) }
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => void server.once('error', reject).listen(port, '127.0.0.1', resolve))

function answer(response: ServerResponse, status: number, body: string, type = 'text/html'): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}
