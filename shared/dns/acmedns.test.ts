import { describe, expect, it } from 'vitest'
import { describeProvider } from '../../test/synthetic/provider-suite.ts'
import { acmedns } from './acmedns.ts'
import type { DnsBody } from './provider.ts'
import { providerOf } from './providers.ts'

const API = 'https://auth.example.test'
const VALUE = 'dTniD2TrF5cVOPz1Z1DeG7ytNs97tNCAK9JgQnJ7sWI'
const SUBDOMAIN = '8e5700ea-a4bf-41c7-8a77-e990661dcc6a'
const sent = { subdomain: SUBDOMAIN, txt: VALUE }
const registration = {
  allowfrom: [],
  fulldomain: `${SUBDOMAIN}.auth.example.test`,
  password: 'p',
  subdomain: SUBDOMAIN,
  username: 'u',
}
const update = { method: 'POST', url: `${API}/update`, sent }

describeProvider(acmedns, {
  reads: {
    'takes a value': [
      { ...update, answered: { txt: VALUE } },
      {
        operation: 'dns.updateRecord',
        zone: { id: SUBDOMAIN, name: null },
        changes: [{ action: 'update', record: { id: null, type: 'TXT', name: SUBDOMAIN, values: [VALUE] } }],
        accepted: true,
      },
    ],
    'registers, which tells where the subdomain is': [
      { method: 'POST', url: `${API}/register`, answered: registration, status: 201 },
      { operation: null, api: { title: 'Register' }, zones: [{ id: SUBDOMAIN, name: 'auth.example.test' }] },
    ],
    'is well': [{ url: `${API}/health` }, { operation: null, api: { title: 'Health check' }, accepted: true }],
  },
  refuses: [
    [update, 401, { error: 'forbidden' }, 'forbidden', 'unauthorized'],
    [update, 400, { error: 'bad_subdomain' }, 'bad_subdomain', 'zone-not-found'],
    [update, 400, { error: 'bad_txt' }, 'bad_txt', 'failed'],
    [update, 500, { error: 'db_error' }, 'db_error', 'failed'],
    [
      { method: 'POST', url: `${API}/register` },
      400,
      { error: 'malformed_json_payload' },
      'malformed_json_payload',
      'failed',
    ],
  ],
  urls: [update.url, `${API}/register`, `${API}/health`],
})

describe('anybody’s own server', () => {
  const body = (json?: unknown): DnsBody => ({ json, text: '' })
  const at = (method: string, url: string, request?: unknown, response?: unknown) =>
    providerOf(new URL(url).hostname, { method, url, request: body(request), response: body(response), status: 200 })

  it('is known by what an update sends, or a registration answers', () => {
    expect(at('POST', 'https://dns.lan:8443/update', sent)).toBe(acmedns)
    expect(at('POST', 'https://dns.lan/acme/register?x=1', undefined, registration)).toBe(acmedns)
  })

  it.each([
    ['POST', 'https://dns.lan/update', { subdomain: 'a' }, undefined],
    ['POST', 'https://dns.lan/updates', sent, undefined],
    ['GET', 'https://dns.lan/update', sent, undefined],
    ['POST', 'https://shop.test/register', {}, { username: 'u', password: 'p' }],
  ])('is not meant by %s %s %j %j', (method, url, request, response) => {
    expect(at(method, url, request, response)).toBeNull()
  })
})
