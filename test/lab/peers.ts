/** Which real programs the tests need, and the one place that decides what happens where one is missing. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isAllowed } from './namespaces.ts'

/** A program of Debian's, by the package that brings it. */
export interface PeerProgram {
  readonly package: string
  readonly isThere: () => boolean
  /** What the package turns on by itself, and nobody who only wants the tests asked for. */
  readonly unit?: string
}

export const peerPrograms: readonly PeerProgram[] = [
  { package: 'pebble', isThere: () => onPath('pebble') },
  { package: 'lego', isThere: () => onPath('lego') },
  { package: 'certbot', isThere: () => onPath('certbot'), unit: 'certbot.timer' },
  { package: 'python3-certbot-dns-cloudflare', isThere: () => pythonHas('certbot_dns_cloudflare') },
  { package: 'uacme', isThere: () => onPath('uacme') },
  { package: 'dehydrated', isThere: () => onPath('dehydrated') },
  { package: 'acme-tiny', isThere: () => onPath('acme-tiny') },
  { package: 'acmetool', isThere: () => onPath('acmetool') },
  { package: 'caddy', isThere: () => onPath('caddy'), unit: 'caddy.service' },
  // Not the package apache2, which would run a web server: this is the program and its modules, mod_md among them.
  { package: 'apache2-bin', isThere: () => existsSync('/usr/lib/apache2/modules/mod_md.so') },
  { package: 'chromium', isThere: () => onPath('chromium') },
  { package: 'iproute2', isThere: () => onPath('ip') },
  // What stands for other people's programs, in Python and in Go.
  { package: 'python3-requests', isThere: () => pythonHas('requests') },
  { package: 'python3-httpx', isThere: () => pythonHas('httpx') },
  { package: 'golang-go', isThere: () => onPath('go') },
  // For what it says of a unit; the machine need not run it.
  { package: 'systemd', isThere: () => onPath('systemd-analyze') },
  { package: 'buildah', isThere: () => onPath('buildah') },
  { package: 'debootstrap', isThere: () => onPath('debootstrap') },
  { package: 'gnutls-bin', isThere: () => onPath('gnutls-cli') },
  // Proxies that others run: HTTP with CONNECT, and SOCKS5. Not the package tinyproxy, which would start one.
  { package: 'tinyproxy-bin', isThere: () => onPath('tinyproxy') },
  { package: 'microsocks', isThere: () => onPath('microsocks') },
  { package: 'curl', isThere: () => onPath('curl') },
  { package: 'openssl', isThere: () => onPath('openssl') },
]

/** The packages whose program is not here, of those named or of all. */
export function missingPackages(wanted?: readonly string[]): readonly string[] {
  const known = peerPrograms.map((program) => program.package)
  const unknown = wanted?.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new Error(`${unknown} is not in the list of peer programs`)
  return peerPrograms
    .filter((peer) => wanted?.includes(peer.package) ?? true)
    .filter((peer) => !peer.isThere())
    .map((peer) => peer.package)
}

/**
 * For `describe.skipIf(skipWithout('pebble', 'lego'))`: true when one is missing, said on stderr. Under `CI=true`
 * nothing is skipped: it throws.
 */
export function skipWithout(...packages: readonly string[]): boolean {
  const missing = missingPackages(packages)
  if (missing.length === 0) return false
  return skip(missing.join(', '))
}

/** The same for the namespaces that some clients run in. */
export function skipWithoutNamespace(namespace: readonly string[] | null): boolean {
  return isAllowed(namespace) ? false : skip(`the right to run ${namespace?.join(' ')} (root has it)`)
}

function skip(what: string): true {
  if (process.env.CI === 'true') throw new Error(`these tests need ${what}, and CI skips nothing`)
  console.error(`SKIPPED, because the machine lacks: ${what}`)
  return true
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Asks the interpreter that Debian's certbot itself runs on, not whichever comes first on PATH. */
function pythonHas(module: string): boolean {
  return spawnSync('/usr/bin/python3', ['-c', `import ${module}`], { stdio: 'ignore', timeout: 20_000 }).status === 0
}
