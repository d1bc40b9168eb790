// Every finding that docs/findings.md promises is made by some recording here, and none is made that it does not tell of.
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHAPTERS, findingRow } from '../../shared/acme/checks/catalogue.ts'
import { CASES } from './cases/all.ts'
import { PROTOCOL } from './cases/protocol.ts'
import { findingsOf } from './judge.ts'

const ROWS = CHAPTERS.flatMap(({ rows }) => rows)

/** A recording of each kind. */
const RECORDINGS = new Map([
  ...Object.entries(PROTOCOL),
  ...CASES.toReversed().map(({ id, hit }) => [id, async () => (await hit()).facts] as const),
])

describe('the catalogue', () => {
  it('tells of each finding once', () => {
    expect(ROWS.map(({ id }) => id).toSorted()).toEqual([...new Set(ROWS.map(({ id }) => id))].toSorted())
    for (const { when, cure } of ROWS) expect([when, cure].every((text) => /^[A-Za-z].*\.$/.test(text))).toBe(true)
  })

  it.each(ROWS)('$id: a recording has it, as severe as the row says', async ({ id, severity }) => {
    const facts = await RECORDINGS.get(id)?.()
    const found = (await findingsOf(facts ?? [])).filter((one) => one.id === id)
    expect(found).not.toEqual([])
    const allowed =
      severity === 'by outcome'
        ? ['error', 'info']
        : [severity, ...(id === 'nonce.rejected-not-retried' ? ['error'] : [])]
    for (const one of found) expect(allowed).toContain(one.severity)
  })

  it('leaves out none that these recordings have', async () => {
    const ids = new Set<string>()
    for (const recording of RECORDINGS.values()) for (const { id } of await findingsOf(await recording())) ids.add(id)
    expect([...ids].filter((id) => findingRow(id) === null)).toEqual([])
  })

  it('is docs/findings.md', () => {
    const file = new URL('../../docs/findings.md', import.meta.url)
    if (process.env.WRITE_DOCS) writeFileSync(file, page())
    expect(readFileSync(file, 'utf8')).toBe(page())
  })
})

function page(): string {
  const chapters = CHAPTERS.map(({ title, rows }) => {
    const lines = rows.map(({ id, severity, when, cure }) => `| \`${id}\` | ${severity} | ${when} | ${cure} |`)
    return [`## ${title}`, '', '| id | severity | when | cure |', '| --- | --- | --- | --- |', ...lines].join('\n')
  })
  return `${[INTRODUCTION, ...chapters].join('\n\n')}\n`
}

const INTRODUCTION = `# Findings

What acmescope remarks on a recording, by id. Ids are stable: scripts, tests and CI may depend on them. Titles and
explanations name the real names, values and times of a recording, and tell the cure in the words of the client at hand.

*By outcome*: an error where it ended badly, and a remark (info) where the same thing succeeded later in the recording. A
finding that another one explains says so and is shown beneath it; what is shown first is the cause. A recording of a run
that worked has no error and no warning.

This page is made of \`shared/acme/checks/catalogue.ts\` by its test:

    WRITE_DOCS=1 npx vitest run --project unit test/synthetic/catalogue.test.ts`
