/** Which order, authorization and challenge a resource belongs to: the chain of owners, walked up. */

import type { Resource } from '../model.ts'
import type { Resources } from './classify.ts'

export interface Owners {
  readonly order: string | null
  readonly authorization: string | null
  readonly challenge: string | null
}

/** Longer than any chain a CA makes; a hostile one may be a circle. */
const MAX_CHAIN = 6

export function ownersOf(resources: Resources, resource: Resource): Owners {
  const found = { order: null as string | null, authorization: null as string | null, challenge: null as string | null }
  let at: Resource | undefined = resource
  for (let depth = 0; at && depth < MAX_CHAIN; depth++) {
    const { operation, url, owner }: Resource = at
    if (operation === 'order' || operation === 'authorization' || operation === 'challenge') found[operation] ??= url
    at = owner === null ? undefined : resources.get(owner)
  }
  return found
}
