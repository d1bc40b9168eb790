/** Names that stand for masked values: the same value the same name, all over one export. */

/** `<bearer_token_2>`, `<server_ip>`: a value somebody masked before us. */
const MASKED = /^<[a-z]+(?:[_ -][a-z0-9]+)*>$/i
const NUMBERED = /<([a-z_]+)_(\d{1,9})>/g

/** A value shorter than this may occur by chance: it is masked where a rule finds it, not elsewhere. */
const SHORTEST = 8

interface Secret {
  readonly value: string
  readonly pseudonym: string
  /** Masked only where it stands for itself: an address may be the beginning of another one. */
  readonly whole: boolean
}

export interface Pseudonyms {
  /** The name for a value; what was masked before keeps its name, and what is empty stays empty. */
  readonly nameFor: (label: string, value: string) => string
  /** Lets a value be found wherever it occurs. */
  readonly remember: (label: string, value: string, whole: boolean) => void
  /** Keeps clear of the names that occur in this text already. */
  readonly avoid: (text: string) => void
  /** Replaces every remembered value in the text, in one pass over it. */
  readonly replaceIn: (text: string) => { readonly text: string; readonly labels: readonly string[] }
}

export function createPseudonyms(): Pseudonyms {
  const names = new Map<string, string>()
  const last = new Map<string, number>()
  const waiting: { label: string; value: string; whole: boolean }[] = []
  const index = new Map<string, Secret[]>()

  const nameFor = (label: string, value: string): string => {
    if (value === '' || MASKED.test(value)) return value
    const known = names.get(value)
    if (known !== undefined) return known
    const number = (last.get(label) ?? 0) + 1
    last.set(label, number)
    const name = `<${label}_${number}>`
    names.set(value, name)
    return name
  }

  /** Names are given when all texts were seen, so that none is taken twice. */
  const settle = () => {
    for (const { label, value, whole } of waiting.splice(0)) {
      const pseudonym = nameFor(label, value)
      for (const form of new Set([value, inUrl(value)])) {
        if (form.length >= SHORTEST && pseudonym !== value) addTo(index, { value: form, pseudonym, whole })
      }
    }
  }

  return {
    nameFor(label, value) {
      settle()
      return nameFor(label, value)
    },
    remember: (label, value, whole) => void waiting.push({ label, value, whole }),
    avoid(text) {
      for (const [, label = '', number] of text.matchAll(NUMBERED)) {
        last.set(label, Math.max(last.get(label) ?? 0, Number(number)))
      }
    },
    replaceIn(text) {
      settle()
      return index.size ? replaceIn(text, index) : { text, labels: [] }
    },
  }
}

/** As a query string would carry it; half a surrogate pair has no such form. */
function inUrl(value: string): string {
  try {
    return encodeURIComponent(value)
  } catch {
    return value
  }
}

const keyOf = (text: string, at = 0): string => text.slice(at, at + SHORTEST)

/** Longest first, so that a value that begins with another one is found whole. */
function addTo(index: Map<string, Secret[]>, secret: Secret): void {
  const beside = index.get(keyOf(secret.value)) ?? []
  if (beside.some(({ value }) => value === secret.value)) return
  index.set(
    keyOf(secret.value),
    [...beside, secret].sort((a, b) => b.value.length - a.value.length),
  )
}

function replaceIn(text: string, index: ReadonlyMap<string, readonly Secret[]>) {
  const parts: string[] = []
  const labels: string[] = []
  let from = 0
  for (let at = 0; at + SHORTEST <= text.length; ) {
    const found = index.get(keyOf(text, at))?.find((secret) => standsAt(text, at, secret))
    if (!found) {
      at++
      continue
    }
    parts.push(text.slice(from, at), found.pseudonym)
    labels.push(labelOf(found.pseudonym))
    at += found.value.length
    from = at
  }
  return { text: parts.length ? parts.join('') + text.slice(from) : text, labels }
}

const WORD = /[\p{L}\p{N}_]/u

function standsAt(text: string, at: number, { value, whole }: Secret): boolean {
  if (!text.startsWith(value, at)) return false
  return !whole || !(WORD.test(text[at - 1] ?? '') || WORD.test(text[at + value.length] ?? ''))
}

/** `bearer_token` of `<bearer_token_1>`. */
export const labelOf = (pseudonym: string): string => pseudonym.slice(1, pseudonym.lastIndexOf('_'))
