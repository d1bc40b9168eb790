/** TXT records: another value, none, not seen, given up on, elsewhere, left behind; and name servers in trouble. */
import { errors } from '../../lab/cloudflare-json.ts'
import { refusedByCloudflare } from '../cloudflare.ts'
import { sha256, thumbprintOf } from '../materials.ts'
import { type IssuedOptions, issued } from '../scenarios.ts'
import { another, problem, startWorld, type World } from '../world.ts'
import { type Case, challengeIn, factsOf, failedProof } from './case.ts'

const BY_DNS = { challenge: 'dns-01' } as const
const incorrect = (value: string) =>
  problem('unauthorized', `Incorrect TXT record "${value}" found at _acme-challenge.example.test`)
const none = problem('unauthorized', 'No TXT record found at _acme-challenge.example.test')
const trouble = (detail: string) => problem('dns', detail)

/** A run that fails, in which `value` was written. */
const wrote = (value: string, options: IssuedOptions = {}) =>
  issued({ ...options, bend: { writeTxt: { value }, answer: { result: incorrect(value) } } })

/** A run whose client writes its record itself. */
async function writing(write: (world: World, value: string) => void, result = none) {
  const { world, order } = await issued({ until: 'fetchAuthorizations' })
  write(world, world.expectedTxt(challengeIn(world, order.authorizations)))
  world.answer(order, { result })
  world.pollAuthorizations(order)
  return world.facts
}

/** A run in which a lasting record is written (dns-persist-01), and the CA finds none. */
async function wroteLasting(issuer: string) {
  const ca = { challenges: ['dns-persist-01'], challenge: () => ({ 'issuer-domain-names': ['ca.example.test'] }) }
  const { world, order, facts } = await issued({ challenge: 'dns-persist-01', ca, until: 'fetchAuthorizations' })
  const content = `${issuer}; accounturi=${world.account.url}`
  world.cloudflare.create({ type: 'TXT', name: '_validation-persist.example.test', content })
  world.answer(order, { result: none })
  world.pollAuthorizations(order)
  return { facts, content }
}

