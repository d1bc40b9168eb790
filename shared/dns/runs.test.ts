// Whole orders proven through each provider, in the words that its clients and its API really use.
import { describe, expect, it } from 'vitest'
import { NAME, type Ran, runThrough, ZONE } from '../../test/synthetic/dns-run.ts'
import { RUNS } from '../../test/synthetic/dns-scripts.ts'
import { check } from '../acme/checks/index.ts'
import { toShowJson } from '../acme/show.ts'

const writesOf = ({ analysis }: Ran) => analysis.dnsChanges.filter(({ action }) => action !== 'delete')
const deletesOf = ({ analysis }: Ran) => analysis.dnsChanges.filter(({ action }) => action === 'delete')

describe('an order proven through', () => {
  it.each(RUNS)('%s', async (label, run, operations) => {
    const ran = await runThrough(run)
    const { analysis, steps, values } = ran
    expect(steps.map(({ to }) => to)).toEqual(steps.map(() => `dns:${label}`))
    expect(analysis.lanes.map((lane) => lane.label)).toContain(label)
    expect(steps.map(({ operation }) => operation)).toEqual(operations)
    expect(steps.every(({ phase }) => phase === 'provisioning' || phase === 'cleanup')).toBe(true)
    expect(steps.every(({ dns }) => dns?.api?.url.startsWith('https://'))).toBe(true)
    expect(writesOf(ran).map(({ value }) => value)).toEqual(values)
    expect(
      writesOf(ran).every(({ matches, accepted }) => accepted && matches.length === 1 && matches[0]?.matches),
    ).toBe(true)
    const challenges = [...analysis.challenges.values()].filter(({ type }) => type === 'dns-01')
    expect(writesOf(ran).map(({ matches }) => matches[0]?.challenge)).toEqual(challenges.map(({ url }) => url))
    expect([...analysis.orders.values()].map(({ status }) => status)).toEqual(['valid'])
    expect(check(analysis).filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  it.each(RUNS.filter(([label]) => label !== 'acme-dns'))(
    '%s takes back what it wrote, and leaves nothing',
    async (_, run) => {
      const ran = await runThrough(run)
      expect(
        deletesOf(ran)
          .map(({ value }) => value)
          .toSorted(),
      ).toEqual([...ran.values].toSorted())
      expect(deletesOf(ran).every(({ matches }) => matches[0]?.matches === true)).toBe(true)
      expect([...ran.analysis.index.dns.standing.values()].flatMap((set) => [...set.keys()])).toEqual([])
      expect(
        ran.steps.filter(({ operation }) => operation === 'dns.deleteRecord').every(({ phase }) => phase === 'cleanup'),
      ).toBe(true)
    },
  )

  it.each(RUNS.filter(([label]) => label !== 'acme-dns'))('%s names the record whole, and the zone', async (_, run) => {
    const { analysis } = await runThrough(run)
    const { dnsChanges } = analysis
    expect(dnsChanges.map(({ name, type }) => [name, type])).toEqual(dnsChanges.map(() => [NAME, 'TXT']))
    expect(new Set(dnsChanges.map(({ zone }) => zone))).toEqual(new Set([dnsChanges[0]?.zone === 'z1' ? 'z1' : ZONE]))
  })

  it.each(RUNS)('%s is shown with the records of each challenge', async (_, run) => {
    const { analysis, values } = await runThrough(run)
    const { orders } = toShowJson({ id: '', name: '', startedAt: '', exchanges: 0 }, analysis, [])
    const records = orders[0]?.authorizations.map(({ challenge }) => challenge?.records)
    expect(records).toMatchObject(values.map((content) => [{ content, matches: true }]))
  })

  it('acme-dns is tied by its values alone, under the name that the registration gave', async () => {
    const { analysis } = await runThrough(
      RUNS.find(([label]) => label === 'acme-dns')?.[1] ?? { write: () => [], clear: () => [] },
    )
    expect(analysis.dnsChanges.map(({ name }) => name)).toEqual([
      '8e5700ea.auth.example.test',
      '8e5700ea.auth.example.test',
    ])
  })
})
