/** Which rows of the list are open: in a small recording all, in a large one those that lead to what is looked at. */
import { useCallback, useMemo, useState } from 'react'
import { countObjects, keysAbove } from '../../shared/acme/course/tree.ts'
import type { Analysis } from '../../shared/acme/model.ts'

/** More objects than this are too many to be read from top to bottom. */
const FEW = 250
/** Of a large recording, the rows that begin with this depth are closed: directories and accounts stay open. */
const isTop = (key: string, analysis: Analysis): boolean => {
  const url = key.slice(key.indexOf(' ') + 1)
  return analysis.directories.has(url) || analysis.accounts.has(url)
}

export function useOpenRows(analysis: Analysis, object: string | null) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map())
  const isSmall = countObjects(analysis) <= FEW
  // biome-ignore lint/correctness/useExhaustiveDependencies: a way, once known, does not change with what else arrives
  const leading = useMemo(
    () => new Set(isSmall || object === null ? [] : keysAbove(analysis, object)),
    [isSmall, object, object !== null && analysis.resources.has(object)],
  )
  const isOpen = useCallback(
    (key: string): boolean => chosen.get(key) ?? (isSmall || leading.has(key) || isTop(key, analysis)),
    [chosen, isSmall, leading, analysis],
  )
  const toggle = useCallback(
    (key: string): void => setChosen((before) => new Map(before).set(key, !isOpen(key))),
    [isOpen],
  )
  return { isOpen, toggle }
}
