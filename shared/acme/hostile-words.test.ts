// Words where this wire has names of its own: those that every object in JavaScript has, and those that steer who shows
// them. In every place at once: nothing throws, nothing is looked up in a prototype, each is shown by its own name.
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../test/hostile/inert.ts'
import { throughAll } from '../../test/hostile/pipeline.ts'
import { NAMES, STEERING } from '../../test/hostile/poison.ts'
import { at, HOST, ORDERS, startRecording } from '../../test/hostile/recording.ts'
import type { Fact } from '../exchange.ts'

const RECORDS = 'https://api.cloudflare.com/client/v4/zones'
const JSON_BODY = { type: 'application/json' }

/** Half of a surrogate pair has no place in a URL. */
const inUrl = (word: string): string => encodeURIComponent(word.replace(/\p{Cs}/gu, ''))

/** A whole run in which whatever may be anything is this word. */
function runOf(word: string): readonly Fact[] {
  const { add, facts } = startRecording()
  const header = { kid: word, nonce: word, [word]: word }
  const more = { [word]: word, [`x${word}`]: { [word]: word } }
  const agent = word
  const error = {
    type: word,
    title: word,
    detail: word,
    instance: word,
    ...more,
    identifier: { type: word, value: word },
  }
  const problem = { ...error, type: `urn:ietf:params:acme:error:${word}`, subproblems: [error, { ...error, ...more }] }
  const directory = {
    newNonce: `${HOST}/nonce`,
    newAccount: `${HOST}/acct`,
    newOrder: ORDERS,
    renewalInfo: word,
    newAuthz: `${HOST}/newauthz`,
    revokeCert: word,
  }
  add(
    { url: `${HOST}/dir`, agent },
    { body: { ...directory, ...more, meta: { ...more, profiles: more, caaIdentities: [word] } } },
  )
  add(
    {
      url: `${HOST}/acct`,
      payload: { contact: [word], ...more },
      header: { ...header, kid: undefined, jwk: { kty: word, crv: word, x: word, ...more } },
      agent,
    },
    {
      status: 201,
      body: { status: word, orders: word, contact: [word], ...more },
      headers: [...at(word), ['Replay-Nonce', word]],
    },
  )
  const order = {
    status: word,
    identifiers: [{ type: word, value: word }],
    authorizations: [`${HOST}/authz`, word],
    finalize: `${HOST}/finalize`,
    certificate: word,
    replaces: word,
    error,
    ...more,
  }
  add(
    { url: ORDERS, payload: { identifiers: order.identifiers, profile: word, ...more }, header, agent },
    { status: 201, body: order, headers: at(word) },
  )
  const challenge = (status: string) => ({
    type: word,
    url: `${HOST}/chall`,
    token: word,
    status,
    error,
    validationRecord: [{ url: word, addressUsed: word, hostname: word }],
    ...more,
  })
  const authorization = {
    identifier: { type: word, value: word },
    status: word,
    challenges: [challenge('pending'), challenge(word)],
    ...more,
  }
  add(
    { url: new URL(word.replace(/\P{ASCII}|[\s\p{Cc}]/gu, '') || 'x', ORDERS).href, payload: '', header },
    { body: authorization },
  )
  add(
    {
      url: `${HOST}/authz`,
      payload: '',
      header,
      headers: [
        [word, word],
        ['Link', `<${HOST}/authz>;rel="${word}"`],
      ],
    },
    { body: authorization },
  )
  add(
    { url: `${HOST}/newauthz`, payload: {}, header },
    { status: 201, body: authorization, headers: at(`${HOST}/authz`) },
  )
  add(
    { url: `${HOST}/chall`, payload: more, header },
    { body: challenge('processing'), headers: [['Link', `<${HOST}/authz>;rel="up"`]] },
  )
  add({ url: `${HOST}/chall`, payload: '', header }, { body: challenge('invalid') })
  const record = { id: word, type: word, name: word, content: word, zone_id: word, zone_name: word, ...more }
  add(
    { url: `${RECORDS}?name=${inUrl(word)}` },
    { body: { success: true, result: [{ id: word, name: word, ...more }], ...more } },
  )
  add(
    { method: 'POST', url: `${RECORDS}/z/dns_records`, body: record, ...JSON_BODY },
    { body: { success: true, result: record } },
  )
  add(
    { method: 'DELETE', url: `${RECORDS}/z/dns_records/${inUrl(word)}` },
    { status: 400, body: { success: false, errors: [{ code: word, message: word, ...more }] } },
  )
  add(
    { url: `${HOST}/finalize`, payload: { csr: word, ...more }, header },
    { status: 403, body: problem, type: 'application/problem+json', headers: [['Retry-After', word]] },
  )
  add(
    { url: ORDERS, payload: more, header: { ...header, alg: word } },
    { status: 400, body: { ...problem, type: word }, type: 'application/problem+json' },
  )
  add({ method: word, url: word, body: word, type: word, agent }, { status: 200, body: word, type: word })
  return facts
}

describe.each([...NAMES, ...STEERING].map((word) => [JSON.stringify(word), word] as const))('%s', (_, word) => {
  it('in every place is a word like any other, and inert', async () => {
    const before = Reflect.ownKeys(Object.prototype)
    const outcome = await throughAll(runOf(word))
    expect(faultsOf(outcome)).toEqual([])
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before)
    const { analysis, findings } = outcome
    expect(analysis.steps).toHaveLength(14)
    expect(analysis.challenges.get(`${HOST}/chall`)).toMatchObject({ type: word, token: word })
    if (word !== '') expect(analysis.nonces.get(word)).toMatchObject({ value: word, usedBy: { length: 9 } })
    expect(
      findings.every(({ title, explanation }) => !/\[native code\]|\[object |undefined|NaN/.test(title + explanation)),
    ).toBe(true)
  })
})
