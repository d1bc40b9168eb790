import { describe, expect, it } from 'vitest'
import { everyHostile, readerOf } from '../../test/synthetic/dns-said.ts'
import { gcloud } from './gcloud.ts'

const API = 'https://dns.googleapis.com/dns/v1/projects/manhattan/managedZones'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const NAME = '_acme-challenge.example.test.'
const read = readerOf(gcloud)
const set = (...values: readonly string[]) => ({
  name: NAME,
  type: 'TXT',
  ttl: 120,
  rrdatas: values.map((one) => `"${one}"`),
})

describe('a zone look-up', () => {
  const zone = { kind: 'dns#managedZone', name: 'zone-1', id: '5411', dnsName: 'example.test.', visibility: 'public' }

  it('teaches the name in DNS of both ids', () => {
    expect(read({ url: `${API}?dnsName=example.test.`, answered: { managedZones: [zone] } })).toMatchObject({
      operation: 'dns.findZone',
      zone: { id: 'zone-1', name: 'example.test' },
      zones: [
        { id: 'zone-1', name: 'example.test' },
        { id: '5411', name: 'example.test' },
      ],
      found: 1,
    })
  })

  it('may find none', () => {
    const reading = read({ url: `${API}?dnsName=other.test.`, answered: { kind: 'dns#managedZonesListResponse' } })
    expect(reading).toMatchObject({ zone: { id: null, name: 'other.test.' }, found: 0 })
  })

  it('by its number is about that number', () => {
    expect(read({ url: `${API}/5411`, answered: zone })).toMatchObject({
      zone: { id: '5411', name: 'example.test' },
      found: 1,
    })
  })

  it('is at any version, and in a location', () => {
    const url = 'https://www.googleapis.com/dns/v1beta2/projects/p/managedZones/z'
    expect(read({ url, answered: zone }).operation).toBe('dns.findZone')
    const regional = 'https://dns.googleapis.com/dns/v2/projects/p/locations/global/managedZones'
    expect(read({ url: regional, answered: { managedZones: [zone] } }).operation).toBe('dns.findZone')
  })
})

describe('a change', () => {
  const post = (sent: object, answered: object = { status: 'pending' }) =>
    read({ method: 'POST', url: `${API}/zone-1/changes`, sent, answered })

  it('adds', () => {
    expect(post({ additions: [set(VALUE)] })).toMatchObject({
      operation: 'dns.updateRecord',
      zone: { id: 'zone-1', name: null },
      progress: 'pending',
      changes: [{ action: 'create', record: { type: 'TXT', name: NAME, values: [VALUE] } }],
    })
  })

  it('that deletes a set and adds it with one value more adds that value', () => {
    const { changes } = post({ deletions: [set('a', 'b')], additions: [set('b', 'c', 'a')] })
    expect(changes).toMatchObject([{ action: 'create', record: { values: ['c'] } }])
  })

  it('that deletes a set and adds it with one value less deletes that value', () => {
    const { changes } = post({ deletions: [set('a', 'b')], additions: [set('b')] })
    expect(changes).toMatchObject([{ action: 'delete', record: { values: ['a'] } }])
  })

  it('of two names is two changes', () => {
    const { changes } = post({ deletions: [{ ...set('a'), name: 'x.example.test.' }], additions: [set('a')] })
    expect(changes.map(({ action }) => action)).toEqual(['delete', 'create'])
  })

  it('is asked about', () => {
    expect(read({ url: `${API}/zone-1/changes/7`, answered: { id: '7', status: 'done' } })).toMatchObject({
      operation: null,
      api: { title: 'changes.get' },
      progress: 'done',
    })
  })
})

