/** The envelopes, errors and zone object of Cloudflare's API v4, as it words them. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** One refusal: the HTTP status and the row for `errors`. */
export interface ApiFailure {
  readonly status: ContentfulStatusCode
  readonly code: number
  readonly message: string
  readonly error_chain?: readonly { readonly code: number; readonly message: string }[]
}

export const errors = {
  noCredentials: { status: 400, code: 9106, message: 'Missing X-Auth-Key, X-Auth-Email or Authorization headers' },
  malformedToken: {
    status: 400,
    code: 6003,
    message: 'Invalid request headers',
    error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
  },
  invalidToken: { status: 403, code: 9109, message: 'Invalid access token' },
  malformedBody: { status: 400, code: 9207, message: 'Request body is invalid.' },
  identicalRecord: { status: 400, code: 81058, message: 'An identical record already exists.' },
  noRecord: { status: 404, code: 81044, message: 'Record does not exist.' },
  noRoute: (path: string): ApiFailure => ({
    status: 404,
    code: 7003,
    message: `Could not route to ${path}, perhaps your object identifier is invalid?`,
    error_chain: [{ code: 7000, message: 'No route for that URI' }],
  }),
  invalidRecord: (code: number, message: string): ApiFailure => ({
    status: 400,
    code: 1004,
    message: 'DNS Validation Error',
    error_chain: [{ code, message }],
  }),
} as const satisfies Record<string, ApiFailure | ((...args: never[]) => ApiFailure)>

export function failure(c: Context, { status, ...error }: ApiFailure): Response {
  return c.json({ success: false, errors: [error], messages: [], result: null }, status)
}

export const success = (result: unknown) => ({ result, success: true, errors: [], messages: [] })

/** One page of a list; numbers out of range fall back to Cloudflare's own (1 and 20). */
export function successList(all: readonly unknown[], page = '1', perPage = '20') {
  const number = Math.max(1, Number.parseInt(page, 10) || 1)
  const size = Math.min(100, Math.max(1, Number.parseInt(perPage, 10) || 20))
  const result = all.slice((number - 1) * size, number * size)
  const counts = { count: result.length, total_count: all.length, total_pages: Math.ceil(all.length / size) }
  return { ...success(result), result_info: { page: number, per_page: size, ...counts } }
}

/** The zone object; only `id` and `name` matter to an ACME client, the rest is what surrounds them in life. */
export const zoneJson = {
  tokenId: '00000000000000000000000000000002',
  of: (zone: { readonly id: string; readonly name: string }) => ({
    id: zone.id,
    name: zone.name,
    status: 'active',
    paused: false,
    type: 'full',
    development_mode: 0,
    name_servers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
    original_name_servers: [`ns1.${zone.name}`],
    original_registrar: null,
    original_dnshost: null,
    modified_on: '2024-01-02T03:04:05.678901Z',
    created_on: '2024-01-02T03:04:05.678901Z',
    activated_on: '2024-01-02T03:05:05.678901Z',
    meta: { step: 2, custom_certificate_quota: 0, page_rule_quota: 3, phishing_detected: false },
    owner: { id: null, type: 'user', email: null },
    account: { id: '00000000000000000000000000000001', name: 'Lab account' },
    tenant: { id: null, name: null },
    tenant_unit: { id: null },
    permissions: ['#dns_records:edit', '#dns_records:read', '#zone:read'],
    plan: { id: '0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee', name: 'Free Website', price: 0, currency: 'USD', frequency: '' },
  }),
}
