/** A report for somebody's tracker: it says what is needed, holds no secret, and nothing captured does anything in it. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import Markdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { describe, expect, it } from 'vitest'
import { analyse, startAnalysis } from '../acme/analyse.ts'
import { check } from '../acme/checks/index.ts'
import { decodeAll } from '../acme/decode.ts'
import { reference } from '../acme/registry/registry.ts'
import { verdictOf } from '../acme/verdict/verdict.ts'
import type { Finding } from '../finding.ts'
import { readHar } from '../har/read.ts'
import { type BugReport, toBugReport } from './bug-report.ts'
import { advice, block, cellCode, code, prose } from './markdown.ts'

interface Node {
  readonly type: string
  readonly url?: string
  readonly value?: string
  readonly children?: readonly Node[]
}

/** The document as a tracker's parser has it. */
function parse(markdown: string): readonly Node[] {
  let root: Node = { type: 'root' }
  const keep = () => (tree: Node) => {
    root = structuredClone(tree)
  }
  renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm, keep] }, markdown))
  const all = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(all)]
  return all(root)
}

const count = (nodes: readonly Node[], type: string) => nodes.filter((node) => node.type === type).length
const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join('')

async function reportOf(name: string, about?: string): Promise<BugReport> {
  const file = readFileSync(new URL(`../../test/corpus/${name}.har`, import.meta.url), 'utf8')
  const { facts, startedAt } = readHar(file)
  const analysis = analyse(startAnalysis(), await decodeAll(facts))
  const findings = check(analysis)
  return {
    analysis,
    findings,
    about: findings.find(({ id }) => id === about) ?? null,
    verdict: verdictOf(analysis, findings, true),
    toolVersion: '1.2.3',
    recordedWith: '1.2.0',
    startedAt,
  }
}

describe('a report', () => {
  it('says what was used, what is wrong, what to do, and what was seen', async () => {
    const text = toBugReport(await reportOf('lego-wrongtxt', 'dns.not-propagated'))
    expect(text).toMatch(/^# The right TXT value for/)
    expect(text).toContain('error `dns.not-propagated`')
    expect(text).toContain('(<https://www.rfc-editor.org/rfc/rfc8555#section-8.4>)')
    expect(text).toContain('**What to do:** If that was long enough')
    expect(text).toContain('compare `dig NS ZONE` with')
    expect(text).toMatch(/\| 9 \| 16:27:48\.557 \| authorization \| `POST https:\S+` \| 200 \| 3 ms \|/)
    expect(text).toContain('"detail": "Correct value not found for DNS challenge"')
    expect(text).toContain('Client: lego 4.9.1 (`lego-cli/4.9.1 xenolf-acme/4.9.1 (release; linux; amd64)`)')
    expect(text).toContain("CA: Let's Encrypt (staging)")
    expect(text).toContain('DNS provider: Cloudflare')
    expect(text).toContain('acmescope 1.2.3, recorded with 1.2.0')
  })

  it('of all of them begins with the verdict, causes first, remarks left out', async () => {
    const text = toBugReport(await reportOf('lego-badtoken'))
    const headings = parse(text).filter(({ type }) => type === 'heading')
    expect(headings.map(textOf)).toEqual([
      'No certificate for www.example.test',
      'Cloudflare refuses the API credentials',
    ])
    expect(toBugReport(await reportOf('lego-dns3'))).toContain('Nothing to remark.')
  })

  it('names what follows, and a connection that came to nothing', async () => {
    const report = await reportOf('certbot-no-zone')
    const [first] = report.findings
    if (!first) throw new Error('no finding')
    const effect: Finding = { ...first, id: 'x.effect', title: 'An effect', consequenceOf: first.id }
    const text = toBugReport({ ...report, findings: [...report.findings, effect], about: first })
    expect(text).toMatch(/What follows from it:\n\n(- .*\n)*- An effect \(`x\.effect`\)/)
  })

  it('holds no secret, wherever it was captured', async () => {
    const report = await reportOf('lego-badtoken')
    const [step] = report.analysis.steps.filter(({ dns }) => dns !== null)
    const token = 'sEcr3t-t0ken-of-somebody-else-0123456789'
    const decoded = step && {
      ...step.decoded,
      head: {
        ...step.decoded.head,
        request: { ...step.decoded.head.request, headers: [['Authorization', `Bearer ${token}`]] as const },
      },
      response: { kind: 'json', value: { detail: `bad token ${token}` } } as const,
    }
    const [first] = report.findings
    if (!step || !decoded || !first) throw new Error('nothing to change')
    const steps = report.analysis.steps.map((one) =>
      one === step ? { ...step, decoded, url: `${step.url}&t=${token}` } : one,
    )
    const finding = {
      ...first,
      title: `${token} refused`,
      explanation: token,
      fix: `not ${token}`,
      exchanges: [step.exchange],
    }
    const text = toBugReport({
      ...report,
      analysis: { ...report.analysis, steps },
      findings: [finding],
      about: finding,
    })
    expect(text).not.toContain(token)
    expect(text).not.toContain(prose(token))
    expect(text).toContain('bearer\\_token\\_1')
  })
})

const HOSTILE = [
  '<img src=x onerror=alert(1)> <!-- -->',
  '[click](http://evil.test) ![x](http://evil.test/x.png)',
  '# heading',
  '- item',
  '1. item',
  '---',
  '===',
  '> quote',
  '```\ncode\n```',
  '~~~',
  '`` ` ``',
  '| a | b |',
  '@everyone see #12 and GH-34 owner/repo#56',
  'http://evil.test/a|b www.evil.test evil@evil.test mailto:evil@evil.test',
  '\u202Egnp.exe\u2066 \u001B[2J\u0000',
  'line\r\n# two\u2028# three',
  '[x]: http://evil.test',
  '[^1]: note',
  '&lt;b&gt; \\# \\<b>',
  '$x$ **bold** _it_ ~~gone~~',
  '    indented',
  'x'.repeat(5_000),
]

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 4 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'`*_[]()<>#+-.!|~&$@:/\\ \n=1xw'), maxLength: 60 }),
)

