/**
 * Every client that can be had here, by `acmescope run` and nothing else: it issues, both of its legs recorded; and where it
 * does not trust us, it is seen to refuse, with what to do about it for this client, and ends as it would.
 */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { type MakeClient, untrusting } from '../lab/clients/client.ts'
import type { Lab } from '../lab/lab.ts'
import { mountNamespace, userNamespace } from '../lab/namespaces.ts'
import { skipWithout, skipWithoutNamespace } from '../lab/peers.ts'
import { itIssues } from './expectations.ts'
import { MATRIX, type MatrixRow, type Refusal } from './matrix.ts'
import { type Recorded, record } from './recorded.ts'
import { causesOf, recordedSteps, recordsOf } from './shown.ts'

/** Said of each that is left out. */
const isHere = ({ packages }: MatrixRow): boolean =>
  !(skipWithout('pebble', ...packages) || namespacesOf(packages).some(skipWithoutNamespace))

const namespacesOf = (packages: readonly string[]) => [
  ...(packages.includes('uacme') ? [mountNamespace] : []),
  ...(packages.includes('apache2-bin') ? [userNamespace] : []),
]

const rows = MATRIX.filter(isHere)
const [alone, together] = [rows.filter((row) => row.isAlone), rows.filter((row) => !row.isAlone)]
type Refused = (typeof refusals)[number]
const refusals = rows.flatMap((row) => (row.refusal ? [{ ...row.refusal, row }] : []))

/** acme-tiny fetches its own answer before it tells the CA, and the proxy is asked for that, too. */
const withTiny = (lab: Lab): Lab => {
  const [from, to] = [`tiny.example.test:${lab.pebble.httpPort}`, `127.0.0.1:${lab.pebble.httpPort}`]
  return { ...lab, acmescopeFlags: [...lab.acmescopeFlags, '--connect-to', `${from}:${to}`] }
}

const makers = (all: readonly MatrixRow[]): Readonly<Record<string, MakeClient>> =>
  Object.fromEntries(all.map(({ client, run }) => [client, run]))

describe('by itself', () => {
  const runs = { ...record(makers(together), { web: 'files' }, withTiny), ...record(makers(alone), {}, undefined, 1) }
  describe.each(rows)('$client', ({ client, issues }) => {
    const run = () => recordedOf(runs, client)
    if (issues === null) itAsksBoth(run)
    else itIssues(run, issues)
    if (issues?.challenge === 'dns-01') itWritesAndCleans(run, issues.names)
    test('each it spoke to has a lane', () => {
      const asksDns = issues === null || issues.challenge === 'dns-01'
      const asksItself = issues?.operations.includes('validation.http-01') ?? false
      const others = [...(asksDns ? ['dns:Cloudflare'] : []), ...(asksItself ? ['other'] : [])]
      expect(lanesOf(run())).toEqual(['ca', 'client', ...others])
    })
  })
})

describe('without trust in us', () => {
  const by = (some: readonly Refused[]) =>
    record(Object.fromEntries(some.map((one) => [one.row.client, refusing(one)])))
  // A server that never gives up holds the ports that Pebble looks at: each has a lab of its own.
  const servers = refusals.filter(({ until }) => until !== undefined)
  const others = refusals.filter(({ until }) => until === undefined)
  const runs = Object.assign(by(others), ...servers.map((one) => by([one])))
  describe.each(refusals)('$row.client', ({ row, code, cure, says, page }) => {
    const run = () => recordedOf(runs, row.client)
    test('is seen to refuse, and told what to do', () => {
      const { shown } = run()
      expect(recordedSteps(shown)).toEqual([])
      expect(causesOf(shown)).toEqual(['trust.client-rejected-authority'])
      expect(shown.findings[0]).toMatchObject({
        title: expect.stringContaining('ca.example.test'),
        fix: expect.stringMatching(cure),
      })
    })
    test('ends as it would, and says what its page has', async () => {
      const { outcome } = run()
      expect(outcome, outcome.stderr).toMatchObject({ code })
      expect(outcome.stdout + outcome.stderr).toContain(says)
      expect(await readFile(new URL(`../../docs/clients/${page}.md`, import.meta.url), 'utf8')).toContain(says)
    })
  })
})

const refusing =
  ({ run, program, until }: Refusal): MakeClient =>
  async (lab) => {
    const client = await untrusting(lab, await run(lab), program)
    return until ? { ...client, until: [until] } : client
  }

function recordedOf(runs: Readonly<Record<string, () => Recorded>>, client: string): Recorded {
  const run = runs[client]?.()
  if (run === undefined) throw new Error(`${client} did not run`)
  return run
}

function itAsksBoth(run: () => Recorded): void {
  test('both of its requests are recorded, and answered', () => {
    expect(run().outcome, run().outcome.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^200 200\s*$/),
    })
    expect(recordedSteps(run().shown).map(({ operation, status }) => ({ operation, status }))).toEqual([
      { operation: 'directory', status: 200 },
      { operation: 'dns.findZone', status: 200 },
    ])
  })
}

function itWritesAndCleans(run: () => Recorded, names: readonly string[]): void {
  const written = names.map((name) => `_acme-challenge.${name.replace('*.', '')}`)
  test('every TXT record that was written is the one its challenge asks for', () => {
    const records = recordsOf(run().shown).map(({ name, matches }) => ({ name, matches }))
    expect(records.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual(
      written.toSorted().map((name) => ({ name, matches: true })),
    )
  })
  test('as many records are deleted', () => {
    const deleted = recordedSteps(run().shown).filter(({ operation }) => operation === 'dns.deleteRecord')
    expect(deleted.map(({ status, phase }) => ({ status, phase }))).toEqual(
      names.map(() => ({ status: 200, phase: 'cleanup' })),
    )
  })
}

/** Of what was recorded; inferred parties, such as the name servers the CA asks, come and go with what can be told of them. */
const lanesOf = ({ shown }: Recorded) =>
  [...new Set(recordedSteps(shown).flatMap(({ from, to }) => [kind(from), kind(to)]))].toSorted()

const kind = (lane: string) => (lane.startsWith('dns:') ? lane : (lane.split(':')[0] ?? lane))
