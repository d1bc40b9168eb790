/** Limits of the CA, and trouble of its own, in Boulder's words. */

import type { Headers } from '../../../shared/exchange.ts'
import { issued, issuedIn } from '../scenarios.ts'
import type { AnotherOptions } from '../world.ts'
import { problem } from '../world.ts'
import { type Case, factsOf, failedProof } from './case.ts'

const PRODUCTION: Pick<AnotherOptions, 'ca'> = { ca: { host: 'acme-v02.api.letsencrypt.org' } }
const AT = 'retry after 2026-01-03 15:04:05 UTC: see https://letsencrypt.org/docs/rate-limits/'
const after = (seconds: string): Headers => [['Retry-After', seconds]]

const limited = (detail: string, more: Parameters<typeof problem>[2] = {}) =>
  factsOf(issued({ ...PRODUCTION, bend: { order: problem('rateLimited', detail, more) } }))

const DUPLICATE = `too many certificates (5) already issued for this exact set of identifiers in the last 168h0m0s, ${AT}`
const FAILED = `too many failed authorizations (5) for "example.test" in the last 1h0m0s, ${AT}`
const DOMAIN = `too many certificates (50) already issued for "example.test" in the last 168h0m0s, ${AT}`
const ORDERS = `too many new orders (300) from this account in the last 3h0m0s, ${AT}`
const PAUSED =
  'Your account is temporarily prevented from requesting certificates for example.test and possibly others. Please visit: https://portal.letsencrypt.org/sfe/v1/unpause?jwt=eyJhbGciOiJIUzI1NiJ9.secret.part'

/** A limit at the first CA, and a certificate from the second. */
async function fallenBack(host: string) {
  const run = await issued({ ...PRODUCTION, bend: { order: problem('rateLimited', DUPLICATE) } })
  return factsOf(issuedIn(run.world, { ca: { host } }))
}

export const limitCases: readonly Case[] = [
  {
    id: 'limit.duplicate-certificate',
    severity: 'info',
    of: 'a client that falls back to another CA',
    hit: async () => ({ facts: await fallenBack('acme.zerossl.com'), says: ["Let's Encrypt"] }),
    miss: () => factsOf(issued(PRODUCTION)),
  },
  {
    id: 'limit.duplicate-certificate',
    of: 'a certificate that is good for tests only, which takes nobody anywhere',
    hit: async () => ({ facts: await fallenBack('acme-staging-v02.api.letsencrypt.org'), says: ["Let's Encrypt"] }),
    miss: () => factsOf(issued(PRODUCTION)),
  },
  {
    id: 'limit.duplicate-certificate',
    of: 'the time in the detail',
    hit: async () => ({
      facts: await limited(DUPLICATE),
      says: [
        "A limit of Let's Encrypt was reached for example.test",
        'exactly the same names',
        '34 hours',
        'Try again at 2026-01-03 15:04:05 UTC or later, 27 h after this answer',
        'step 4 (newOrder) at 12:00:00',
      ],
    }),
    miss: () => limited(DOMAIN),
  },
  {
    id: 'limit.duplicate-certificate',
    of: 'the time in Retry-After',
    hit: async () => ({
      facts: await limited('too many certificates already issued for this exact set of domains', {
        headers: after('7200'),
      }),
      says: ['Try again at 2026-01-02 14:00:00 UTC or later, 2 h after this answer'],
    }),
    miss: () => limited(FAILED),
  },
  {
    id: 'limit.failed-validations',
    of: 'five failures in an hour',
    hit: async () => ({
      facts: await limited(FAILED),
      says: [
        'failed validations of one name by one account',
        'every 12 minutes',
        '2026-01-03 15:04:05 UTC',
        'lego: renew rather than',
      ],
    }),
    miss: () => limited(DUPLICATE),
  },
  {
    id: 'limit.paused',
    of: 'a name that is paused, and a link that is kept to oneself',
    hit: async () => ({
      facts: await limited(PAUSED),
      says: ['failed again and again', 'open the link in the CA’s answer', 'unpause?jwt=…'],
    }),
    miss: () => limited(ORDERS),
  },
  {
    id: 'limit.other',
    of: 'certificates for one registered domain',
    hit: async () => ({
      facts: await limited(DOMAIN),
      says: ['one registered domain', '50 in seven days', '2026-01-03 15:04:05 UTC'],
    }),
    miss: () => limited(PAUSED),
  },
  {
    id: 'limit.other',
    of: 'orders of one account, at a CA nobody described',
    hit: async () => ({
      facts: await factsOf(issued({ bend: { order: problem('rateLimited', ORDERS) } })),
      says: ['A limit of ca.example.test', 'new orders of one account'],
    }),
    miss: () => limited('Service busy; retry later.', { status: 503 }),
  },
  {
    id: 'limit.other',
    of: 'status 429 and nothing more',
    hit: async () => ({
      facts: await factsOf(
        issued({ bend: { order: { status: 429, body: 'slow down', type: 'text/plain', headers: after('60') } } }),
      ),
      says: ['Try again at 2026-01-02 12:01:00 UTC', '429'],
    }),
    miss: () => factsOf(issued({ bend: { order: { status: 403, body: 'no', type: 'text/plain' } } })),
  },
  {
    id: 'ca.overloaded',
    of: 'Service busy',
    hit: async () => ({
      facts: await limited('Service busy; retry later.', { status: 503, headers: after('120') }),
      says: ["Let's Encrypt is busy", 'no quota', '2026-01-02 12:02:00 UTC', 'Service busy'],
    }),
    miss: () => factsOf(issued({ bend: { order: problem('serverInternal', 'maintenance', { status: 503 }) } })),
  },
  {
    id: 'ca.error',
    of: 'serverInternal at finalize',
    hit: async () => ({
      facts: await factsOf(issued({ bend: { finalize: problem('serverInternal', 'Error finalizing order') } })),
      says: ['ca.example.test had an error of its own', 'step 12 (finalize)', 'Error finalizing order'],
    }),
    miss: () => limited('Service busy; retry later.', { status: 503 }),
  },
  {
    id: 'ca.error',
    of: 'a page of some gateway, and no problem document',
    hit: async () => ({
      facts: await factsOf(issued({ bend: { order: { status: 502, body: '<html>', type: 'text/html' } } })),
      says: ['502', 'step 4 (newOrder)'],
    }),
    miss: () => factsOf(issued()),
  },
  {
    id: 'ca.error',
    of: 'a validation that failed inside the CA',
    hit: async () => ({
      facts: await factsOf(
        failedProof(problem('serverInternal', 'Could not communicate with VA'), { challenge: 'http-01' }),
      ),
      says: ['Could not communicate with VA'],
    }),
    miss: () => factsOf(failedProof(problem('connection', 'refused'), { challenge: 'http-01' })),
  },
  {
    id: 'ca.error',
    severity: 'info',
    of: 'an error that is gone when the client asks again',
    hit: async () => {
      const { world, order } = await issued({ until: 'finalize' })
      world.pollOrder(order, { answer: problem('serverInternal', 'try again') })
      world.pollOrder(order)
      world.fetchCertificate(order)
      return { facts: world.facts, says: ['try again'] }
    },
    miss: () => factsOf(issued()),
  },
]
