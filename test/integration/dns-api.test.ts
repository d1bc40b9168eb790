/** What stands between a client and the DNS provider's API: credentials, and zones that are not there. */
import { describe, expect, test } from 'vitest'
import { certbotCloudflare } from '../lab/clients/certbot.ts'
import { legoDns } from '../lab/clients/lego.ts'
import { skipWithout } from '../lab/peers.ts'
import { itFails } from './expectations.ts'
import { record } from './recorded.ts'

const names = ['nas.example.test']
const asked = ['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization', 'dns.findZone']

describe.skipIf(skipWithout('pebble', 'certbot', 'python3-certbot-dns-cloudflare', 'lego', 'curl'))(
  "Cloudflare's API",
  () => {
    describe('that refuses the token', () => {
      const runs = record(
        {
          certbot: (lab) => certbotCloudflare(lab, names),
          lego: (lab) => legoDns(lab, names),
          malformed: (lab) => certbotCloudflare(lab, names, 'no-token-at-all'),
        },
        { cloudflare: { token: 'refused' } },
      )
      describe('certbot', () => {
        itFails(runs.certbot, { code: 1, operations: asked, causes: ['dns-api.unauthorized'] })
      })
      // lego gives the authorization back when it cannot prove it.
      describe('lego, with a hook', () => {
        itFails(runs.lego, { code: 1, operations: [...asked, 'authorization'], causes: ['dns-api.unauthorized'] })
      })
      describe('certbot, with a token that is none', () => {
        itFails(runs.malformed, { code: 1, operations: asked, causes: ['dns-api.credential-malformed'] })
      })
    })

    describe('that is down', () => {
      const runs = record(
        { certbot: (lab) => certbotCloudflare(lab, names), lego: (lab) => legoDns(lab, names) },
        { cloudflare: { isDown: true } },
      )
      describe('certbot', () => {
        itFails(runs.certbot, { code: 1, operations: asked, causes: ['dns-api.failed'] })
      })
      describe('lego, with a hook', () => {
        itFails(runs.lego, { code: 1, operations: [...asked, 'authorization'], causes: ['dns-api.failed'] })
      })
    })

    describe('that has the very record already', () => {
      const { lego } = record({ lego: (lab) => legoDns(lab, names, { fault: 'twice' }) })
      itFails(lego, {
        code: 1,
        operations: [
          ...[...asked, 'dns.createRecord', 'dns.findZone', 'dns.listRecords', 'dns.deleteRecord'],
          'authorization',
        ],
        causes: ['dns-api.record-exists'],
      })
      test('that the client gave up follows from it', () => {
        expect(lego().shown.findings).toContainEqual(
          expect.objectContaining({ id: 'dns.gave-up-waiting', consequenceOf: 'dns-api.record-exists' }),
        )
      })
    })

    describe('that has no zone for the name', () => {
      const runs = record(
        { certbot: (lab) => certbotCloudflare(lab, names), lego: (lab) => legoDns(lab, names) },
        { zones: [] },
      )
      describe('certbot, which walks up the name', () => {
        itFails(runs.certbot, { code: 1, operations: asked, causes: ['dns-api.zone-not-found'] })
      })
      describe('lego, with a hook', () => {
        itFails(runs.lego, { code: 1, operations: [...asked, 'authorization'], causes: ['dns-api.zone-not-found'] })
      })
    })
  },
)
