/** What was deleted a moment ago: out of the list at once, out of the store a little later. A crash in between brings it back. */

export interface Bin {
  readonly holds: (id: string) => boolean
  readonly put: (id: string) => void
  /** Whether it was there to be taken back. */
  readonly takeBack: (id: string) => boolean
  /** Deletes all of it now. */
  readonly empty: () => Promise<void>
}

/** How long a person has to change their mind. */
export const UNDO_MS = 15_000

/**
 * @param remove deletes for good
 * @param failed what could not be deleted is there again
 */
export function createBin(
  remove: (id: string) => Promise<void>,
  failed: (error: unknown) => void,
  afterMs: number = UNDO_MS,
): Bin {
  const waiting = new Map<string, NodeJS.Timeout>()
  /** Too late for these; they are not in the list again meanwhile. */
  const going = new Set<string>()
  const removeNow = async (id: string): Promise<void> => {
    clearTimeout(waiting.get(id))
    waiting.delete(id)
    going.add(id)
    const failure: unknown = await remove(id).then(
      () => null,
      (error: unknown) => error,
    )
    going.delete(id)
    if (failure !== null) failed(failure)
  }
  return {
    holds: (id) => waiting.has(id) || going.has(id),
    put: (id) =>
      void waiting.set(
        id,
        setTimeout(() => void removeNow(id), afterMs),
      ),
    takeBack(id) {
      clearTimeout(waiting.get(id))
      return waiting.delete(id)
    },
    async empty() {
      for (const id of [...waiting.keys()]) await removeNow(id)
    },
  }
}
