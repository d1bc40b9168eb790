import { describe, expect, it } from 'vitest'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { issued, issuedIn } from '../../../test/synthetic/scenarios.ts'
import type { Analysis } from '../model.ts'
import { countObjects, keysAbove, NONCES, type TreeRow, treeRows } from './tree.ts'

const all = { isOpen: () => true, filter: '' }

const drawn = (rows: readonly TreeRow[]) =>
  rows.map(({ depth, kind, status }) => `${'  '.repeat(depth)}${kind} ${status ?? ''}`.trimEnd())

/** The same, as though its directory and account had not been recorded. */
const midway = (analysis: Analysis): Analysis => ({ ...analysis, directories: new Map(), accounts: new Map() })

describe('the tree of objects', () => {
  it('goes from the CA down to challenges, and to certificates under their order', async () => {
    const analysis = await analysisOf((await issued({ names: ['a.example.test'] })).facts)
    const rows = treeRows(analysis, all)
    expect(drawn(rows).slice(0, 4)).toEqual([
      'directory',
      '  account valid',
      '    order valid',
      '      authorization valid',
    ])
    expect(rows.filter(({ kind }) => kind === 'certificate')).toMatchObject([{ depth: 3, status: 'issued' }])
    expect(rows.at(-1)).toMatchObject({ kind: 'nonces', url: NONCES })
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
    expect(rows).toHaveLength(countObjects(analysis) + 1)
  })

  it('shows what is under a row only where that is open', async () => {
    const analysis = await analysisOf((await issued()).facts)
    const rows = treeRows(analysis, { ...all, isOpen: (key) => !key.endsWith([...analysis.accounts.keys()][0] ?? '') })
    expect(drawn(rows)).toEqual(['directory', '  account valid', 'nonces'])
    expect(rows[1]).toMatchObject({ children: 1, isOpen: false })
  })

  it('finds by name, kind and status, with the way to what is found', async () => {
    const { world } = await issued({ names: ['a.example.test'] })
    const analysis = await analysisOf((await issuedIn(world, { names: ['b.example.test'] })).facts)
    const rows = treeRows(analysis, { isOpen: () => false, filter: 'B.example authorization' })
    expect(drawn(rows)).toEqual(['directory', '  account valid', '    order valid', '      authorization valid'])
    expect(treeRows(analysis, { ...all, filter: 'nothing of this' })).toEqual([])
    const [authorization = ''] = [...analysis.authorizations.keys()]
    const [directory = ''] = [...analysis.directories.keys()]
    expect(keysAbove(analysis, authorization)).toHaveLength(3)
    expect(keysAbove(analysis, authorization)[0]).toContain(directory)
  })

  it('keeps what a recording that began midway does not show the owner of', async () => {
    const analysis = midway(await analysisOf((await issued()).facts))
    expect(treeRows(analysis, all)[0]).toMatchObject({ kind: 'order', depth: 0 })
  })
})
