/** Proxies as they stand between a network and the world, which ask for credentials and write down whom they connect to. */
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Lab } from './lab.ts'
import { freePorts } from './ports.ts'
import { start } from './processes.ts'

export interface WorldProxy {
  /** Without credentials: `http://127.0.0.1:PORT`. */
  readonly url: string
  /** What it wrote so far. */
  log(): string
  stop(): Promise<void>
}

export const worldCredentials = { user: 'corp', password: 'w0rld-s3cret' } as const

const patience = 10_000

/** Neither says when it is ready. */
async function listening(port: number): Promise<void> {
  const deadline = performance.now() + patience
  while (!(await takes(port))) {
    if (performance.now() > deadline) throw new Error(`nothing listens at port ${port}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function takes(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** Tinyproxy: HTTP, with Basic authentication. */
export async function startTinyproxy(lab: Lab): Promise<WorldProxy> {
  const [port = 0] = await freePorts(1)
  const config = join(lab.folder, `tinyproxy-${port}.conf`)
  const { user, password } = worldCredentials
  const lines = [
    `Port ${port}`,
    'Listen 127.0.0.1',
    'Allow 127.0.0.1',
    'LogLevel Connect',
    `BasicAuth ${user} ${password}`,
  ]
  await writeFile(config, `${lines.join('\n')}\n`)
  const running = start({ argv: ['tinyproxy', '-d', '-c', config] })
  await listening(port)
  return { url: `http://127.0.0.1:${port}`, log: running.output, stop: async () => void (await running.stop()) }
}

/** microsocks: SOCKS5, with user name and password. */
export async function startMicrosocks(): Promise<WorldProxy> {
  const [port = 0] = await freePorts(1)
  const { user, password } = worldCredentials
  const running = start({ argv: ['microsocks', '-i', '127.0.0.1', '-p', String(port), '-u', user, '-P', password] })
  await listening(port)
  return { url: `socks5://127.0.0.1:${port}`, log: running.output, stop: async () => void (await running.stop()) }
}
