// Captured words in the lines of the command line: wherever a line is broken, none begins a line that a CI obeys.
import { expect, it } from 'vitest'
import { startAnalysis } from '../../shared/acme/analyse.ts'
import { reference } from '../../shared/acme/registry/registry.ts'
import type { Finding } from '../../shared/finding.ts'
import { findingLines } from './finding-lines.ts'

const finding = (words: string): Finding => ({
  id: 'problem.other',
  severity: 'error',
  title: words,
  explanation: words,
  fix: words,
  reference: reference('RFC 8555 §6.7'),
  exchanges: [],
  object: null,
  consequenceOf: null,
})

it.each(['::error::x', '##vso[task.complete]', '##[error]x'])(
  '%s never begins a line, however wide the paper is',
  (command) => {
    for (let width = 30; width <= 110; width++) {
      const findings = [finding(`${'a '.repeat(width)}${command} ${'b '.repeat(width)}`)]
      const lines = findingLines({ analysis: startAnalysis(), findings }, { width, isColoured: false })
      expect(lines.filter((line) => /^\s*(?:::|##)/.test(line))).toEqual([])
      expect(lines.filter((line) => line.includes(command))).toHaveLength(3)
    }
  },
)
