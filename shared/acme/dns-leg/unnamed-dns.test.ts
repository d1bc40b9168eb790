// A DNS provider that nobody described, known by the value it is sent: in every encoding, and in none that is not the value.
import { describe, expect, it } from 'vitest'
import { type Call, type DnsRun, runThrough } from '../../../test/synthetic/dns-run.ts'
import { analysisOf } from '../../../test/synthetic/judge.ts'
import { startWorld } from '../../../test/synthetic/world.ts'
import { check } from '../checks/index.ts'

const HOST = 'api.provider.test'
const API = `https://${HOST}/v1`
const LANE = `dns:${HOST}`
const post = (sent: unknown, more: Partial<Call> = {}): Call => ({
  method: 'POST',
  url: `${API}/records`,
  sent,
  ...more,
})
const run = (write: DnsRun['write'], clear: DnsRun['clear'] = () => []) => runThrough({ write, clear })
const percent = (text: string) => Array.from(text, (one) => `%${one.charCodeAt(0).toString(16)}`).join('')

const ENCODINGS: readonly (readonly [string, (value: string) => Call])[] = [
  ['raw', (value) => post({ type: 'TXT', content: value })],
  ['quoted', (value) => post({ type: 'TXT', content: `"${value}"` })],
  ['escaped', (value) => post(`{"content":"\\u0022${value}\\u0022"}`, { type: 'application/json' })],
  ['in XML', (value) => post(`<methodCall><param>&quot;${value}&quot;</param></methodCall>`, { type: 'text/xml' })],
  ['in a form', (value) => post(`txt=%22${value}%22&ttl=60`, { type: 'application/x-www-form-urlencoded' })],
  ['URL-encoded', (value) => post(`txt=${percent(value)}`, { type: 'application/x-www-form-urlencoded' })],
  ['in the query', (value) => ({ url: `${API}/update?domains=x&txt=${value}`, answered: 'OK' })],
  ['in the path', (value) => ({ method: 'PUT', url: `${API}/txt/${value}` })],
  ['base64', (value) => post({ rdata: btoa(value) })],
  ['base64url', (value) => ({ url: `${API}/set?v=${btoa(`"${value}"`).replace(/=+$/, '')}` })],
  ['in a document in base64', (value) => post({ zone: btoa(`<r a="?>>?">${value}</r>`) })],
]

