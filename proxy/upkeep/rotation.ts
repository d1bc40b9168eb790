// A new recording every day, begun between two orders and never within one.
import { analyse, startAnalysis } from '../../shared/acme/analyse.ts'
import { decodeNext, startKeyring } from '../../shared/acme/jws/keyring.ts'
import { noKeys } from '../../shared/acme/jws/keys.ts'
import { isUnderWay } from '../../shared/acme/verdict/under-way.ts'
import type { RecordingWriter } from '../recording-writer.ts'
import { inFews } from '../server/fews.ts'
import type { Store } from '../store/store.ts'

type Writer = Pick<RecordingWriter, 'current' | 'written' | 'startNew'>

/**
 * Begins a new recording where the current one is of an earlier day (the machine's own) and no order of it is under way.
 * Reads it from the store for that: nothing is kept in memory for the one time a day when it matters.
 * @returns whether it did
 */
export async function beginDaily(
  writer: Writer,
  store: Pick<Store, 'facts'>,
  now: Date = new Date(),
): Promise<boolean> {
  const [{ id, since }, written] = [writer.current(), writer.written()]
  if (isSameDay(new Date(since), now) || (await isOrderUnderWay(store, id, now))) return false
  // What came meanwhile may have begun an order.
  if (writer.written() !== written || writer.current().id !== id) return false
  writer.startNew(null)
  return true
}

const isSameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString()

async function isOrderUnderWay(store: Pick<Store, 'facts'>, recording: string, now: Date): Promise<boolean> {
  const ring = startKeyring(noKeys)
  let analysis = startAnalysis()
  for await (const few of inFews(store.facts(recording, 0))) {
    const decoded = await decodeNext(
      ring,
      few.map(({ fact }) => fact),
    )
    analysis = analyse(analysis, decoded)
  }
  return isUnderWay(analysis, now.getTime())
}
