/** What the palette offers: places to go to and things to do. */
import type { Place } from '../session/location.ts'

export interface Entry {
  /** Unique in the palette. */
  readonly id: string
  readonly label: string
  /** Said beside the label, in smaller type. */
  readonly detail: string
  /** Found by as well, and not shown: lower case. */
  readonly words: string
  /** Where it leads; null for something to do. */
  readonly place: Partial<Place> | null
  readonly run: () => void
}

/** Entries of one kind. Asked while the palette is open only. */
export interface EntryGroup {
  readonly label: string
  readonly entries: () => readonly Entry[]
  /** Of what matches equally well, the group with more comes first. */
  readonly weight: number
  /** Shown before anything was typed, so many. */
  readonly unasked: number
}
