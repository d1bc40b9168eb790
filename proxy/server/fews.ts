/** Facts a few at a time: decoded together they take less time than one by one, and still leave others their turn. */
import type { Body, Fact } from '../../shared/exchange.ts'
import type { StoredFact } from '../store/store.ts'

/** Bounds of a few: whichever is reached first. */
const MOST = 32
const MOST_CHARACTERS = 2 * 1024 * 1024

export async function* inFews(all: AsyncIterable<StoredFact>): AsyncGenerator<readonly StoredFact[]> {
  let few: StoredFact[] = []
  let characters = 0
  for await (const stored of all) {
    few.push(stored)
    characters += charactersOf(stored.fact)
    if (few.length < MOST && characters < MOST_CHARACTERS) continue
    yield few
    few = []
    characters = 0
  }
  if (few.length > 0) yield few
}

/** Takes the first few out of a list. */
export function takeFew(list: StoredFact[]): readonly StoredFact[] {
  let count = 0
  let characters = 0
  while (count < list.length && count < MOST && characters < MOST_CHARACTERS) {
    const stored = list[count++]
    characters += stored ? charactersOf(stored.fact) : 0
  }
  return list.splice(0, count)
}

function charactersOf(fact: Fact): number {
  if (fact.kind !== 'exchange') return 0
  return ofBody(fact.request.body) + (fact.response ? ofBody(fact.response.body) : 0)
}

function ofBody(body: Body): number {
  if (body.kind === 'text') return body.text.length
  return body.kind === 'base64' ? body.base64.length : 0
}
