// Files that were made to break their reader: values of the wrong kind where JavaScript would ask them what they are.
import { describe, expect, it } from 'vitest'
import { readHar } from './read.ts'

/** Asked for a text or a number, it throws. */
const STUBBORN = '{"toString":1,"valueOf":1}'
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
const file = (entry: string, more = ''): string => `{"log":{"entries":[${entry}]${more}}}`
const entry = (request: string, response: string): string =>
  `{"startedDateTime":"2026-01-02T00:00:00Z","time":1,"request":{"method":"POST","url":"https://ca.test/"${request}},"response":{"status":200${response}}}`

describe.each([
  ['an object that cannot be made a text', STUBBORN],
  ['a list a hundred thousand levels deep', deep(100_000)],
])('%s', (_, value) => {
  it.each([
    ['the type of a form', entry(`,"postData":{"mimeType":${value},"params":[{"name":"a","value":"b"}]}`, '')],
    ['a field of a form', entry(`,"postData":{"params":[{"name":${value},"value":${value}}]}`, '')],
    ['a body', entry(`,"postData":{"text":${value}}`, `,"content":{"text":${value}}`)],
    ['a status', entry('', `,"status":${value}`)],
    ['a header', entry(`,"headers":[{"name":"a","value":${value}},${value}]`, `,"headers":${value}`)],
    ['a time', entry('', '').replace('"time":1', `"time":${value},"timings":${value}`)],
    ['an error', entry('', `,"_error":${value},"statusText":${value},"httpVersion":${value}`)],
    ['our own part', entry('', '').replace('"time":1', `"_acmescope":${value}`)],
  ])('as %s is read as what it is', (_where, text) => {
    const { facts } = readHar(file(text))
    expect(facts).toHaveLength(1)
    expect(() => structuredClone(facts)).not.toThrow()
  })

  it('as an entry, a page, a key, an observation is skipped', () => {
    const more = `,"pages":[${value}],"comment":${value},"_acmescope":{"recording":${value},"facts":[${value}],"keys":[${value}]}`
    expect(readHar(file(value, more)).facts).toEqual([])
  })
})

it('what an observation says more than it should, of any depth, is left out', () => {
  const observation = (detail: string): string =>
    `,"_acmescope":{"facts":[{"kind":"observation","id":"o1","sequence":1,"startedAt":"2026-01-02T00:00:00.000Z","client":{"address":null,"port":null},"state":"complete","subject":"dns","detail":{"name":"x","writtenBy":"w","zone":null,"server":null,"code":"NOERROR","values":[],"took":null,"a":${detail}}}]}`
  for (const depth of [50, 5_000]) {
    const [fact] = readHar(file('', observation(deep(depth)))).facts
    expect(fact).toMatchObject({ kind: 'observation', detail: { name: 'x' } })
    expect(() => structuredClone(fact)).not.toThrow()
    expect(fact).not.toHaveProperty('detail.a')
  }
})

it('a status that is none is no answer, and one that is written as digits is one', () => {
  const statusOf = (status: string) => readHar(file(entry('', `,"status":${status}`))).exchanges[0]?.response?.status
  expect(['"201"', '1e999', '-0', '0.5', 'null', '[200]', 'true'].map(statusOf)).toEqual([
    201,
    ...Array(6).fill(undefined),
  ])
})

it('members that are named like those of every object change no object', () => {
  const { facts } = readHar(
    `{"log":{"entries":[${entry(',"__proto__":{"polluted":1}', '')}],"__proto__":{"polluted":1,"comment":"x"},"constructor":{"prototype":{"polluted":1}}}}`,
  )
  expect(facts).toHaveLength(1)
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

it('a time in no year of four digits is none', () => {
  const startOf = (time: string) =>
    readHar(file(entry('', '').replace('2026-01-02T00:00:00Z', time))).facts[0]?.startedAt.slice(0, 4)
  expect(
    ['9999-12-31T00:00:00Z', '+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z', 'NaN', '1e999'].map(startOf),
  ).toEqual(['9999', ...Array(4).fill('1970')])
})
