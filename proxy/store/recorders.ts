/**
 * Which recorders are alive. Each holds an exclusive lock on a file of its own; the system lets go of it however the
 * process ends. Process ids would not do: two containers on one folder are both process 1.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'

export interface RecorderClaim {
  readonly id: string
  release(): void
}

const lockPath = (folder: string, id: string): string => join(folder, `.recorder-${id}.lock`)

/** SQLite's file locks, because Node has none. The file stays empty. */
function lock(path: string): Libsql.Database | null {
  const file = new Libsql(path, { timeout: 0 })
  try {
    file.exec('begin exclusive')
    return file
  } catch {
    file.close()
    return null
  }
}

/** @param id new for every opening of the store */
export function claimRecorder(folder: string, id: string): RecorderClaim {
  const held = lock(lockPath(folder, id))
  return {
    id,
    release: () => {
      held?.close()
      forgetRecorder(folder, id)
    },
  }
}

/** Whether the recorder that took this id still runs. A folder that cannot be written has none: nobody could record. */
export function isRecorderAlive(folder: string, id: string): boolean {
  const path = lockPath(folder, id)
  if (!existsSync(path)) return false
  try {
    const taken = lock(path)
    taken?.close()
    return taken === null
  } catch {
    return false
  }
}

/** Removes what a recorder that is gone left behind. */
export function forgetRecorder(folder: string, id: string): void {
  for (const suffix of ['', '-journal']) rmSync(lockPath(folder, id) + suffix, { force: true })
}
