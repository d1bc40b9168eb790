// What was seen and could not be stored, summed up as it happens.
import type { RecorderInfo } from '../shared/api.ts'
import { storeTrouble } from './errors.ts'

/** What could not be stored, for everyone who has the page open: a person at a browser does not see what we print. */
export function countLosses(folder: string, onLost?: (facts: number, why: Error) => void) {
  let lost: RecorderInfo['lost']
  let tell = (): void => undefined
  return {
    add: (facts: number, why: Error): void => {
      const { message, fix } = storeTrouble(why, folder, 'record') as { message: string; fix?: string }
      lost = { facts: (lost?.facts ?? 0) + facts, why: message, fix: fix ?? '' }
      onLost?.(facts, why)
      tell()
    },
    told: () => lost,
    tell: (shelfChanged: () => void): void => {
      tell = shelfChanged
    },
  }
}
