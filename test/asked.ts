/** Recordings that questions are asked of in tests. */
import { readFileSync } from 'node:fs'
import { analyse, startAnalysis } from '../shared/acme/analyse.ts'
import { check } from '../shared/acme/checks/index.ts'
import { decodeAll } from '../shared/acme/decode.ts'
import { readHar } from '../shared/har/read.ts'
import { compile } from '../shared/query/match.ts'
import { parseQuery } from '../shared/query/parse.ts'
import { findingsBySubject, type Known } from '../shared/query/query.ts'

const ROOT = new URL('../', import.meta.url)

/** @param file below the root of the repository */
export async function knownOf(file: string): Promise<Known> {
  const { facts } = readHar(readFileSync(new URL(file, ROOT), 'utf8'))
  const analysis = analyse(startAnalysis(), await decodeAll(facts))
  return { analysis, findings: findingsBySubject(check(analysis)), notes: new Map() }
}

/** Sequence numbers of what fits. */
export function numbersOf(text: string, known: Known): readonly number[] {
  const { query, error } = parseQuery(text)
  if (!query) throw new Error(`${error.message}; ${error.fix}`)
  const { fits } = compile(query)
  const { steps, connections } = known.analysis
  return [...steps, ...connections].filter((one) => fits(one, known)).map(({ sequence }) => sequence)
}
