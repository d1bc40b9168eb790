/** Refusals of a DNS provider's API, in Cloudflare's words. */
import { errors } from '../../lab/cloudflare-json.ts'
import { refusedByCloudflare } from '../cloudflare.ts'
import { type IssuedOptions, issued } from '../scenarios.ts'
import type { Answer } from '../wire.ts'
import { type Case, factsOf } from './case.ts'

const refused = (answer: Answer, options: IssuedOptions = {}) => issued({ ...options, bend: { writeTxt: { answer } } })
const identical = refusedByCloudflare(errors.identicalRecord)
const busy: Answer = { status: 502, body: '<html>502 Bad Gateway</html>', type: 'text/html' }

/** A client that walks up the name, and finds nothing. */
async function lost() {
  const { world, facts } = await issued({ names: ['a.other.test'], until: 'fetchAuthorizations', client: 'certbot' })
  for (const zone of ['a.other.test', 'other.test', 'test']) world.cloudflare.findZone(zone)
  return facts
}

export const dnsApiCases: readonly Case[] = [
  {
    id: 'dns-api.credential-malformed',
    of: 'a token that is none',
    hit: async () => ({
      facts: await factsOf(refused(refusedByCloudflare(errors.malformedToken), { client: 'acme.sh' })),
      says: ['400, 6003 “Invalid request headers”, 6111', 'Step 7 (dns.createRecord) at 12:00:00', 'acme.sh: CF_Token'],
    }),
    miss: () => factsOf(refused(refusedByCloudflare(errors.invalidToken))),
  },
  {
    id: 'dns-api.unauthorized',
    of: 'a token that is not valid, by a client that says which it is',
    hit: async () => ({
      facts: await factsOf(refused(refusedByCloudflare(errors.invalidToken), { client: 'cert-manager' })),
      says: [
        'Cloudflare refuses the API credentials',
        '403, 9109 “Invalid access token”',
        'cert-manager: solvers[].dns01.cloudflare.apiTokenSecretRef',
      ],
    }),
    miss: () => factsOf(refused(identical)),
  },
  {
    id: 'dns-api.unauthorized',
    of: 'a token without the permission, by code 0',
    hit: async () => {
      const error = {
        status: 403,
        code: 0,
        message: 'Actor requires permission "com.cloudflare.api.zone.dns.edit"',
      } as const
      return { facts: await factsOf(refused(refusedByCloudflare(error))), says: ['requires permission'] }
    },
    miss: () => factsOf(refused(busy)),
  },
  {
    id: 'dns-api.zone-not-found',
    of: 'look-ups that walked up to the top and found nothing',
    hit: async () => ({
      facts: await lost(),
      says: ['a.other.test, other.test and test', 'certbot 2.11.0', 'dns_cloudflare_api_token'],
    }),
    miss: async () => {
      const { world, facts } = await issued({ names: ['a.example.test'], until: 'fetchAuthorizations' })
      for (const zone of ['test', 'a.example.test', 'example.test']) world.cloudflare.findZone(zone)
      return facts
    },
  },
  {
    id: 'dns-api.zone-not-found',
    of: 'an id that leads nowhere',
    hit: async () => ({
      facts: await factsOf(refused(refusedByCloudflare(errors.noRoute('/zones/0/dns_records')))),
      says: ['7003 “Could not route to /zones/0/dns_records'],
    }),
    miss: () => factsOf(refused(identical)),
  },
  {
    id: 'dns-api.record-exists',
    of: 'what an earlier run left',
    hit: async () => ({
      facts: await factsOf(refused(identical)),
      says: ['_acme-challenge.example.test', '400, 81058 “An identical record already exists.”', 'for example.test'],
    }),
    miss: () => factsOf(refused(refusedByCloudflare(errors.invalidRecord(9021, 'Invalid TTL')))),
  },
  {
    id: 'dns-api.failed',
    of: 'trouble of the provider’s own',
    hit: async () => ({
      facts: await factsOf(refused(busy)),
      says: ['Cloudflare’s API did not do what it was asked (_acme-challenge.example.test)', 'Step 7', '502'],
    }),
    miss: () => factsOf(issued()),
  },
]
