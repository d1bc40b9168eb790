/** What the product is for: real clients get real certificates through it, and it says truly what happened. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query, runRecorded } from '../lab/acmescope.ts'
import { type ClientCommand, certbotCloudflare, certbotStandalone, legoHttp } from '../lab/clients.ts'
import { type Lab, type LabOptions, referenceNames, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import type { Outcome } from '../lab/processes.ts'
import { operationsOf, recordsOf, type Shown, showLatest } from './shown.ts'

const order = ['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization']
const issued = ['finalize', 'order', 'certificate']

interface Run {
  readonly outcome: Outcome
  readonly shown: Shown
  readonly recordings: string
}

async function record(lab: Lab, client: ClientCommand): Promise<Run> {
  const recordings = join(client.folder, 'recordings')
  const outcome = await runRecorded(lab, client, recordings)
  return { outcome, recordings, shown: await showLatest(recordings) }
}

/** Runs one client once, in a lab of its own, for all tests of a `describe`. */
function recorded(make: (lab: Lab) => Promise<ClientCommand>, options?: LabOptions): () => Run {
  let lab: Lab | undefined
  let run: Run | undefined
  beforeAll(async () => {
    lab = await startLab(options)
    run = await record(lab, await make(lab))
  }, 120_000)
  afterAll(() => lab?.stop())
  return () => {
    if (run === undefined) throw new Error('the client did not run')
    return run
  }
}

function itSucceeds(run: () => Run, names: readonly string[]): void {
  test('the client got its certificate and acmescope ended with 0', () => {
    expect(run().outcome, run().outcome.stderr).toMatchObject({ code: 0 })
  })
  test('every signature verifies', () => {
    const signatures = run().shown.steps.flatMap(({ jws }) => jws?.signature ?? [])
    expect(signatures.length).toBeGreaterThan(4)
    expect(new Set(signatures)).toEqual(new Set(['valid']))
  })
  test('the order and its authorizations are valid', () => {
    const { orders } = run().shown
    expect(orders.map(({ status }) => status)).toEqual(['valid'])
    expect(orders.flatMap(({ authorizations }) => authorizations.map(({ status }) => status))).toEqual(
      names.map(() => 'valid'),
    )
  })
  test('the certificate holds the names', () => {
    const sans = run().shown.certificates.map(({ sans }) => sans.map(nameOf).toSorted())
    expect(sans).toContainEqual(names.toSorted())
  })
  test('every ACME step says where it is written', () => {
    const silent = run().shown.steps.filter(
      ({ operation, references }) => operation === 'other' || references.length === 0,
    )
    expect(silent.map(({ method, url }) => `${method} ${url}`)).toEqual([])
  })
  test('nothing is found wrong', async () => {
    expect(run().shown.findings.filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(await query(run().recordings, 'check', 'latest', '--fail-on', 'warning')).toMatchObject({ code: 0 })
  })
}

const nameOf = (san: unknown) => (typeof san === 'string' ? san : String(Object(san).value))

const rolesOf = ({ lanes }: Shown) => lanes.map(({ role }) => role).toSorted()

describe.skipIf(skipWithout('pebble', 'certbot', 'python3-certbot-dns-cloudflare'))(
  'certbot, dns-01 by Cloudflare',
  () => {
    const run = recorded((lab) => certbotCloudflare(lab, referenceNames))
    itSucceeds(run, referenceNames)
    test('client, CA and DNS provider have a lane each', () => {
      expect(rolesOf(run().shown)).toEqual(['ca', 'client', 'dns'])
    })
    test('every TXT record that was written is the one its challenge asks for', () => {
      expect(
        recordsOf(run().shown)
          .map(({ name, matches }) => ({ name, matches }))
          .toSorted(byName),
      ).toEqual([
        { name: '_acme-challenge.nas.example.test', matches: true },
        { name: '_acme-challenge.nas.example.test', matches: true },
        { name: '_acme-challenge.test1.test2.example.test', matches: true },
      ])
    })
    test('the steps are those of the reference scenario, in order', () => {
      const write = ['dns.findZone', 'dns.createRecord', 'dns.listRecords']
      const clean = ['dns.findZone', 'dns.listRecords', 'dns.deleteRecord']
      const thrice = (operations: readonly string[]) => [operations, operations, operations].flat()
      const expected = [...order, ...thrice(write), 'challenge', 'authorization', ...thrice(clean), ...issued]
      expect(operationsOf(run().shown)).toEqual(expected)
    })
  },
)

const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name)

describe.skipIf(skipWithout('pebble', 'certbot'))('certbot, http-01', () => {
  const names = ['www.example.test', 'mail.example.test']
  const run = recorded((lab) => certbotStandalone(lab, names))
  itSucceeds(run, names)
  test('client and CA have a lane each', () => {
    expect(rolesOf(run().shown)).toEqual(['ca', 'client'])
  })
  test('the steps come in order', () => {
    expect(operationsOf(run().shown)).toEqual([...order, 'challenge', 'authorization', ...issued])
  })
})

describe.skipIf(skipWithout('pebble', 'lego'))('lego, http-01', () => {
  const names = ['www.example.test']
  const run = recorded((lab) => legoHttp(lab, names))
  itSucceeds(run, names)
  test('the steps come in order', () => {
    expect(operationsOf(run().shown)).toEqual([...order, 'challenge', 'authorization', ...issued])
  })
})

describe.skipIf(skipWithout('pebble', 'certbot', 'python3-certbot-dns-cloudflare'))(
  'a Cloudflare token that is refused',
  () => {
    const run = recorded((lab) => certbotCloudflare(lab, referenceNames), { cloudflare: { token: 'refused' } })
    test("acmescope ends with the client's own exit code", () => {
      expect(run().outcome.code).toBe(1)
      expect(run().outcome.stdout + run().outcome.stderr).toContain('9109')
    })
    test('the refusal is what is found first', () => {
      expect(run().shown.findings[0]).toMatchObject({ id: 'dns-api.unauthorized', severity: 'error' })
    })
    test('no certificate was issued', () => {
      expect(run().shown.certificates).toEqual([])
      expect(operationsOf(run().shown)).not.toContain('finalize')
    })
  },
)

describe.skipIf(skipWithout('pebble', 'certbot', 'python3-certbot-dns-cloudflare'))(
  'a TXT record that is written but not served',
  () => {
    const run = recorded((lab) => certbotCloudflare(lab, ['nas.example.test']), { cloudflare: { serveTxt: 'none' } })
    test("acmescope ends with the client's own exit code", () => {
      expect(run().outcome.code).toBe(1)
    })
    test('the right value was written, the authorization failed', () => {
      expect(recordsOf(run().shown).map(({ matches }) => matches)).toEqual([true])
      expect(run().shown.orders.flatMap(({ authorizations }) => authorizations.map(({ status }) => status))).toEqual([
        'invalid',
      ])
    })
    test('what is found first is that it did not reach the DNS', () => {
      expect(run().shown.findings[0]).toMatchObject({ id: 'dns.not-propagated', severity: 'error' })
    })
    test('check ends with 1', async () => {
      expect(await query(run().recordings, 'check', 'latest')).toMatchObject({ code: 1 })
    })
  },
)