describe('any host that is sent an expected value is the DNS provider', () => {
  it.each(ENCODINGS)('%s', async (_, call) => {
    const { steps, analysis, values } = await run((first, second) => [call(first), call(second)])
    expect(steps.map(({ to, operation, phase }) => [to, operation, phase])).toEqual([
      [LANE, 'dns.createRecord', 'provisioning'],
      [LANE, 'dns.createRecord', 'provisioning'],
    ])
    expect(analysis.dnsChanges.map(({ value, matches }) => [value, matches.map((one) => one.matches)])).toEqual(
      values.map((value) => [value, [true]]),
    )
    expect(analysis.lanes.map(({ label }) => label)).toContain(HOST)
    expect(steps[0]?.challenge).not.toBeNull()
    expect(steps[0]?.references.map(({ section }) => section)).toContain('8.4')
    expect(check(analysis).filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  it('several values at once are several changes', async () => {
    const { steps, analysis } = await run((first, second) => [post({ values: [first, second] })])
    expect(steps.map(({ operation }) => operation)).toEqual(['dns.createRecord'])
    expect(analysis.dnsChanges).toHaveLength(2)
  })
})

describe('what it is not', () => {
  const notProvider = async (call: (value: string) => Call) => {
    const { steps, analysis } = await run((first) => [call(first)])
    expect(steps.map(({ to, operation }) => [to, operation])).toEqual([['other', 'other']])
    expect(analysis.dnsChanges).toEqual([])
  }

  it.each<readonly [string, (value: string) => Call]>([
    ['another value', (value) => post({ content: value.split('').toReversed().join('') })],
    ['the value but for its last character', (value) => post({ content: `${value.slice(0, -1)}.` })],
    ['the value in lower case', (value) => post({ content: value.toLowerCase() })],
    ['the value in the answer only', (value) => post({ content: 'x' }, { answered: { content: value } })],
    ['the value in a huge body', (value) => post({ content: value, padding: 'x '.repeat(40_000) })],
    ['the value as a host name', (value) => ({ url: `https://${value.replaceAll('_', '-')}.provider.test/` })],
  ])('%s is no provider’s', async (_, call) => {
    await notProvider(call)
  })

  it('a CA’s host is never one', async () => {
    const world = await startWorld()
    world.directory()
    world.register()
    const order = world.order()
    world.fetchAuthorizations(order)
    const [value = ''] = world.chosen(order).map(([, challenge]) => world.expectedTxt(challenge))
    world.request(
      { method: 'POST', url: `${new URL(world.ca.urls.directory).origin}/x`, body: { value } },
      { status: 200, body: null },
    )
    const { steps, dnsChanges } = await analysisOf(world.facts)
    expect(steps.at(-1)).toMatchObject({ operation: 'other', dns: null })
    expect(steps.at(-1)?.to).toMatch(/^ca:/)
    expect(dnsChanges).toEqual([])
  })

  it('a value that is known only later makes none', async () => {
    const world = await startWorld()
    world.directory()
    world.register()
    const order = world.order()
    const [value = ''] = world.chosen(order).map(([, challenge]) => world.expectedTxt(challenge))
    world.request({ method: 'POST', url: `${API}/records`, body: { value } }, { status: 200, body: null })
    world.fetchAuthorizations(order)
    const { steps } = await analysisOf(world.facts)
    expect(steps.find(({ url }) => url.startsWith(API))?.to).toBe('other')
  })
})

describe('what follows at that host', () => {
  const created = (id: unknown) => (value: string) =>
    post({ data: value }, { answered: { record: { id, data: value } }, status: 201 })

  it('goes to the same lane, whatever it is; what came before does not', async () => {
    const look = { url: `${API}/zones` }
    const { steps } = await run((first) => [look, post({ first }), look])
    expect(steps.map(({ to, operation, phase }) => [to, operation, phase])).toEqual([
      ['other', 'other', null],
      [LANE, 'dns.createRecord', 'provisioning'],
      [LANE, 'other', 'provisioning'],
    ])
  })

  it.each<readonly [string, (first: string, second: string) => readonly Call[]]>([
    [
      'by its method',
      (first, second) => [first, second].map((value) => ({ method: 'DELETE', url: `${API}/txt/${value}` })),
    ],
    [
      'by a word of the path',
      (first, second) => [first, second].map((value) => post({ value }, { url: `${API}/dns/deleteRecord` })),
    ],
    [
      'by a word of the query',
      (first, second) => [first, second].map((value) => ({ url: `${API}/update?txt=${value}&clear=true` })),
    ],
    ['by a word of the body', (first, second) => [first, second].map((value) => post({ action: 'delete', value }))],
    [
      'by the end of what it presented',
      (first, second) => [first, second].map((value) => post({ value }, { url: `${API}/cleanup` })),
    ],
    [
      'by a flag',
      (first, second) => [first, second].map((value) => post({ param: [{ deleterecord: true, destination: value }] })),
    ],
    [
      'by a procedure',
      (first, second) =>
        [first, second].map((value) =>
          post(`<methodCall><methodName>nameserver.deleteRecord</methodName><v>${value}</v></methodCall>`, {
            type: 'text/xml',
          }),
        ),
    ],
    [
      'by an action',
      (first, second) => [first, second].map((value) => ({ url: `${API}/?Action=RemoveRecord&v=${value}` })),
    ],
  ])('takes the value away %s', async (_, clear) => {
    const { steps, analysis, values } = await run((first, second) => [post({ first }), post({ second })], clear)
    expect(steps.slice(2).map(({ to, operation, phase }) => [to, operation, phase])).toEqual([
      [LANE, 'dns.deleteRecord', 'cleanup'],
      [LANE, 'dns.deleteRecord', 'cleanup'],
    ])
    const deleted = analysis.dnsChanges.filter(({ action }) => action === 'delete')
    expect(deleted.map(({ value, matches }) => [value, matches[0]?.matches])).toEqual(
      values.map((value) => [value, true]),
    )
    expect(analysis.index.dns.standing.size).toBe(0)
  })

  it.each([['abc-123'], [4711]])('takes it away by the id that the answer gave: %s', async (id) => {
    const { analysis, values } = await run(
      (first) => [created(id)(first)],
      () => [{ method: 'DELETE', url: `${API}/records/${id}`, status: 204 }],
    )
    expect(analysis.dnsChanges.map(({ action, recordId, value }) => [action, recordId, value])).toEqual([
      ['create', String(id), values[0]],
      ['delete', String(id), values[0]],
    ])
    expect(analysis.dnsChanges[1]?.matches).toEqual(analysis.dnsChanges[0]?.matches)
  })

  it('takes something away that nobody can name', async () => {
    const { steps, analysis } = await run(
      (first) => [post({ first })],
      () => [{ method: 'DELETE', url: `${API}/records/9` }],
    )
    expect(steps.at(-1)).toMatchObject({
      to: LANE,
      operation: 'dns.deleteRecord',
      changes: [],
      summary: 'Delete a record',
    })
    expect(analysis.dnsChanges).toHaveLength(1)
  })

  it('writes one and takes another away at once: it writes', async () => {
    const { steps } = await run((first) => [
      post({ rrsets: [{ changetype: 'DELETE' }, { changetype: 'REPLACE', first }] }),
    ])
    expect(steps.map(({ operation }) => operation)).toEqual(['dns.createRecord'])
  })

  it('writes the value again: a change; looks for it: a look', async () => {
    const { steps } = await run((first) => [
      post({ first }),
      post({ first }),
      { url: `${API}/records?content=${first}` },
    ])
    expect(steps.map(({ operation }) => operation)).toEqual(['dns.createRecord', 'dns.updateRecord', 'dns.listRecords'])
  })

  it('is refused, and then nothing stands', async () => {
    const { steps, analysis } = await run((first) => [post({ first }, { status: 403 }), post({ first })])
    expect(steps[0]).toMatchObject({
      operation: 'dns.createRecord',
      dns: { provider: HOST, accepted: false, errors: [{ kind: 'unauthorized', code: '403' }] },
    })
    expect(steps[0]?.summary).toMatch(/: refused with 403$/)
    expect(steps[1]?.operation).toBe('dns.createRecord')
    expect(analysis.dnsChanges.map(({ accepted }) => accepted)).toEqual([false, true])
  })
})
