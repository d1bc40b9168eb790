// Each reason why a certificate was not issued: a recording that has it, with its real names, values and times in the
// words of the finding, and one close to it that does not.
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../shared/finding.ts'
import { CASES } from './cases/all.ts'
import { findingsOf } from './judge.ts'

const wordsOf = ({ title, explanation, fix }: Finding): string => `${title}\n${explanation}\n${fix}`

describe.each(CASES)('$id: $of', ({ id, severity = 'error', hit, miss }) => {
  it('is found, by its real values', async () => {
    const { facts, says } = await hit()
    const findings = await findingsOf(facts)
    const finding = findings.find((one) => one.id === id)
    expect(findings.map((one) => one.id)).toContain(id)
    expect(finding?.severity).toBe(severity)
    for (const words of says) expect(wordsOf(finding as Finding)).toContain(words)
    expect(wordsOf(finding as Finding)).not.toMatch(/undefined|null|NaN|\[object|\.\.|“”/)
  })

  it('is not found in one close to it', async () => {
    expect((await findingsOf(await miss())).map((one) => one.id)).not.toContain(id)
  })
})
