/** What a person does with the list: where they are in it, and what they chose. */
import { create } from 'zustand'

interface List {
  /** Id of the recording the keys act on. */
  readonly active: string | null
  readonly chosen: ReadonlySet<string>
  /** Id of the recording whose name is being written. */
  readonly renaming: string | null
}

const nobody: ReadonlySet<string> = new Set()

export const useList = create<List>(() => ({ active: null, chosen: nobody, renaming: null }))

export const setActive = (active: string | null): void => useList.setState({ active })

export const startRenaming = (id: string): void => useList.setState({ active: id, renaming: id })

export const stopRenaming = (): void => useList.setState({ renaming: null })

export function toggleChosen(id: string): void {
  useList.setState(({ chosen }) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    return { chosen: next, active: id }
  })
}

export const choose = (ids: readonly string[]): void => useList.setState({ chosen: new Set(ids) })
