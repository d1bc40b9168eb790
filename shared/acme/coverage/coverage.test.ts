// What recordings of real clients exercised; and that a coverage which grows is the one that is made at once.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { issued } from '../../../test/synthetic/scenarios.ts'
import { readHar } from '../../har/read.ts'
import { analyse, startAnalysis } from '../analyse.ts'
import { decodeAll } from '../decode.ts'
import type { Analysis, Decoded } from '../model.ts'
import { definitionsOf } from '../registry/definitions.ts'
import { outlineSection, outlines, sectionAddress, sectionAt } from '../registry/outline.ts'
import { rowsOf } from '../registry/registry.ts'
import { type Coverage, coverageOf, sectionsOf } from './coverage.ts'
import { fitsSearch, toGroups } from './outline-groups.ts'
import { reasonOf } from './reasons.ts'
import { canBeExercised, tallyOf } from './tally.ts'

const FOLDERS = ['../../../test/corpus/', '../../../recordings/examples/'].map((path) => new URL(path, import.meta.url))
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.har'))
    .map((name) => [name.replace('.har', ''), new URL(name, folder)] as const),
)
const urlOf = new Map(files)

const decodedOf = async (name: string): Promise<readonly Decoded[]> =>
  decodeAll(readHar(readFileSync(urlOf.get(name) ?? '', 'utf8')).facts)
const analysisOf = async (name: string) => analyse(startAnalysis(), await decodedOf(name))

const sections = outlines.flatMap((document) => document.sections)
const exercised = (coverage: Coverage) => sections.filter(({ cite }) => coverage.count(cite) > 0)
/** Everything a coverage says. */
const said = (analysis: Analysis) => {
  const coverage = coverageOf(analysis)
  const keys = sections.flatMap(({ cite }) => definitionsOf(cite)).map(({ key }) => key)
  return {
    sections: sections.map(({ cite }) => [cite, coverage.steps(cite).map(({ exchange }) => exchange)]),
    seen: keys.map((key) => [key, coverage.seen(key), coverage.firstSeen(key)?.exchange]),
    steps: analysis.steps.map((step) => sectionsOf(step, analysis)),
  }
}

describe('every recording we have', () => {
  it.each(files)('%s: exercises only what a recording can exercise, and every step something', async (name) => {
    const analysis = await analysisOf(name)
    const coverage = coverageOf(analysis)
    expect(exercised(coverage).filter((section) => !canBeExercised(section))).toEqual([])
    for (const step of analysis.steps.filter(({ operation }) => operation !== 'other'))
      expect(sectionsOf(step, analysis)).not.toEqual([])
    for (const { cite } of exercised(coverage))
      for (const { operation } of coverage.steps(cite)) expect(reasonOf(operation, cite)).toMatch(/^[A-Z]/)
  })

  it('together leave little of RFC 8555 out', async () => {
    const met = new Set<string>()
    for (const [name] of files) for (const { cite } of exercised(coverageOf(await analysisOf(name)))) met.add(cite)
    const left = sections.filter((section) => section.cite.startsWith('RFC 8555') && canBeExercised(section))
    expect(left.filter(({ cite }) => !met.has(cite)).map(({ reference }) => reference.section)).toEqual([
      '6.6',
      '6.7.1',
      '7.1.2.1',
      '7.3.3',
      '7.4.1',
    ])
  })
})

describe('one recording', () => {
  it.each([
    ['uacme-account', ['RFC 8555 §7.3.2', 'RFC 8555 §7.3.5', 'RFC 8555 §7.3.6'], ['RFC 8555 §7.6', 'RFC 8555 §8.4']],
    ['lego-eab', ['RFC 8555 §7.3.4'], ['RFC 8555 §7.3.5']],
    ['caddy-alpn', ['RFC 8737 §3'], ['RFC 8555 §8.3', 'RFC 8738 §3', 'RFC 8555 §8.4']],
    ['uacme-ip', ['RFC 8738 §3', 'RFC 8738 §4', 'RFC 8738 §5'], ['RFC 8738 §6', 'RFC 8738 §7', 'RFC 8737 §3']],
    ['certbot-revoke-key', ['RFC 8555 §7.6'], ['RFC 8555 §7.3.4']],
    [
      'lego-dns3',
      ['RFC 8555 §8.4', 'RFC 8555 §11.1', 'RFC 8555 §6.5.1', 'RFC 7515 §7.2.2'],
      ['RFC 8555 §6.7', 'RFC 8737 §3'],
    ],
    ['raw-bad-jws', ['RFC 8555 §6.7', 'RFC 7807 §3'], ['RFC 8555 §7.4.2']],
  ])('%s', async (name, met, left) => {
    const coverage = coverageOf(await analysisOf(name))
    expect(met.filter((cite) => coverage.count(cite) === 0)).toEqual([])
    expect(left.filter((cite) => coverage.count(cite) > 0)).toEqual([])
  })

  it('shows fields, statuses, types and headers, and counts the steps they are in', async () => {
    const analysis = await analysisOf('lego-dns3')
    const { seen, firstSeen, count } = coverageOf(analysis)
    expect(seen('field order.finalize')).toBeGreaterThan(2)
    expect(firstSeen('field order.finalize')?.operation).toBe('newOrder')
    expect(seen('field protected.nonce')).toBe(count('RFC 8555 §6.5'))
    expect(seen('status order pending')).toBeGreaterThan(0)
    expect(seen('status account deactivated')).toBe(0)
    expect(seen('challenge dns-01')).toBeGreaterThan(0)
    expect(seen('identifier ip')).toBe(0)
    expect(seen('header replay-nonce')).toBe(count('RFC 8555 §6.5.1'))
    expect(seen('field keyChange.account')).toBe(0)
    expect(coverageOf(await analysisOf('uacme-account')).seen('field keyChange.account')).toBe(1)
    expect(coverageOf(await analysisOf('certbot-nonce-always')).seen('problem badNonce')).toBeGreaterThan(1)
  })

  it('counts a status change once, where the answer shows another status than before', async () => {
    const { world } = await issued()
    const analysis = analyse(startAnalysis(), await decodeAll(world.facts))
    const changes = coverageOf(analysis)
      .steps('RFC 8555 §7.1.6')
      .filter(({ operation }) => operation === 'finalize')
    expect(changes).toHaveLength(1)
  })
})