/** Nodes that make more of a text than words. */
const ACTIVE = [
  'html',
  'image',
  'heading',
  'list',
  'blockquote',
  'thematicBreak',
  'definition',
  'footnoteReference',
  'table',
  'delete',
  'strong',
  'emphasis',
  'code',
  'link',
]

describe('captured words', () => {
  it('are prose and nothing else', () =>
    fc.assert(
      fc.property(hostile, (text) => {
        for (const markdown of [prose(text), advice(text), code(text)]) {
          const nodes = parse(markdown)
          expect(nodes.filter(({ type }) => ACTIVE.includes(type))).toEqual([])
          expect(markdown.split('\n')).toHaveLength(1)
        }
      }),
      { numRuns: 100 },
    ))

  it('stay in their cell, and in their block', () =>
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const table = `| a | b |\n| --- | --- |\n| ${cellCode(text)} | ${cellCode(other)} |\n`
        const nodes = parse(table)
        expect(count(nodes, 'tableRow')).toBe(2)
        expect(count(nodes, 'tableCell')).toBe(4)
        expect(count(nodes, 'link')).toBe(0)
        const blocks = parse(`${block(text, 'json', 5_000)}\n\nend`)
        expect(count(blocks, 'code')).toBe(1)
        expect(count(blocks, 'paragraph')).toBe(1)
      }),
      { numRuns: 100 },
    ))

  it('are still readable', () => {
    expect(prose('The CA said 403: “no such name”, at step 12.')).toBe('The CA said 403: “no such name”, at step 12.')
    expect(prose('see https://a.test/x_y now')).toBe('see `https://a.test/x_y` now')
    expect(block('{\n  "a": 1\n}', 'json', 100)).toBe('```json\n{\n  "a": 1\n}\n```')
    expect(block('x'.repeat(10), '', 4)).toBe('```\nxxxx\n… 6 characters more\n```')
    expect(code('a`b')).toBe('``a`b``')
  })

  it('change nothing of a whole report', async () => {
    const report = await reportOf('lego-badtoken')
    const [step] = report.analysis.steps.slice(-1)
    if (!step) throw new Error('no step')
    fc.assert(
      fc.property(
        fc.record({
          title: hostile,
          explanation: hostile,
          fix: hostile,
          url: hostile,
          label: hostile,
          detail: hostile,
        }),
        ({ title, explanation, fix, url, label, detail }) => {
          const finding: Finding = {
            id: 'dns.txt-mismatch',
            severity: 'error',
            title,
            explanation,
            fix: `Do ${fix}`,
            reference: reference('RFC 8555 §8.4'),
            exchanges: [step.exchange],
            object: null,
            consequenceOf: null,
          }
          const response = { kind: 'json', value: { detail } } as const
          const analysis = {
            ...report.analysis,
            steps: [{ ...step, url, status: 400, decoded: { ...step.decoded, response } }],
            lanes: report.analysis.lanes.map((lane) => ({ ...lane, label: `x${label}` })),
          }
          const nodes = parse(
            toBugReport({ ...report, analysis, findings: [finding], about: finding, recordedWith: label }),
          )
          expect(nodes.filter(({ type }) => type === 'link').map((link) => link.url)).toEqual([
            'https://www.rfc-editor.org/rfc/rfc8555#section-8.4',
          ])
          expect(count(nodes, 'heading')).toBeLessThanOrEqual(1)
          expect(
            ['html', 'image', 'blockquote', 'definition', 'delete', 'emphasis'].filter((type) => count(nodes, type)),
          ).toEqual([])
          expect([count(nodes, 'table'), count(nodes, 'tableRow'), count(nodes, 'tableCell')]).toEqual([1, 2, 12])
          expect([count(nodes, 'code'), count(nodes, 'list')]).toEqual([1, 1])
        },
      ),
      { numRuns: 50 },
    )
  })
})
