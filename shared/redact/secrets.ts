/** Finds remembered secrets in texts, however many there are and however alike, in one pass over each text. */
import { grouped } from '../acme/grouped.ts'
import { toPrefixes } from './prefixes.ts'

export interface Secret {
  readonly value: string
  readonly pseudonym: string
  /** Masked only where it stands for itself: an address may be the beginning of another one. */
  readonly whole: boolean
}

/** A value shorter than this may occur by chance: it is masked where a rule finds it, not elsewhere. */
export const SHORTEST = 8

/**
 * A longer value is found by its beginning, and where nothing but that stands, that is masked: so much of a secret is one,
 * and a text that nearly holds a long one a thousand times is still gone through once. No address is so long.
 */
const BEGINNING = 256

export interface Found {
  readonly secret: Secret
  /** How much of the text it is. */
  readonly length: number
}

/** @returns what looks for a secret at one place of a text; null when there is none */
export function toSecrets(all: ReadonlyMap<string, Secret>): (text: string, place: number) => Found | null {
  const values = [...all.keys()]
  const starts = new Set(values.map((value) => value.slice(0, SHORTEST)))
  const long = grouped(
    [...all.values()].filter(({ value, whole }) => value.length > BEGINNING && !whole),
    ({ value }) => value.slice(0, BEGINNING),
  )
  const whole = new Map([...long].map(([start, secrets]) => [start, toPrefixes(secrets.map(({ value }) => value))]))
  const known = toPrefixes([...values.filter((value) => value.length <= BEGINNING), ...long.keys()])
  return (text, place) => {
    if (!starts.has(text.slice(place, place + SHORTEST))) return null
    const found = known(text, place, (value) => long.has(value) || standsAlone(text, place, all.get(value)))
    if (found === null) return null
    const value = whole.get(found)?.(text, place) ?? found
    const secret = all.get(value) ?? long.get(found)?.[0]
    return secret ? { secret, length: value.length } : null
  }
}

const WORD = /[\p{L}\p{N}_]/u

function standsAlone(text: string, place: number, secret: Secret | undefined): boolean {
  if (!secret?.whole) return true
  return !(WORD.test(text[place - 1] ?? '') || WORD.test(text[place + secret.value.length] ?? ''))
}
