/** Connections that came to nothing: ours to the client, ours to the server. */
import type { Failure } from '../../../shared/exchange.ts'
import { issued } from '../scenarios.ts'
import { startWorld } from '../world.ts'
import { type Case, factsOf } from './case.ts'

const REFUSED: Failure = { stage: 'upstream-connect', code: 'ECONNREFUSED', message: 'nothing listens there' }
const SELF_SIGNED: Failure = {
  stage: 'upstream-tls',
  code: 'SELF_SIGNED_CERT_IN_CHAIN',
  message: 'self-signed certificate',
}
const HANDSHAKE: Failure = { stage: 'upstream-tls', code: 'EPROTO', message: 'wrong version number' }

/** A client that trusts us for the CA, and not for the API. */
async function distrusted(host: string, client = 'lego') {
  const { world, facts } = await issued({ client, until: 'fetchAuthorizations' })
  world.connection({ host })
  world.connection({ host })
  return facts
}

const unserved = async (failure: Failure, isLast = true) => {
  const world = await startWorld()
  world.directory({ failure })
  if (!isLast) world.directory()
  return world.facts
}

/** A client that leaves before the CA has answered. */
const left = (took: number) => {
  const failure: Failure = { stage: 'aborted', code: 'CLIENT_CLOSED', message: 'the client closed the connection' }
  return issued({ bend: { order: { failure, took } } })
}

export const transportCases: readonly Case[] = [
  {
    id: 'upstream.unreachable',
    of: 'a CA that lets its client wait for too long',
    hit: async () => ({
      facts: await factsOf(left(30_000)),
      says: ['ca.example.test did not answer before the client went away', 'lego 4.20.4 had waited 30 s for it'],
    }),
    miss: () => factsOf(left(500)),
  },
  {
    id: 'trust.client-rejected-authority',
    of: 'the API’s leg, which the option for the CA does not cover',
    hit: async () => ({
      facts: await distrusted('api.cloudflare.com'),
      says: [
        'lego does not trust',
        'api.cloudflare.com',
        '2 times between 12:00:00 and 12:00:00',
        'Cloudflare',
        'SSL_CERT_FILE',
        'LEGO_CA_CERTIFICATES covers the CA only',
      ],
    }),
    miss: () => factsOf(issued()),
  },
  {
    id: 'trust.client-rejected-authority',
    of: 'a command that trusts nobody, known by the name of its program',
    hit: async () => {
      const world = await startWorld()
      const made = world.connection({ host: 'acme-v02.api.letsencrypt.org' })
      const facts = [{ ...made, client: { ...made.client, process: 'certbot' } }]
      return { facts, says: ['certbot does not trust', 'This is the leg to the CA', 'REQUESTS_CA_BUNDLE'] }
    },
    miss: async () => {
      const world = await startWorld()
      world.connection({ outcome: 'unused' })
      return world.facts
    },
  },
  {
    id: 'trust.upstream-untrusted',
    of: 'a CA of somebody’s own',
    hit: async () => ({
      facts: await unserved(SELF_SIGNED),
      says: [
        'certificate of ca.example.test',
        'SELF_SIGNED_CERT_IN_CHAIN',
        'Step 1 failed at 12:00:00',
        '--upstream-ca',
      ],
    }),
    miss: () => unserved(HANDSHAKE),
  },
  {
    id: 'upstream.unreachable',
    of: 'a CA that is not there',
    hit: async () => ({
      facts: await unserved(REFUSED),
      says: ['ca.example.test could not be reached', 'ECONNREFUSED', 'nothing listens there', '12:00:00'],
    }),
    miss: () => unserved(SELF_SIGNED),
  },
  {
    id: 'upstream.unreachable',
    of: 'something that speaks no TLS',
    hit: async () => ({ facts: await unserved(HANDSHAKE), says: ['could not be reached over TLS', 'EPROTO'] }),
    miss: () => unserved({ stage: 'aborted', code: 'CLIENT_CLOSED', message: 'the client left' }),
  },
  {
    id: 'upstream.unreachable',
    severity: 'info',
    of: 'a CA that answers the second time',
    hit: async () => ({ facts: await unserved(REFUSED, false), says: ['ca.example.test'] }),
    miss: () => factsOf(issued()),
  },
]
