/** Components that are not there from the start. */
import { type ComponentType, lazy, useState } from 'react'

export interface Arriving {
  readonly Component: ComponentType
  /** Lets it arrive before it is drawn. */
  readonly load: () => Promise<ComponentType>
}

/**
 * Arrives when it is first drawn, or before. One that is there is drawn at once: React lets whatever it has to wait for,
 * were it for no time at all, appear only 300 ms later.
 */
export function arriving(fetch: () => Promise<ComponentType>): Arriving {
  let here: ComponentType | null = null
  const load = async () => {
    here ??= await fetch()
    return here
  }
  const Later = lazy(async () => ({ default: await load() }))
  // biome-ignore lint/correctness/noComponentHookFactories: made once, where its module is read
  const Component = () => {
    const [Shown] = useState<ComponentType>(() => here ?? Later)
    return <Shown />
  }
  return { Component, load }
}
