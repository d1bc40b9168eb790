/** Accounts that a CA does not know, does not want, or gets anew each time. */
import { issued, issuedIn } from '../scenarios.ts'
import { another, problem, startWorld, type World } from '../world.ts'
import { type Case, factsOf } from './case.ts'

const EAB = { eab: { kid: 'kid-1', secret: 'secret' } }
const bound = { ca: { directory: (usual: object) => ({ ...usual, meta: { externalAccountRequired: true } }) } }

const registering = async (bend: Parameters<World['register']>[0], client = 'lego', host = 'ca.example.test') => {
  const world = await startWorld({ client, ca: { host } })
  world.directory()
  world.register(bend)
  return world.facts
}

/** An order with an account of that URL. */
async function orderedWith(
  kid: string,
  answer = problem('malformed', 'KeyID header contained an invalid account URL'),
) {
  const world = await startWorld({ client: 'certbot' })
  world.directory()
  world.order({ header: { kid }, answer })
  return world.facts
}

const needed = problem('externalAccountRequired', 'an external account is needed')
const STAGING = 'https://acme-staging-v02.api.letsencrypt.org/acme/acct/17'

export const accountCases: readonly Case[] = [
  {
    id: 'account.eab-required',
    of: 'a registration without a binding, at ZeroSSL',
    hit: async () => ({
      facts: await registering({ answer: needed }, 'caddy', 'acme.zerossl.com'),
      says: ['ZeroSSL', 'Step 3 (newAccount) at 12:00:00', 'https://app.zerossl.com/developer', 'acme_eab'],
    }),
    miss: () => registering({ ...EAB, answer: needed }),
  },
  {
    id: 'account.eab-required',
    of: 'a client that stops at the directory',
    hit: async () => {
      const world = await startWorld({ ...bound, client: 'certbot' })
      world.directory()
      return {
        facts: world.facts,
        says: ['externalAccountRequired', 'certbot 2.11.0 read that at 12:00:00', '--eab-kid'],
      }
    },
    miss: async () => {
      const run = await issued({ ...bound, bend: { register: { existing: true } } })
      run.world.directory()
      return run.facts
    },
  },
  {
    id: 'account.eab-rejected',
    of: 'a key identifier that the CA does not know',
    hit: async () => ({
      facts: await registering({
        ...EAB,
        answer: problem('unauthorized', 'the field "kid" references a key that is not known'),
      }),
      says: ['external account kid-1', 'references a key that is not known', 'lego: --eab'],
    }),
    miss: () => registering({ answer: problem('unauthorized', 'an account with this key is deactivated') }),
  },
  {
    id: 'account.eab-rejected',
    of: 'a binding made for another URL',
    hit: async () => ({
      facts: await registering({
        eab: { ...EAB.eab, header: { url: 'https://elsewhere.test/new-acct' } },
        answer: problem('malformed', 'refused'),
      }),
      says: ['https://elsewhere.test/new-acct instead of https://ca.example.test/new-acct'],
    }),
    miss: () => registering({ ...EAB, answer: problem('malformed', 'contact is not an address') }),
  },
  {
    id: 'account.unknown',
    of: 'an account that the CA never had',
    hit: async () => {
      const facts = await orderedWith(
        'https://ca.example.test/acct/99',
        problem('accountDoesNotExist', 'Account not found'),
      )
      return {
        facts,
        says: ['no account for the key of certbot 2.11.0', 'https://ca.example.test/acct/99', 'Account not found'],
      }
    },
    miss: () => registering({ onlyReturnExisting: true }),
  },
  {
    id: 'account.unknown',
    of: 'a probe that nothing follows',
    hit: async () => ({
      facts: await registering({ onlyReturnExisting: true, answer: problem('accountDoesNotExist', 'no account') }),
      says: ['only looked for an account, and nothing was registered afterwards'],
    }),
    miss: async () => {
      const world = await startWorld()
      world.directory()
      world.register({ onlyReturnExisting: true, answer: problem('accountDoesNotExist', 'no account') })
      world.register()
      return world.facts
    },
  },
  {
    id: 'account.unknown',
    of: 'an account that the client itself deactivated',
    hit: async () => {
      const world = await startWorld()
      world.directory()
      world.register()
      world.deactivateAccount()
      world.order({ answer: problem('unauthorized', 'Account is not valid, has status "deactivated"') })
      return { facts: world.facts, says: ['is deactivated', 'It was deactivated by step 4 (account) at 12:00:00'] }
    },
    miss: async () => {
      const world = await startWorld()
      world.directory()
      world.register()
      world.deactivateAccount()
      return world.facts
    },
  },
  {
    id: 'account.other-ca',
    of: 'an account of staging at another CA',
    hit: async () => ({
      facts: await orderedWith(STAGING),
      says: [STAGING, "Let's Encrypt (staging)", 'ca.example.test', 'certbot keeps accounts by server'],
    }),
    miss: () => orderedWith('https://ca.example.test/acct/99'),
  },
  {
    id: 'account.other-ca',
    of: 'not one whose accounts are at another host, as some CAs have them',
    hit: async () => ({ facts: await orderedWith(STAGING, problem('unauthorized', 'who are you')), says: [STAGING] }),
    miss: async () => {
      const { world, facts } = await issued({ until: 'register' })
      const elsewhere = await another(world, { account: { ...world.account, url: 'https://accounts.example.test/1' } })
      elsewhere.order()
      elsewhere.order({ answer: problem('unauthorized', 'not today') })
      return facts
    },
  },
  {
    id: 'account.action-required',
    of: 'terms that were changed',
    hit: async () => {
      const terms = problem('userActionRequired', 'Terms of service have changed', {
        instance: 'https://ca.example.test/agree?t=1',
        headers: [['Link', '<https://ca.example.test/terms/2>;rel="terms-of-service"']],
      })
      return {
        facts: await factsOf(issued({ bend: { order: terms } })),
        says: [
          'waits for a person',
          'Open https://ca.example.test/agree?t=1',
          'https://ca.example.test/terms/2',
          'have changed',
        ],
      }
    },
    miss: () => factsOf(issued({ bend: { order: problem('unauthorized', 'no') } })),
  },
  {
    id: 'account.action-required',
    of: 'terms that were never agreed to, as Boulder words it',
    hit: async () => ({
      facts: await registering({ payload: {}, answer: problem('malformed', 'must agree to terms of service') }),
      says: ['wants its terms to be agreed to', 'https://ca.example.test/terms', '--accept-tos'],
    }),
    miss: () => registering({ payload: {}, answer: problem('malformed', 'contact is not an address') }),
  },
  {
    id: 'account.not-persisted',
    severity: 'warning',
    of: 'a container without a volume, started twice',
    hit: async () => {
      const { world, facts } = await issued({ client: 'traefik' })
      await issuedIn(world, {})
      return {
        facts,
        says: [
          'Traefik 3.1.0 registered 2 accounts',
          'example.test',
          'acme.storage',
          'first at 12:00:00, the last at 12:00:05',
        ],
      }
    },
    miss: async () => {
      const { world, facts } = await issued({ client: 'traefik' })
      await issuedIn(world, { names: ['www.example.test'] })
      return facts
    },
  },
  {
    id: 'account.not-persisted',
    severity: 'warning',
    of: 'a new account that runs into the limit of the old one',
    hit: async () => {
      const { world, facts } = await issued({ names: ['a.example.test'] })
      const detail = 'too many certificates (5) already issued for this exact set of identifiers in the last 168h0m0s'
      await issuedIn(world, { names: ['b.example.test'], bend: { order: problem('rateLimited', detail) } })
      return { facts, says: ['b.example.test'] }
    },
    miss: () => factsOf(issued()),
  },
]
