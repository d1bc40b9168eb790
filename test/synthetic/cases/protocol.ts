/** One recording for each thing that a client, a CA or a recording does against the protocol: the close ones are in the checks' own tests. */
import type { Fact } from '../../../shared/exchange.ts'
import { cutValues } from '../cut.ts'
import { makeKeys } from '../materials.ts'
import { type IssuedOptions, issued } from '../scenarios.ts'
import { problem, type World } from '../world.ts'
import { factsOf } from './case.ts'

const BAD_NONCE = problem('badNonce', 'JWS has an invalid anti-replay nonce')
const run = (options: IssuedOptions): Promise<readonly Fact[]> => factsOf(issued(options))
const ordering = (bend: Parameters<World['order']>[0] = {}) => run({ bend: { order: bend } })

/** After a whole run. */
async function afterwards(act: (ran: Awaited<ReturnType<typeof issued>>) => unknown): Promise<readonly Fact[]> {
  const ran = await issued()
  await act(ran)
  return ran.facts
}

export const PROTOCOL: Readonly<Record<string, () => Promise<readonly Fact[]>>> = {
  'jws.signature-invalid': () =>
    ordering({ jws: (signed) => ({ ...signed, signature: `AAAA${signed.signature.slice(4)}` }) }),
  'jws.algorithm-not-allowed': () => ordering({ header: { alg: 'none' } }),
  'jws.key-and-kid': () => ordering({ header: { jwk: { kty: 'EC' } } }),
  'jws.url-mismatch': () => ordering({ header: { url: 'https://elsewhere.test/' } }),
  'jws.malformed': () => ordering({ jws: () => ({ protected: 'x' }) }),
  'jws.content-type': () => ordering({ request: { type: 'application/json' } }),
  'jws.public-key-refused': () => run({ bend: { register: { answer: problem('badPublicKey', 'unable to use') } } }),
  'nonce.reused': () =>
    afterwards(({ world }) => {
      world.order({ nonce: 'bm9uY2U' })
      world.order({ nonce: 'bm9uY2U' })
    }),
  'nonce.unknown': () => ordering({ nonce: 'bm9uY2U' }),
  'nonce.rejected-then-accepted': () =>
    afterwards(({ world }) => {
      world.order({ answer: BAD_NONCE })
      world.order()
    }),
  'nonce.rejected-not-retried': () => ordering({ answer: BAD_NONCE }),
  'nonce.rejected-repeatedly': () =>
    afterwards(({ world }) => {
      for (let index = 0; index < 5; index++) world.order({ answer: BAD_NONCE })
    }),
  'request.not-post-as-get': () =>
    afterwards(({ world, order }) => {
      world.request({ method: 'GET', url: order.url, body: null }, { status: 405, body: null })
    }),
  'request.no-user-agent': () => run({ client: null }),
  'state.illegal-transition': () =>
    afterwards(({ world, order }) => world.pollOrder(order, { answer: { body: { status: 'pending' } } })),
  'poll.ignores-retry-after': () =>
    run({ bend: { pollAuthorizations: { times: 3, answer: { headers: [['Retry-After', '60']] } } } }),
  'poll.too-fast': () =>
    afterwards(({ world, order }) => {
      for (let index = 0; index < 6; index++) world.pollOrder(order, { after: 5 })
    }),
  'order.finalized-before-ready': () =>
    run({
      until: 'finalize',
      without: ['writeTxt', 'answer', 'pollAuthorizations', 'deleteTxt'],
      bend: { finalize: problem('orderNotReady', 'not ready') },
    }),
  'order.csr-differs': () =>
    run({
      bend: {
        finalize: {
          csrNames: ['other.test'],
          answer: problem('unauthorized', 'CSR does not specify same identifiers as Order'),
        },
      },
    }),
  'order.csr-rejected': () => run({ bend: { finalize: problem('badCSR', 'signature algorithm not supported') } }),
  'order.never-finished': () => run({ until: 'pollAuthorizations' }),
  'certificate.names-differ': () => run({ bend: { finalize: { issue: { names: ['other.test'] } } } }),
  'certificate.key-differs': async () => run({ bend: { finalize: { issue: { keys: await makeKeys() } } } }),
  'certificate.chain-broken': async () => {
    const { world, order } = await issued({ until: 'pollOrder' })
    const [leaf = '', issuer = ''] = (order.chains[0] ?? '').split(/(?<=END CERTIFICATE-----\n)/)
    const other = (await issued({ until: 'pollOrder', names: ['other.test'] })).order.chains[0]?.split(
      /(?<=-----\n)(?=-----B)/,
    )[0]
    order.chains = [leaf + other + issuer]
    world.fetchCertificate(order)
    return world.facts
  },
  'recording.cut-values': async () => cutValues(await run({})),
  'recording.starts-midway': () => run({ without: ['directory', 'register'] }),
}