describe('a set', () => {
  it('is listed', () => {
    expect(
      read({ url: `${API}/z/rrsets?name=${NAME}&type=TXT`, answered: { rrsets: [set(VALUE, 'b')] } }),
    ).toMatchObject({
      operation: 'dns.listRecords',
      asked: { name: NAME, type: 'TXT', values: [VALUE, 'b'] },
      found: 1,
    })
    expect(read({ url: `${API}/z/rrsets`, answered: { rrsets: [] } }).found).toBe(0)
  })

  it('is written by itself', () => {
    expect(read({ method: 'POST', url: `${API}/z/rrsets`, sent: set('a'), answered: set('a') }).changes).toMatchObject([
      { action: 'create', record: { values: ['a'] } },
    ])
    expect(
      read({ method: 'PATCH', url: `${API}/z/rrsets/${NAME}/TXT`, sent: { rrdatas: ['"b"'] } }).changes,
    ).toMatchObject([{ action: 'replace', record: { name: NAME, type: 'TXT', values: ['b'] } }])
    expect(read({ method: 'DELETE', url: `${API}/z/rrsets/${NAME}/TXT`, answered: {} }).changes).toMatchObject([
      { action: 'delete', record: { name: NAME, type: 'TXT', values: [] } },
    ])
  })
})

describe('a token', () => {
  it.each([
    'https://oauth2.googleapis.com/token',
    'https://www.googleapis.com/oauth2/v4/token',
    'https://accounts.google.com/o/oauth2/token',
    'https://sts.googleapis.com/v1/token',
    'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.test:generateAccessToken',
  ])('is asked for at %s', (url) => {
    expect(read({ method: 'POST', url, sent: 'assertion=x', answered: { access_token: 'y' } })).toMatchObject({
      operation: 'dns.verifyToken',
      accepted: true,
    })
  })

  it.each([
    ['invalid_grant', 'Invalid JWT Signature.', 'unauthorized', /key/],
    [
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
      'unauthorized',
      /clock/,
    ],
    ['invalid_client', 'The OAuth client was not found.', 'unauthorized', /./],
    ['invalid_scope', 'Invalid OAuth scope', 'credential-malformed', /./],
  ])('is refused: %s (%s)', (error, error_description, kind, meaning) => {
    const url = 'https://oauth2.googleapis.com/token'
    const [told] = read({ method: 'POST', url, answered: { error, error_description }, status: 400 }).errors
    expect(told).toMatchObject({ kind, code: error, message: error_description })
    expect(told?.meaning).toMatch(meaning)
  })
})

describe('a refusal', () => {
  it.each([
    [401, 'authError', 'Invalid Credentials', 'unauthorized'],
    [401, 'required', 'Login Required.', 'unauthorized'],
    [403, 'forbidden', 'Forbidden', 'unauthorized'],
    [403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', 'unauthorized'],
    [
      403,
      'accessNotConfigured',
      'Google Cloud DNS API has not been used in project 1 before or it is disabled.',
      'unauthorized',
    ],
    [404, 'notFound', "The 'parameters.managedZone' resource named 'z' does not exist.", 'zone-not-found'],
    [404, 'notFound', "The 'entity.change.deletions[0]' resource named 'x. (TXT)' does not exist.", 'record-not-found'],
    [
      409,
      'alreadyExists',
      "The resource 'entity.change.additions[0]' named 'x. (TXT)' already exists",
      'record-exists',
    ],
    [412, 'conditionNotMet', "Precondition not met for 'entity.change.deletions[0]'", 'record-not-found'],
    [403, 'rateLimitExceeded', 'Rate Limit Exceeded', 'rate-limited'],
    [503, 'backendError', 'Backend Error', 'failed'],
  ])('with %i, %s (%s) is of kind %s', (status, reason, message, kind) => {
    const answered = { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } }
    const reading = read({ method: 'POST', url: `${API}/z/changes`, sent: {}, answered, status })
    expect(reading).toMatchObject({ accepted: false, errors: [{ kind, code: reason, message }] })
  })

  it('may have a status instead of reasons', () => {
    const answered = { error: { code: 403, message: 'no', status: 'PERMISSION_DENIED' } }
    expect(read({ url: API, answered, status: 403 }).errors).toMatchObject([
      { kind: 'unauthorized', code: 'PERMISSION_DENIED' },
    ])
  })
})

it('does not throw, whatever is said', () => {
  const urls = [
    API,
    `${API}/z`,
    `${API}/z/changes`,
    `${API}/z/changes/1`,
    `${API}/z/rrsets`,
    `${API}/z/rrsets/x/TXT`,
    'https://oauth2.googleapis.com/token',
  ]
  for (const said of everyHostile(gcloud, urls)) expect(() => read(said), JSON.stringify(said)).not.toThrow()
})
