/** Part of `npm test`: brings the real programs that the tests speak to, where that is ours to do. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { missingPackages, peerPrograms } from './lab/peers.ts'

const policy = '/usr/sbin/policy-rc.d'
// Debian's maintainer scripts ask this program before they start anything; 101 is "no" (invoke-rc.d(8)).
const refusal = '#!/bin/sh\n# Of acmescope, for as long as it installs what its tests need.\nexit 101\n'
const aside = `${policy}.before-acmescope-tests`

// apt-get is in our process group and gets a signal itself; we stay to put the policy back.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

process.exitCode = main()

function main(): number {
  const missing = missingPackages()
  if (missing.length === 0) return say('All programs that the tests speak to are here.', 0)
  const reason = whyNotInstall()
  if (reason === undefined) return install(missing)
  const what = `Missing for the tests: ${missing.join(' ')} (${reason}).`
  if (process.env.CI === 'true') return say(`${what} CI skips nothing.`, 1)
  return say(`${what} THE TESTS THAT NEED THEM ARE SKIPPED.`, 0)
}

function whyNotInstall(): string | undefined {
  if (!existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get'))
    return 'not a Debian, so install them yourself'
  if (process.getuid?.() !== 0)
    return `not root, so run: sudo apt-get install --no-install-recommends ${missingPackages().join(' ')}`
  return undefined
}

function install(missing: readonly string[]): number {
  say(`Installing with apt-get, as this is root on Debian: ${missing.join(' ')}`, 0)
  if (existsSync(policy) && readFileSync(policy, 'utf8') !== refusal) renameSync(policy, aside)
  writeFileSync(policy, refusal, { mode: 0o755 })
  try {
    const done = apt('update') && apt('install', '-y', '--no-install-recommends', ...missing)
    keepOff(peerPrograms.flatMap((peer) => (missing.includes(peer.package) ? (peer.unit ?? []) : [])))
    return done && missingPackages().length === 0 ? 0 : say(`apt-get could not bring all of: ${missing.join(' ')}`, 1)
  } finally {
    rmSync(policy, { force: true })
    if (existsSync(aside)) renameSync(aside, policy)
  }
}

/** Packages enable what they bring: a timer that renews twice a day, a web server. Whoever wanted the tests did not ask for that. */
function keepOff(units: readonly string[]): void {
  if (units.length === 0) return
  if (!existsSync('/usr/bin/systemctl')) return void say(`No systemd here, so no ${units.join(', ')}.`, 0)
  spawnSync('systemctl', ['disable', ...units], { stdio: 'inherit' })
  if (!existsSync('/run/systemd/system'))
    say(`systemd is not running here; ${units.join(', ')} will be off when it does.`, 0)
}

function apt(...args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', ['-q', ...args], { stdio: 'inherit', env }).status === 0
}

function say(message: string, code: number): number {
  console.error(message)
  return code
}
