/** Names that stand for masked values: the same value the same name, all over one export. */

import { type Secret, SHORTEST, toSecrets } from './secrets.ts'

/** `<bearer_token_2>`, `<server_ip>`: a value somebody masked before us. */
const MASKED = /^<[a-z]+(?:[_ -][a-z0-9]+)*>$/i
const NUMBERED = /<([a-z_]+)_(\d{1,9})>/g

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
  const secrets = new Map<string, Secret>()
  let secretAt: ReturnType<typeof toSecrets> | null = null

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
        if (form.length < SHORTEST || pseudonym === value || secrets.has(form)) continue
        secrets.set(form, { value: form, pseudonym, whole })
        secretAt = null
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
      if (!secrets.size) return { text, labels: [] }
      secretAt ??= toSecrets(secrets)
      return replaceIn(text, secretAt)
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

function replaceIn(text: string, secretAt: ReturnType<typeof toSecrets>) {
  const parts: string[] = []
  const labels: string[] = []
  let from = 0
  for (let at = 0; at + SHORTEST <= text.length; ) {
    const found = secretAt(text, at)
    if (!found) {
      at++
      continue
    }
    const { secret, length } = found
    parts.push(text.slice(from, at), secret.pseudonym)
    labels.push(labelOf(secret.pseudonym))
    at += length
    from = at
  }
  return { text: parts.length ? parts.join('') + text.slice(from) : text, labels }
}

/** `bearer_token` of `<bearer_token_1>`. */
export const labelOf = (pseudonym: string): string => pseudonym.slice(1, pseudonym.lastIndexOf('_'))
