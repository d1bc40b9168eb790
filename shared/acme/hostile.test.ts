// Damaged recordings, and recordings of nothing but noise, through everything that is made of them: nothing throws, no
// prototype changes, and what comes out is inert.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDamages, damaged } from '../../test/hostile/damage.ts'
import { faultsOf } from '../../test/hostile/inert.ts'
import { throughAll } from '../../test/hostile/pipeline.ts'
import { NAMES, STEERING } from '../../test/hostile/poison.ts'
import { directoryOf, HOST, startRecording } from '../../test/hostile/recording.ts'
import { makeWorlds } from '../../test/hostile/worlds.ts'
import type { Body, Exchange, Fact } from '../exchange.ts'
import { decodeNext, startKeyring } from './jws/keyring.ts'
import { noKeys } from './jws/keys.ts'

const worlds = await makeWorlds()
const anyWorld = fc.nat(worlds.length - 1)
const prototypes = [Object.prototype, Array.prototype, Function.prototype, Map.prototype, String.prototype]
const shapes = () => prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String))

async function expectInert(facts: readonly Fact[]): Promise<void> {
  const before = shapes()
  expect(faultsOf(await throughAll(facts))).toEqual([])
  expect(shapes()).toEqual(before)
}

describe('a damaged recording', () => {
  it('makes nothing throw, and steers nothing that shows it', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, anyDamages(10), (world, damages) =>
        expectInert(damaged(worlds[world]?.slice(0, 100) ?? [], damages)),
      ),
      { numRuns: 150 },
    )
  })

  it('can be decoded as it comes, and handed on', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, anyDamages(10), async (world, damages) => {
        const ring = startKeyring(noKeys)
        for (const fact of damaged(worlds[world]?.slice(0, 40) ?? [], damages)) {
          const [decoded] = await decodeNext(ring, [fact])
          structuredClone(decoded)
          JSON.stringify(decoded)
        }
      }),
      { numRuns: 40 },
    )
  })
})

// ───────────────────────────── noise

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ maxLength: 200 }),
  fc.json(),
  fc.base64String(),
  fc.constantFrom(...NAMES, ...STEERING),
)
const octets = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))

const body: fc.Arbitrary<Body> = fc.oneof(
  fc.constant<Body>({ kind: 'empty' }),
  text.map((text): Body => ({ kind: 'text', text })),
  octets.map((bytes): Body => ({ kind: 'text', text: bytes.toString('latin1') })),
  octets.map((bytes): Body => ({ kind: 'base64', base64: bytes.toString('base64') })),
  text.map((base64): Body => ({ kind: 'base64', base64 })),
  fc
    .record({ protected: text, payload: text, signature: text })
    .map((jws): Body => ({ kind: 'text', text: JSON.stringify(jws) })),
  octets.map(
    (der): Body => ({
      kind: 'text',
      text: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
    }),
  ),
  text.map((reason): Body => ({ kind: 'omitted', bytes: null, reason })),
)

const TYPES = [
  'application/json',
  'application/jose+json',
  'application/problem+json',
  'text/xml',
  'application/x-www-form-urlencoded',
  'application/pem-certificate-chain',
]
const name = fc.oneof(
  text,
  fc.constantFrom(
    'Content-Type',
    'Location',
    'Link',
    'Replay-Nonce',
    'Retry-After',
    'Date',
    'User-Agent',
    'Authorization',
    'Cookie',
    'Set-Cookie',
  ),
)
const headers = fc.array(fc.tuple(name, fc.oneof(text, fc.constantFrom(...TYPES))), { maxLength: 6 })
/** Those of the directory, so that noise is taken for ACME, and of a DNS provider. */
const url = fc.oneof(
  text,
  text.map((path) => `${HOST}/${path}`),
  fc.constantFrom(
    ...Object.values(directoryOf(HOST)),
    'https://api.cloudflare.com/client/v4/zones',
    'https://route53.amazonaws.com/2013-04-01/hostedzone/Z/rrset',
  ),
)

const noise = fc.record({
  method: fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD', 'DELETE', 'PUT'), text),
  url,
  requestHeaders: headers,
  requestBody: body,
  status: fc.option(fc.oneof(fc.constantFrom(200, 201, 400, 403, 429, 500), fc.integer())),
  responseHeaders: headers,
  responseBody: body,
})

/** After a good directory. */
function recordingOf(noises: readonly (typeof noise extends fc.Arbitrary<infer N> ? N : never)[]): readonly Fact[] {
  const { add, directory, facts } = startRecording()
  directory()
  const exchanges = noises.map(({ method, url, status, ...one }): Exchange => {
    const { response, ...made } = add({ url: HOST }, {})
    const request = { ...made.request, method, url, headers: one.requestHeaders, body: one.requestBody }
    const answer = status !== null &&
      response && { ...response, status, headers: one.responseHeaders, body: one.responseBody }
    return { ...made, request, ...(answer && { response: answer }) }
  })
  return [...facts.slice(0, 1), ...exchanges]
}

it('a recording of noise makes nothing throw, and steers nothing that shows it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(noise, { minLength: 1, maxLength: 6 }), (noises) => expectInert(recordingOf(noises))),
    { numRuns: 4000 },
  )
})
