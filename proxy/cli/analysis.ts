// A recording by its reference, decoded, analysed and judged: what `show` and `check` print.
import { analyse, startAnalysis } from '../../shared/acme/analyse.ts'
import { check } from '../../shared/acme/checks/index.ts'
import { decodeAll } from '../../shared/acme/decode.ts'
import { keysElsewhere, type LearntKey } from '../../shared/acme/jws/keys.ts'
import type { Analysis } from '../../shared/acme/model.ts'
import type { Fact } from '../../shared/exchange.ts'
import type { Finding } from '../../shared/finding.ts'

export interface Judged {
  readonly analysis: Analysis
  readonly findings: readonly Finding[]
}

/** @param keys account keys that were learnt in other recordings */
export async function judge(facts: readonly Fact[], keys: readonly LearntKey[]): Promise<Judged> {
  const analysis = analyse(startAnalysis(), await decodeAll(facts, keysElsewhere(keys)))
  return { analysis, findings: check(analysis) }
}
