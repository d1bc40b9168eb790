import { describe, expect, it } from 'vitest'
import { allSpecs } from '../registry/all-specs.ts'
import { isReachable, statusesOf, transitionsOf } from '../registry/registry.ts'
import { layouts } from './layouts.ts'
import { between, firstStatus, type MachineKind, machineFor, STATE_HEIGHT, STATE_WIDTH } from './machine.ts'
import { boxOf, wayOf } from './ways.ts'

const KINDS = ['account', 'order', 'authorization', 'challenge', 'certificate'] as const satisfies MachineKind[]

/** With every status, those of extensions included. */
const whole = (kind: MachineKind) =>
  machineFor(
    kind,
    statusesOf(kind).map(({ status }) => status),
    null,
  )

describe.each(KINDS)('the machine of a %s', (kind) => {
  it('has a place for every status of the specs, and none twice', () => {
    const { states } = whole(kind)
    expect(Object.keys(layouts[kind].places).toSorted()).toEqual(
      statusesOf(kind)
        .map(({ status }) => status)
        .toSorted(),
    )
    expect(new Set(states.map(({ at }) => at.join())).size).toBe(states.length)
  })

  it('has no two statuses that overlap', () => {
    const { states } = whole(kind)
    for (const one of states)
      for (const other of states) {
        const [dx, dy] = [Math.abs(one.at[0] - other.at[0]), Math.abs(one.at[1] - other.at[1])]
        if (one !== other) expect(dx >= STATE_WIDTH || dy >= STATE_HEIGHT).toBe(true)
      }
  })

  it('has a line for every move, within its box, and lays none that is no move', () => {
    const machine = whole(kind)
    const { left, top, width, height } = boxOf(machine, false)
    for (const { from, to } of machine.moves) {
      const way = wayOf(machine, from, to)
      const [x = NaN, y = NaN] = way?.label ?? []
      expect(x > left && x < left + width && y > top && y < top + height).toBe(true)
    }
    const moves = transitionsOf(kind).map(({ from, to }) => `${from} ${to}`)
    expect(Object.keys(layouts[kind].ways).filter((way) => !moves.includes(way))).toEqual([])
  })

  it('lays a line of its own only for what is no move', () => {
    const moves = transitionsOf(kind).map(({ from, to }) => `${from} ${to}`)
    const odd = Object.keys(layouts[kind].oddWays ?? {})
    expect(odd.filter((way) => moves.includes(way))).toEqual([])
    for (const status of odd.flatMap((way) => way.split(' '))) expect(layouts[kind].places).toHaveProperty(status)
  })

  it('begins with one status, from which every other can be reached', () => {
    const { states } = whole(kind)
    const reached = states.filter(({ status }) => isReachable(kind, firstStatus(kind) ?? '', status))
    expect(reached).toEqual(states)
  })
})

it('every transition of the specs says what brings it about, and joins statuses that are described', () => {
  for (const { transitions = [] } of allSpecs)
    for (const { object, from, to, when } of transitions) {
      expect(when).toMatch(/^[a-zA-Z][^.]+[^.\s]$/)
      for (const status of [from, to]) expect(statusesOf(object).map((row) => row.status)).toContain(status)
    }
})

it('shows what an extension adds only to an object that makes use of it', () => {
  const statuses = (seen: string[], wire: Record<string, unknown> | null) =>
    machineFor('order', seen, wire).states.map(({ status }) => status)
  expect(statuses(['pending'], {})).not.toContain('canceled')
  expect(statuses(['pending'], { 'auto-renewal': {} })).toContain('canceled')
  expect(statuses(['canceled'], null)).toContain('canceled')
})

it('puts statuses that nobody described beneath the others', () => {
  const { states } = machineFor('order', ['pending', 'asleep', '__proto__'], null)
  const strange = states.filter(({ row }) => row === null)
  expect(strange.map(({ status }) => status)).toEqual(['asleep', '__proto__'])
  expect(Math.min(...strange.map(({ at: [, y] }) => y))).toBeGreaterThan(110 + STATE_HEIGHT)
})

it.each([
  ['order', 'pending', 'valid', ['ready', 'processing']],
  ['order', 'pending', 'processing', ['ready']],
  ['order', 'pending', 'invalid', []],
  ['challenge', 'pending', 'valid', ['processing']],
  ['authorization', 'pending', 'revoked', []],
  ['order', 'valid', 'pending', []],
] as const)('%s: between %s and %s lies %j', (kind, from, to, expected) => {
  expect(between(kind, from, to)).toEqual(expected)
})
