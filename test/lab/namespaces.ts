/** Linux namespaces that some clients need, so that the machine itself stays as it is. */
import { spawnSync } from 'node:child_process'

const isRoot = process.getuid?.() === 0

/** Runs what follows with mounts of its own. Root may do that; anybody else must be root inside a user namespace for it. */
export const mountNamespace: readonly string[] = ['unshare', '--mount', ...(isRoot ? [] : ['--map-root-user'])]

/** A network of its own, and mounts in it. */
export const networkNamespace: readonly string[] = ['unshare', '--net', '--mount']

/** Lets root pass for an ordinary user, with root's access to files; null where there is no need, as this is no root. */
export const userNamespace: readonly string[] | null = isRoot
  ? ['unshare', '--user', '--map-user=33', '--map-group=33']
  : null

/** Whether the kernel lets this user have it. */
export function isAllowed(namespace: readonly string[] | null): boolean {
  const [program, ...args] = [...(namespace ?? []), 'true']
  return spawnSync(program ?? 'true', args, { stdio: 'ignore', timeout: 20_000 }).status === 0
}
