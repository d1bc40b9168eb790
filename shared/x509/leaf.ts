/** Which certificate of a chain the others are there for. */
import type { Certificate } from './model.ts'

/** RFC 8555 §9.1 wants it first; where a chain is the wrong way round, it is the one that is no CA's. */
export const leafOf = <T extends Certificate>(chain: readonly T[]): T | undefined =>
  chain.find(({ isCa }) => !isCa) ?? chain[0]
