// Whole orders proven through each provider, in the words that its clients and its API really use.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DnsRun, NAME, type Ran, runThrough, ZONE } from '../../test/synthetic/dns-run.ts'
import { RUNS } from '../../test/synthetic/dns-scripts.ts'
import { analyse, startAnalysis } from '../acme/analyse.ts'
import { check } from '../acme/checks/index.ts'
import { decode, decodeAll, noKeys } from '../acme/decode.ts'
import { toShowJson } from '../acme/show.ts'
import type { Body, Exchange } from '../exchange.ts'

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

/** An undescribed provider, of whom ids and values are known in other ways. */
const UNNAMED: DnsRun = {
  write: (first, second) =>
    [first, second].map((value, id) => ({
      method: 'POST',
      url: 'https://api.provider.test/records',
      sent: { value },
      answered: { id: `r${id}`, value },
    })),
  clear: () => ['r0', 'r1'].map((id) => ({ method: 'DELETE', url: `https://api.provider.test/records/${id}` })),
}
const ALL = [...RUNS.map(([label, run]) => [label, run] as const), ['a provider nobody described', UNNAMED] as const]

describe('the fold', () => {
  it.each(ALL)('of %s gives the same whole, in pieces, and with every exchange announced first', async (_, run) => {
    const { facts } = await runThrough(run)
    const decoded = await decodeAll(facts)
    const whole = analyse(startAnalysis(), decoded)
    expect(decoded.reduce((analysis, one) => analyse(analysis, [one]), startAnalysis())).toEqual(whole)
    const begun = facts.map((fact) => {
      const { response: _response, ...rest } = fact as Exchange
      return { ...rest, state: 'in progress' as const }
    })
    const announced = await decodeAll(begun)
    const live = decoded.reduce(
      (analysis, one, at) => analyse(analyse(analysis, announced.slice(at, at + 1)), [one]),
      startAnalysis(),
    )
    expect(live).toEqual(whole)
  })

  const junk = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('', '[]', '<a>', '{"id":', '"', '</Change>', '%', '\\u', 'null'),
  )

  it('never throws, whatever becomes of the bodies', async () => {
    const runs = await Promise.all(ALL.map(async ([, run]) => (await runThrough(run)).facts as readonly Exchange[]))
    const decoded = await Promise.all(runs.map((facts) => decodeAll(facts)))
    await fc.assert(
      fc.asyncProperty(
        fc.nat(runs.length - 1),
        fc.nat(30),
        fc.nat(600),
        junk,
        fc.boolean(),
        async (run, which, at, piece, isWhole) => {
          const facts = runs[run] ?? []
          const index = which % facts.length
          const exchange = facts[index]
          if (!exchange) return
          const damage = (body: Body): Body => {
            const text = body.kind === 'text' ? body.text : ''
            return { kind: 'text', text: isWhole ? piece : text.slice(0, at) + piece + text.slice(at + piece.length) }
          }
          const { request, response, ...rest } = exchange
          const damaged: Exchange = {
            ...rest,
            request: { ...request, body: damage(request.body) },
            ...(response && { response: { ...response, body: damage(response.body) } }),
          }
          const analysis = analyse(startAnalysis(), (decoded[run] ?? []).with(index, await decode(damaged, noKeys)))
          toShowJson({ id: '', name: '', startedAt: '', exchanges: 0 }, analysis, check(analysis))
        },
      ),
      { numRuns: 300 },
    )
  })
})
