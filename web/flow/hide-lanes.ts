/** Lanes that are left out of the diagram, as the address holds them: their ids, one a line. */
import { goTo, readPlace } from '../session/location.ts'

export const hiddenIn = (hide: string | null): readonly string[] => hide?.split('\n').filter(Boolean) ?? []

export function hideLane(id: string): void {
  const hidden = hiddenIn(readPlace(window.location.search).hide)
  goTo({ hide: [...new Set([...hidden, id])].join('\n') })
}

export function showLane(id: string): void {
  const rest = hiddenIn(readPlace(window.location.search).hide).filter((one) => one !== id)
  goTo({ hide: rest.length === 0 ? null : rest.join('\n') })
}
