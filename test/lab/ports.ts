/** Loopback ports for peers that cannot pick one themselves. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** Below what the kernel gives to who asks for any: nobody has one of these by chance. */
const FIRST = 20_000
const COUNT = 12_000

/** A file for each port that somebody's tests have taken, with their process in it. */
const claims = join(tmpdir(), `acmescope-ports-${userInfo().uid}`)
const claimed = new Set<number>()
process.on('exit', () => {
  for (const port of claimed) rmSync(join(claims, String(port)), { force: true })
})

/**
 * `count` ports, all different, that nothing listens on and that no other process of these tests gets as long as this one
 * lives. Who starts a peer on one must still be ready to find it taken: anything else on this machine may listen there.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = []
  while (ports.length < count) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (claim(port) && (await isFree(port))) ports.push(port)
  }
  return ports
}

function claim(port: number): boolean {
  mkdirSync(claims, { recursive: true })
  const path = join(claims, String(port))
  if (isAbandoned(path)) rmSync(path, { force: true })
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    claimed.add(port)
    return true
  } catch {
    return false
  }
}

/** Left by a process that was killed. */
function isAbandoned(path: string): boolean {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
