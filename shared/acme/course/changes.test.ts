import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject } from '../json.ts'
import { type Change, changesBetween, countChanges, isEqual } from './changes.ts'

/** Carries a change out: what it is meant to say. */
function apply(before: unknown, change: Change): unknown {
  switch (change.kind) {
    case 'same':
      return before
    case 'added':
    case 'changed':
      return change.after
    case 'removed':
      return undefined
    case 'list':
      return change.items
        .filter((item) => item.change.kind !== 'removed')
        .map((item) => apply(item.from === null ? undefined : (before as unknown[])[item.from], item.change))
    case 'object': {
      const kept = Object.entries(before as object).filter(([name]) => change.members.get(name)?.kind !== 'removed')
      const members = new Map(kept)
      for (const [name, one] of change.members) {
        if (one.kind !== 'removed') members.set(name, apply(isObject(before) ? before[name] : undefined, one))
      }
      return Object.fromEntries(members)
    }
  }
}

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const name = fc.constantFrom('status', 'url', 'value', 'type', '__proto__', 'constructor', 'a', '')
const leaf = fc.oneof(
  fc.constantFrom('pending', 'valid', '', 'https://ca.test/1'),
  fc.integer({ max: 3 }),
  fc.boolean(),
  fc.constant(null),
)
const json = fc
  .letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('value'), { maxLength: 5 }),
      fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
    ),
  }))
  .value.map(throughJson)

describe('changes between two values of JSON', () => {
  it('turn the one into the other', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(isEqual(apply(before, changesBetween(before, after)), after)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('are none between a value and itself, and some where two differ', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(changesBetween(one, structuredClone(one))).toEqual({ kind: 'same' })
        expect(changesBetween(one, other).kind === 'same').toBe(isEqual(one, other))
      }),
    )
  })

  it('follow a list element by its URL, wherever it stands', () => {
    const before = { challenges: [challenge('a', 'pending'), challenge('b', 'pending')] }
    const after = { challenges: [challenge('b', 'pending'), challenge('a', 'valid')] }
    const change = changesBetween(before, after)
    expect(countChanges(change)).toBe(1)
    expect(change).toMatchObject({ kind: 'object' })
    const list = change.kind === 'object' ? change.members.get('challenges') : null
    expect(list).toMatchObject({
      kind: 'list',
      items: [
        { from: 1, change: { kind: 'same' } },
        { from: 0, change: { kind: 'object' } },
      ],
    })
  })

  it('tell a member called __proto__ from the prototype', () => {
    const [before, after] = ['{"__proto__":1}', '{}'].map((text) => JSON.parse(text))
    expect(changesBetween(before, after)).toEqual({
      kind: 'object',
      members: new Map([['__proto__', { kind: 'removed', before: 1 }]]),
    })
  })

  it('of very large values are found all the same, each part as one', () => {
    const many = (end: string) => Array.from({ length: 30_000 }, (_, at) => ({ url: `${at}`, status: { is: end } }))
    const change = changesBetween({ list: many('a') }, { list: many('b') })
    expect(countChanges(change)).toBe(30_000)
    expect(isEqual(apply({ list: many('a') }, change), { list: many('b') })).toBe(true)
  })
})

const challenge = (url: string, status: string) => ({ url, status })
