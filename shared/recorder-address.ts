/** Where the recorder is, seen from where the client runs. */
import type { RecorderInfo } from './api.ts'
import { shellQuoted } from './shell.ts'

const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\])$/
const EVERYWHERE = /^(?:0\.0\.0\.0|\[::\])$/

const hostOf = (proxy: string): string => new URL(proxy).hostname
function at(proxy: string, host: string): string {
  const { username, password, port } = new URL(proxy)
  return `http://${username ? `${username}:${password}@` : ''}${host}:${port || '80'}`
}

/** Where it listens on every address, the one by which this page is reached is one of them. */
export function asSeenFrom(pageHost: string, recorder: RecorderInfo): RecorderInfo {
  if (!EVERYWHERE.test(hostOf(recorder.proxy)) || isOwnMachine(pageHost)) return recorder
  return { ...recorder, proxy: at(recorder.proxy, pageHost) }
}

/** Whether a page under this name comes from the machine that shows it. */
export const isOwnMachine = (pageHost: string): boolean => LOOPBACK.test(pageHost) || EVERYWHERE.test(pageHost)

/** Nobody but this machine reaches it, and no container of this machine's. */
export const isLocalOnly = (proxy: string): boolean => LOOPBACK.test(hostOf(proxy))

/** From this machine. Where it listens on every address, loopback is one of them. */
export const fromHere = (proxy: string): string =>
  EVERYWHERE.test(hostOf(proxy)) ? at(proxy, hostOf(proxy) === '[::]' ? '[::1]' : '127.0.0.1') : proxy

/** From a container of this machine's: its own loopback is another one. */
export const fromContainer = (proxy: string): string =>
  isLocalOnly(proxy) || EVERYWHERE.test(hostOf(proxy)) ? at(proxy, 'host.docker.internal') : proxy

/** What stands where nobody but the reader knows what to put. */
export const THIS_MACHINE = 'ADDRESS-OF-THIS-MACHINE'

/** From a cluster, which has its own network. */
export const fromCluster = (proxy: string): string =>
  isLocalOnly(proxy) || EVERYWHERE.test(hostOf(proxy)) ? at(proxy, THIS_MACHINE) : proxy

/** The address of Docker's own bridge on Linux, where `host-gateway` leads; containers reach it, other machines do not. */
export const DOCKER_BRIDGE = '172.17.0.1'

/** The command that starts this recorder again, on the same ports and folder, listening elsewhere. */
export function restartAt({ proxy, ui, recordingsFolder }: RecorderInfo, host: string): string {
  const { port, username, password } = new URL(proxy)
  const ports = ['--proxy-port', port, '--ui-port', new URL(ui).port]
  const auth = username ? ['--proxy-auth', shellQuoted(`${decodeURIComponent(username)}:${password}`)] : []
  return ['acmescope', '--proxy-host', host, ...ports, ...auth, '--recordings', shellQuoted(recordingsFolder)].join(' ')
}