export const dnsCases: readonly Case[] = [
  {
    id: 'dns.not-propagated',
    of: 'a lasting record that names the CA and the account',
    hit: async () => {
      const { facts, content } = await wroteLasting('ca.example.test')
      return { facts, says: ['for _validation-persist.example.test was written', `accepted ${content} at 12:00:00`] }
    },
    miss: () => factsOf(wroteLasting('other-ca.test')),
  },
  {
    id: 'problem.other',
    of: 'a lasting record that names another CA',
    hit: async () => {
      const { facts, content } = await wroteLasting('other-ca.test')
      return {
        facts,
        says: ['a record that names ca.example.test and accounturi=', `written was “${content}” in step`],
      }
    },
    miss: () => factsOf(wroteLasting('ca.example.test')),
  },
  {
    id: 'dns.txt-mismatch',
    of: 'a value from nowhere',
    hit: async () => {
      const { world, order, facts } = await wrote('written-by-somebody')
      const wanted = world.expectedTxt(challengeIn(world, order.authorizations))
      return {
        facts,
        says: [
          '_acme-challenge.example.test',
          `Wanted: ${wanted}`,
          'Written: written-by-somebody at 12:00:00 in step 7',
          'step 10 (authorization) at 12:00:04',
        ],
      }
    },
    miss: () => factsOf(failedProof(incorrect('an older value'), BY_DNS)),
  },
  {
    id: 'dns.txt-mismatch',
    of: 'the value of another account’s key',
    hit: async () => {
      const { world, order, facts } = await issued({ until: 'fetchAuthorizations' })
      const other = await another(world)
      other.register()
      const { token } = challengeIn(world, order.authorizations)
      const value = sha256(`${token}.${thumbprintOf(other.account.signer.jwk)}`)
      world.writeTxt(order, { value })
      world.answer(order, { result: incorrect(value) })
      world.pollAuthorizations(order)
      return { facts, says: [`made with the key of another account, ${other.account.url}`, value] }
    },
    miss: () => factsOf(issued({ names: ['example.test', '*.example.test'] })),
  },
  {
    id: 'dns.txt-mismatch',
    of: 'the value of an earlier order',
    hit: async () => {
      const { world, order } = await issued({ until: 'writeTxt' })
      const value = world.expectedTxt(challengeIn(world, order.authorizations))
      world.deactivateAuthorization(order.authorizations[0] as never)
      const again = world.order()
      world.fetchAuthorizations(again)
      world.writeTxt(again, { value })
      world.answer(again, { result: incorrect(value) })
      world.pollAuthorizations(again)
      return {
        facts: world.facts,
        says: ['That value belongs to another challenge, https://ca.example.test/chall/2.', value],
      }
    },
    miss: async () => {
      const persistent = { 'issuer-domain-names': ['ca.example.test'] }
      const ca = { challenges: ['dns-persist-01'], challenge: () => persistent }
      const { world, order, facts } = await issued({ challenge: 'dns-persist-01', ca, until: 'fetchAuthorizations' })
      const content = 'other-ca.test; accounturi=https://ca.example.test/acct/1'
      world.cloudflare.create({ type: 'TXT', name: '_validation-persist.example.test', content })
      world.answer(order, { result: none })
      world.pollAuthorizations(order)
      return facts
    },
  },
  {
    id: 'dns.txt-never-written',
    of: 'a hook that failed without telling',
    hit: async () => {
      const { world, order } = await issued({ until: 'fetchAuthorizations' })
      world.cloudflare.findZone()
      world.answer(order, { result: none })
      world.pollAuthorizations(order)
      const wanted = world.expectedTxt(challengeIn(world, order.authorizations))
      return {
        facts: world.facts,
        says: [
          `Wanted: ${wanted} at _acme-challenge.example.test`,
          'step 7 (challenge) at 12:00:00',
          'for example.test',
        ],
      }
    },
    miss: async () => {
      const { world, order, facts } = await issued({ until: 'fetchAuthorizations' })
      world.answer(order, { result: none })
      world.pollAuthorizations(order)
      return facts
    },
  },
  {
    id: 'dns.txt-never-written',
    of: 'the second of two values under one name',
    hit: async () => {
      const { world, order } = await issued({ names: ['example.test', '*.example.test'], until: 'fetchAuthorizations' })
      world.writeTxt(order, { name: 'example.test' })
      world.answer(order, { name: 'example.test' })
      world.answer(order, { name: '*.example.test', result: none })
      world.pollAuthorizations(order)
      return { facts: world.facts, says: ['*.example.test'] }
    },
    miss: () => factsOf(issued({ names: ['example.test', '*.example.test'], bend: { answer: { result: none } } })),
  },
  {
    id: 'dns.not-propagated',
    of: 'an answer too soon, at Boulder, by certbot',
    hit: async () => {
      const { world, order, facts } = await failedProof(incorrect('an older value'), {
        ...BY_DNS,
        client: 'certbot',
        more: { validated: '2026-01-02T12:00:02Z' },
      })
      const wanted = world.expectedTxt(challengeIn(world, order.authorizations))
      return {
        facts,
        says: [
          `Cloudflare accepted ${wanted} at 12:00:00 in step 7`,
          'The CA looked at 12:00:02',
          '1.2 s after the write',
          'It saw “an older value” instead',
          'certbot: --dns-cloudflare-propagation-seconds',
        ],
      }
    },
    miss: () => factsOf(wrote('an older value')),
  },
  {
    id: 'dns.not-propagated',
    of: 'NXDOMAIN',
    hit: async () => ({
      facts: await factsOf(
        failedProof(trouble('DNS problem: NXDOMAIN looking up TXT for _acme-challenge.example.test'), BY_DNS),
      ),
      says: ['NXDOMAIN', 'The CA’s answer came 4.2 s after the write'],
    }),
    miss: () =>
      factsOf(failedProof(trouble('DNS problem: SERVFAIL looking up TXT for _acme-challenge.example.test'), BY_DNS)),
  },
  {
    id: 'dns.not-propagated',
    of: 'a record that was deleted before the CA was told',
    hit: async () => ({
      facts: await writing((world, content) => {
        const id = world.cloudflare.create({ type: 'TXT', name: '_acme-challenge.example.test', content })
        world.cloudflare.delete(id ?? '')
      }),
      says: ['It was deleted at 12:00:00, before the CA was told to look.'],
    }),
    miss: () => factsOf(issued()),
  },
  {
    id: 'dns.gave-up-waiting',
    of: 'a client that does not see its own record',
    hit: async () => {
      const { world, order, facts } = await issued({ client: 'traefik', until: 'writeTxt' })
      world.wait(120_000)
      world.deleteTxt()
      world.deactivateAuthorization(order.authorizations[0] as never)
      return {
        facts,
        says: [
          'Traefik 3.1.0 gave up on example.test',
          world.expectedTxt(challengeIn(world, order.authorizations)),
          'deleted it at 12:02:00 in step 8',
          '2 min later',
          'deactivated the authorization at 12:02:01',
          'delayBeforeChecks',
        ],
      }
    },
    miss: async () => {
      const { world, order, facts } = await issued({ names: ['a.example.test', 'b.example.test'], until: 'writeTxt' })
      world.answer(order, { name: 'a.example.test', result: none })
      world.pollAuthorizations(order, { name: 'a.example.test' })
      world.deleteTxt()
      return facts
    },
  },
  {
    id: 'dns.gave-up-waiting',
    of: 'a client that takes its record back again',
    hit: async () => {
      const { world, facts } = await issued({ until: 'writeTxt' })
      world.deleteTxt()
      return { facts, says: ['lego 4.20.4 gave up on example.test', 'The challenge was never answered.'] }
    },
    // It did tell the CA to look, and the CA would not.
    miss: () => factsOf(issued({ bend: { answer: problem('rateLimited', 'Service busy', { status: 503 }) } })),
  },
  {
    id: 'dns.wrong-zone',
    of: 'a name that a CNAME would have to lead to',
    hit: async () => ({
      facts: await writing((world, content) => {
        world.cloudflare.create({ type: 'TXT', name: 'example.test.acme.example.test', content })
      }),
      says: [
        'for example.test was written where the CA does not look',
        'stands at example.test.acme.example.test',
        'dig +trace TXT _acme-challenge.example.test',
      ],
    }),
    miss: () => factsOf(failedProof(none, BY_DNS)),
  },
  {
    id: 'dns.wrong-zone',
    of: 'a zone below the one that was written to',
    hit: async () => {
      const { world, order } = await issued({ names: ['www.sub.example.test'], until: 'fetchAuthorizations' })
      world.cloudflare.findZone('example.test')
      world.cloudflare.findZone('sub.example.test', { answer: { body: zoneNamed('sub.example.test') } })
      const content = world.expectedTxt(challengeIn(world, order.authorizations))
      world.cloudflare.create({ type: 'TXT', name: '_acme-challenge.www.sub.example.test', content })
      world.answer(order, { result: none })
      world.pollAuthorizations(order)
      return {
        facts: world.facts,
        says: ['The zone sub.example.test is nearer to the name', 'written to example.test'],
      }
    },
    miss: () => factsOf(failedProof(none, { ...BY_DNS, names: ['www.sub.example.test'] })),
  },
  {
    id: 'dns.record-left-behind',
    severity: 'warning',
    of: 'no clearing up at all',
    hit: async () => ({
      facts: await factsOf(issued({ without: ['deleteTxt'], names: ['example.test', 'www.example.test'] })),
      says: [
        '2 TXT records were left behind at Cloudflare',
        '_acme-challenge.example.test and _acme-challenge.www.example.test',
        'Written from 12:00:00 on, by step 8',
      ],
    }),
    miss: () => factsOf(issued()),
  },
  {
    id: 'dns.record-left-behind',
    severity: 'warning',
    of: 'a deletion that is refused',
    hit: async () => {
      const { world, order, facts } = await issued({ until: 'pollAuthorizations' })
      world.deleteTxt({ answer: refusedByCloudflare(errors.invalidToken) })
      await world.finalize(order)
      world.pollOrder(order)
      return { facts, says: ['A deletion was refused at 12:00:05 in step 11 (dns.deleteRecord)'] }
    },
    miss: async () => {
      const world = await startWorld()
      world.cloudflare.create({ type: 'TXT', name: 'example.test', content: 'v=spf1 -all' })
      return factsOf(issued({ world }))
    },
  },
  {
    id: 'dns.server-trouble',
    of: 'broken DNSSEC',
    hit: async () => {
      const detail = 'DNS problem: SERVFAIL looking up TXT for _acme-challenge.example.test: DNSSEC: Bogus'
      return {
        facts: await factsOf(failedProof(trouble(detail), BY_DNS)),
        says: ['name servers of example.test', 'DNSSEC: Bogus'],
      }
    },
    miss: () => factsOf(failedProof(trouble('DNS problem: NXDOMAIN looking up TXT for x'), BY_DNS)),
  },
  {
    id: 'dns.server-trouble',
    of: 'a resolver of Pebble’s that gets no answer',
    hit: async () => {
      const detail = 'Error retrieving TXT records for DNS challenge ("read udp 127.0.0.1: i/o timeout")'
      return { facts: await factsOf(failedProof(problem('unauthorized', detail), BY_DNS)), says: ['i/o timeout'] }
    },
    miss: () =>
      factsOf(
        failedProof(
          problem('unauthorized', 'Error retrieving TXT records for DNS challenge ("... \'\\x03\'")'),
          BY_DNS,
        ),
      ),
  },
  {
    id: 'dns.server-trouble',
    of: 'no address for http-01',
    hit: async () => {
      const detail = 'no valid A records found for example.test; no valid AAAA records found for example.test'
      return {
        facts: await factsOf(failedProof(trouble(detail), { challenge: 'http-01' })),
        says: ['nothing in the public DNS for example.test'],
      }
    },
    miss: () => factsOf(failedProof(problem('connection', 'refused'), { challenge: 'http-01' })),
  },
]

const zoneNamed = (name: string) => ({ result: [{ id: '1', name }], success: true, errors: [], messages: [] })
