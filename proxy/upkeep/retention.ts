// Which recordings go when time or space runs out: the oldest first, and none that somebody
// wrote on or brought in from a file.
import type { EndedRecording, Store } from '../store/store.ts'

export interface Retention {
  /** ms since it ended, after which a recording goes. */
  readonly olderThan?: number
  /** Bytes on the disk, over which the oldest go. */
  readonly overSize?: number
}

type Keeper = Pick<Store, 'ended' | 'size' | 'deleteRecording'>

/** Deletes for good what is too old, then the oldest until the rest is small enough. Resolves with what is gone. */
export async function prune(
  store: Keeper,
  rule: Retention,
  now: Date = new Date(),
): Promise<readonly EndedRecording[]> {
  const gone: EndedRecording[] = []
  for (const one of (await store.ended()).filter(({ isNoted }) => !isNoted)) {
    if (!isTooOld(one, rule, now) && !(await isTooLarge(store, rule))) break
    await store.deleteRecording(one.id)
    gone.push(one)
  }
  return gone
}

const isTooOld = ({ endedAt }: EndedRecording, { olderThan }: Retention, now: Date): boolean =>
  olderThan !== undefined && now.getTime() - Date.parse(endedAt) > olderThan

const isTooLarge = async (store: Pick<Store, 'size'>, { overSize }: Retention): Promise<boolean> =>
  overSize !== undefined && (await store.size()) > overSize