describe('a recording that grows', () => {
  it.each(['lego-dns3', 'certbot-nonce-always', 'uacme-account'])('%s: one by one is as all at once', async (name) => {
    const decoded = await decodedOf(name)
    const whole = said(analyse(startAnalysis(), decoded))
    let growing = startAnalysis()
    for (const one of decoded) {
      growing = analyse(growing, [one])
      coverageOf(growing)
    }
    expect(said(growing)).toEqual(whole)
  })

  it('takes back what an unfinished exchange was taken for, wherever it stands', async () => {
    const decoded = await decodedOf('lego-dns3')
    const begun = decoded.map((one): Decoded => {
      if (one.kind !== 'exchange') return one
      const { response: _, ...head } = one.head
      return {
        ...one,
        head: { ...head, state: 'in progress' },
        response: { kind: 'none' },
        problem: null,
        location: null,
        links: [],
        replayNonce: null,
      }
    })
    let growing = startAnalysis()
    for (const [at, one] of decoded.entries()) {
      growing = analyse(growing, begun.slice(at, at + 3))
      coverageOf(growing)
      growing = analyse(growing, [one])
      coverageOf(growing)
    }
    expect(said(growing)).toEqual(said(analyse(startAnalysis(), decoded)))
  })
})

describe('the rows', () => {
  it('give every section that can be exercised something that does', () => {
    const cited = new Set([
      ...rowsOf('operations').flatMap(({ cites }) => cites),
      ...(['traits', 'exercises', 'challenges', 'identifiers', 'problems', 'fields', 'reasons'] as const).flatMap(
        (table) => rowsOf(table).map(({ cite }) => cite),
      ),
    ])
    const idle = sections.filter((section) => canBeExercised(section) && !cited.has(section.cite))
    expect(idle.map(({ cite }) => cite)).toEqual([])
  })

  it('are found by what they define', () => {
    const found = sections.filter((section) => fitsSearch(section, 'csr finalize')).map(({ cite }) => cite)
    expect(found).toContain('RFC 8555 §7.4')
    expect(found).not.toContain('RFC 8555 §7.2')
    expect(sections.every((section) => fitsSearch(section, ''))).toBe(true)
  })
})

describe('the outline', () => {
  it('folds away what the recording has nothing of', async () => {
    const groups = toGroups(coverageOf(await analysisOf('caddy-alpn')))
    const ids = (wanted: string) => groups.find(({ id }) => id === wanted)?.documents.map(({ id }) => id) ?? []
    expect(ids('base')).toEqual(['RFC 8555'])
    expect(ids('extensions')).toContain('RFC 8737')
    expect(ids('absent')).toContain('RFC 8823')
    expect(ids('basis')).toContain('RFC 7515')
    expect(groups.flatMap(({ documents }) => documents)).toHaveLength(outlines.length)
    const empty = toGroups(coverageOf(startAnalysis()))
    expect(empty.map(({ id }) => id)).toEqual(['base', 'absent'])
  })

  it('knows what is part of what', () => {
    expect(outlineSection('RFC 8555 §7.1.2.1')).toMatchObject({ depth: 3, within: 'RFC 8555 §7.1.2' })
    expect(outlineSection('RFC 9773 §4.1')).toMatchObject({ depth: 1, within: 'RFC 9773 §4' })
    expect(outlineSection('RFC 9773 §7.4')).toMatchObject({ depth: 0, within: null })
  })

  it.each(sections)('$cite has an address of its own', (section) => {
    expect(sectionAt(sectionAddress(section.reference))).toBe(section)
  })

  it.each([
    ['7.4', 'RFC 8555 §7.4'],
    ['§7.4', 'RFC 8555 §7.4'],
    ['RFC 8555 7.4', 'RFC 8555 §7.4'],
    ['RFC 8555 §7.4', 'RFC 8555 §7.4'],
    ['RFC 9773 4.1', 'RFC 9773 §4.1'],
    ['Boulder', 'Boulder §'],
    ['7.9', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('the address %j is %s', (address, cite) => expect(sectionAt(address)?.cite).toBe(cite))

  it('counts only what can be exercised', () => {
    const [base] = outlines
    if (!base) throw new Error('no outline')
    expect(tallyOf(base, coverageOf(startAnalysis()))).toEqual({ exercised: 0, possible: 44 })
  })
})
