/** Orders, renewals and revocations that a CA refuses, and what nobody wrote a rule for. */
import { issued } from '../scenarios.ts'
import type { Answer } from '../wire.ts'
import { problem } from '../world.ts'
import { type Case, factsOf, failedProof } from './case.ts'

const profiles = {
  ca: { directory: (usual: object) => ({ ...usual, meta: { profiles: { classic: 'a', short: 'b' } } }) },
}
const ordered = (answer: Answer, payload: object = {}, names = ['example.test']) =>
  factsOf(
    issued({ ...profiles, names, bend: { order: { answer, payload: (usual: object) => ({ ...usual, ...payload }) } } }),
  )

const sub = (value: string, detail: string) => ({
  type: 'urn:ietf:params:acme:error:rejectedIdentifier',
  detail,
  identifier: { type: 'dns', value },
})

async function revoking(answer: Answer, isFirst = true) {
  const { world, order, facts } = await issued()
  if (!isFirst) world.revoke(order)
  world.revoke(order, { reason: 4, answer })
  return facts
}

export const refusalCases: readonly Case[] = [
  {
    id: 'order.identifier-rejected',
    of: 'one name of two, by its subproblem',
    hit: async () => ({
      facts: await ordered(
        problem('rejectedIdentifier', 'Cannot issue', {
          subproblems: [sub('bank.test', 'forbidden by policy')],
          status: 400,
        }),
        {},
        ['example.test', 'bank.test'],
      ),
      says: [
        'does not issue for bank.test',
        'By name: bank.test: rejectedIdentifier “forbidden by policy”',
        'step 4 (newOrder)',
      ],
    }),
    miss: () => ordered(problem('malformed', 'NotBefore and NotAfter are not supported')),
  },
  {
    id: 'order.identifier-rejected',
    of: 'no public suffix, as Boulder types it',
    hit: async () => ({
      facts: await ordered(
        problem(
          'malformed',
          'Cannot issue for "host.internal": Domain name does not end with a valid public suffix (TLD)',
        ),
        {},
        ['host.internal'],
      ),
      says: ['does not issue for host.internal', 'valid public suffix'],
    }),
    miss: () => ordered(problem('unauthorized', 'not today')),
  },
  {
    id: 'problem.other',
    of: 'a URL at which there is no directory',
    hit: async () => ({
      facts: await factsOf(
        issued({ until: 'directory', bend: { directory: { status: 404, body: 'no', type: 'text/plain' } } }),
      ),
      says: [
        'lego 4.20.4 found no directory of a CA at https://ca.example.test/dir',
        'Step 1 at 12:00:00 was answered 404',
      ],
    }),
    miss: () => factsOf(issued({ until: 'directory' })),
  },
  {
    id: 'ca.error',
    of: 'a CA that cannot give its directory',
    hit: async () => ({
      facts: await factsOf(
        issued({ until: 'directory', bend: { directory: { status: 503, body: 'no', type: 'text/plain' } } }),
      ),
      says: ['found no directory of a CA at https://ca.example.test/dir', 'answered 503'],
    }),
    miss: () =>
      factsOf(
        issued({
          client: 'curl/8.5.0',
          until: 'directory',
          bend: { directory: { status: 503, body: 'no', type: 'text/plain' } },
        }),
      ),
  },
  {
    id: 'order.identifier-rejected',
    of: 'one name of two, in words only',
    hit: async () => ({
      facts: await ordered(
        problem('rejectedIdentifier', 'issuance is forbidden by policy: "bank.test"', { status: 400 }),
        {},
        ['example.test', 'bank.test'],
      ),
      says: ['does not issue for bank.test\n', 'Correct the name'],
    }),
    miss: () => ordered(problem('serverInternal', 'not now: "bank.test"'), {}, ['example.test', 'bank.test']),
  },
  {
    id: 'order.identifier-rejected',
    of: 'an address that is asked for as a name',
    hit: async () => ({
      facts: await ordered(
        problem('malformed', 'Order included a DNS identifier with an IP address value: "192.0.2.7"'),
        { identifiers: [{ type: 'dns', value: '192.0.2.7' }] },
      ),
      says: ['does not issue for 192.0.2.7', 'as an identifier of type “ip”'],
    }),
    miss: () => ordered(problem('malformed', 'NotBefore and NotAfter are not supported'), {}, ['192.0.2.7']),
  },
  {
    id: 'order.profile-refused',
    of: 'one that the directory does not list',
    hit: async () => ({
      facts: await ordered(problem('invalidProfile', 'unrecognized profile name "tls"'), { profile: 'tls' }),
      says: ['the profile tls for example.test', 'lists classic and short', 'lego: --profile'],
    }),
    miss: () => ordered(problem('rejectedIdentifier', 'no'), { profile: 'classic' }),
  },
  {
    id: 'order.profile-refused',
    of: 'one that is not open to the account',
    hit: async () => ({
      facts: await ordered(
        problem('unauthorized', 'account ID 1 is not permitted to use certificate profile "short"'),
        { profile: 'short' },
      ),
      says: ['the profile short', 'not permitted'],
    }),
    miss: () => ordered(problem('unauthorized', 'not today')),
  },
  {
    id: 'renewal.replaces-conflict',
    of: 'a certificate that was replaced before',
    hit: async () => ({
      facts: await ordered(problem('alreadyReplaced', 'which already has a replacement order', { status: 409 }), {
        replaces: 'AAAA.BBBB',
      }),
      says: ['was replaced already', 'AAAA.BBBB', '409 alreadyReplaced', 'lego: --ari-disable'],
    }),
    miss: () => ordered(problem('unauthorized', 'not today'), { replaces: 'AAAA.BBBB' }),
  },
  {
    id: 'renewal.replaces-conflict',
    of: 'an id that the CA did not give',
    hit: async () => {
      const { world, order, facts } = await issued()
      world.renewalInfo(order, { answer: problem('malformed', 'Requested certificate was not found', { status: 404 }) })
      return { facts, says: ['does not know the certificate', '404 malformed', world.ariUrl(order).slice(0, 60)] }
    },
    miss: async () => {
      const { world, order, facts } = await issued()
      world.renewalInfo(order)
      return facts
    },
  },
  {
    id: 'revocation.refused',
    of: 'a reason that is not allowed',
    hit: async () => ({
      facts: await revoking(problem('badRevocationReason', 'disallowed revocation reason: 4', { status: 400 })),
      says: ['the reason is not allowed', 'with reason 4', 'the account key'],
    }),
    miss: () => revoking(problem('serverInternal', 'oops')),
  },
  {
    id: 'revocation.refused',
    severity: 'info',
    of: 'a certificate that was revoked before in the same recording',
    hit: async () => ({
      facts: await revoking(problem('alreadyRevoked', 'already revoked', { status: 400 }), false),
      says: ['it was revoked before'],
    }),
    miss: async () => {
      const { world, order, facts } = await issued()
      world.revoke(order)
      return facts
    },
  },
  {
    id: 'problem.other',
    of: 'a type of the CA’s own',
    hit: async () => ({
      facts: await ordered(problem('https://ca.example.test/errors/moon', 'The moon is in the wrong place')),
      says: [
        'https://ca.example.test/errors/moon',
        'The moon is in the wrong place',
        'Step 4 (newOrder)',
        'lego 4.20.4 at 12:00:00',
      ],
    }),
    miss: () => ordered(problem('rateLimited', 'too many new orders')),
  },
  {
    id: 'problem.other',
    of: 'a TXT record that nobody was seen to write',
    hit: async () => {
      const run = await issued({ until: 'fetchAuthorizations' })
      run.world.answer(run.order, { result: problem('unauthorized', 'No TXT record found') })
      run.world.pollAuthorizations(run.order)
      return {
        facts: run.facts,
        says: ['dns-01 validation of example.test', '_acme-challenge.example.test', 'nothing in this recording shows'],
      }
    },
    miss: () => factsOf(failedProof(problem('unauthorized', 'No TXT record found'), { challenge: 'dns-01' })),
  },
  {
    id: 'problem.other',
    of: 'an order that says what is wrong with it',
    hit: async () => {
      const { world, order, facts } = await issued({ until: 'finalize' })
      order.error = problem('moonPhase', 'wait for the next one').body as object
      world.pollOrder(order)
      return { facts, says: ['moonPhase', 'wait for the next one'] }
    },
    miss: async () => {
      const { world, order, facts } = await issued({ until: 'finalize' })
      order.error = problem('serverInternal', 'oops').body as object
      world.pollOrder(order)
      return facts
    },
  },
]
