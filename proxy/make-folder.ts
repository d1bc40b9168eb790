// Makes a folder and those above it.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode, Trouble } from './errors.ts'

/** Rejects with a Trouble when the folder cannot be made. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await make(path)
  } catch (cause) {
    throw new Trouble('recordings-unwritable', path, { cause })
  }
}

/** Not `recursive`: where a file system answers ENOENT to every mkdir (/proc), Node 20 then tries for ever. */
async function make(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    await make(dirname(path))
    await mkdir(path)
  }
}
