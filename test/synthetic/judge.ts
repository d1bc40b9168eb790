/** From facts to what is said of them, as the product does it. */
import { analyse, startAnalysis } from '../../shared/acme/analyse.ts'
import { check } from '../../shared/acme/checks/index.ts'
import { decodeAll } from '../../shared/acme/decode.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import type { Fact } from '../../shared/exchange.ts'
import type { Finding } from '../../shared/finding.ts'

export const analysisOf = async (facts: readonly Fact[]): Promise<Analysis> =>
  analyse(startAnalysis(), await decodeAll(facts))

export const findingsOf = async (facts: readonly Fact[]): Promise<readonly Finding[]> => check(await analysisOf(facts))

/** `error nonce.reused`, in the order they are shown. */
export const saidOf = async (facts: readonly Fact[]): Promise<readonly string[]> =>
  (await findingsOf(facts)).map(({ severity, id }) => `${severity} ${id}`)
