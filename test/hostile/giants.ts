/**
 * Recordings in which one thing is there far too often. Each grows in one way, by `size`; what the analysis takes for it
 * must grow no faster.
 */
import type { Connection, Fact, Headers } from '../../shared/exchange.ts'
import { ACCOUNT, at, directoryOf, HOST, ORDERS, type Recording, startRecording } from './recording.ts'

const list = <T>(size: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: size }, (_, index) => make(index))

const url = (kind: string, index: number | string = 1): string => `${HOST}/${kind}/${index}`
const dns = (value: string) => ({ type: 'dns', value })
const challengeOf = (index: number | string, status = 'pending', more: object = {}) => ({
  type: 'dns-01',
  url: url('chall', index),
  token: `token-${index}`,
  status,
  ...more,
})
const authorizationOf = (index: number, more: object = {}) => ({
  identifier: dns(`n${index}.test`),
  status: 'pending',
  challenges: [challengeOf(index)],
  ...more,
})
const orderOf = (authorizations: readonly string[], more: object = {}) => ({
  status: 'pending',
  identifiers: [dns('a.test')],
  authorizations,
  finalize: url('finalize'),
  ...more,
})

const JWK = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43) }

function begin(): Recording {
  const recording = startRecording()
  recording.directory()
  recording.add(
    { url: `${HOST}/acct`, payload: {}, header: { kid: undefined, jwk: JWK } },
    { status: 201, body: { status: 'valid' }, headers: at(ACCOUNT) },
  )
  return recording
}

/** An order, its one authorization, its one challenge. */
function ordered(): Recording {
  const recording = begin()
  newOrder(recording, 1, [url('authz')])
  recording.add({ url: url('authz'), payload: '' }, { body: authorizationOf(1) })
  return recording
}

/** An order with many authorizations, each with four challenges. */
function wideOrder(size: number): Recording {
  const recording = begin()
  newOrder(
    recording,
    1,
    list(size, (index) => url('a', index)),
  )
  for (let index = 0; index < size; index++) {
    const challenges = list(4, (number) => challengeOf(`${index}-${number}`))
    recording.add({ url: url('a', index), payload: '' }, { body: authorizationOf(index, { challenges }) })
  }
  return recording
}

const newOrder = ({ add }: Recording, index: number, authorizations: readonly string[], more: object = {}) =>
  add(
    { url: ORDERS, payload: {} },
    { status: 201, body: orderOf(authorizations, more), headers: at(url('order', index)) },
  )

const RECORDS = 'https://api.cloudflare.com/client/v4/zones/z1/dns_records'
const written = (record: object) => ({ body: { success: true, errors: [], result: record } })
const problem = (type: string, more: object = {}) => ({
  status: 400,
  body: { type: `urn:ietf:params:acme:error:${type}`, detail: 'no', ...more },
  type: 'application/problem+json',
})

/** By what there is too much of. */
export const GIANTS: Readonly<Record<string, (size: number) => readonly Fact[]>> = {
  'authorizations in one order, each looked at': (size) => {
    const recording = begin()
    newOrder(
      recording,
      1,
      list(Math.min(size, 15_000), (index) => url('a', index)),
    )
    for (let index = 0; index < size; index++)
      recording.add({ url: url('a', index), payload: '' }, { body: authorizationOf(index) })
    return recording.facts
  },
  'polls of an order with as many authorizations': (size) => {
    const recording = wideOrder(size)
    for (let index = 0; index < size; index++)
      recording.add({ url: url('order'), payload: '' }, { body: { status: 'pending' } })
    return recording.facts
  },
  'look-ups in DNS for an order with as many authorizations': (size) => {
    const recording = wideOrder(size)
    recording.add({ url: url('chall', '0-3'), payload: {} }, { body: challengeOf('0-3', 'processing') })
    for (let index = 0; index < size; index++) recording.add({ url: RECORDS }, written([]))
    return recording.facts
  },
  'challenges in one authorization': (size) => {
    const recording = ordered()
    const challenges = list(size, (index) => ({ type: 'dns-01', url: `${HOST}/c/${index}` }))
    for (let from = 0; from < size; from += 5_000)
      recording.add(
        { url: url('authz'), payload: '' },
        { body: authorizationOf(1, { challenges: challenges.slice(from, from + 5_000) }) },
      )
    return recording.facts
  },
  'answers to challenges of one authorization': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++) {
      recording.add(
        { url: url('authz'), payload: '' },
        { body: authorizationOf(1, { challenges: [challengeOf(index)] }) },
      )
      recording.add(
        { url: url('chall', index), payload: {} },
        { body: challengeOf(index, 'invalid', { error: { type: 'x' } }) },
      )
    }
    return recording.facts
  },
  'authorizations of one order, one more in each answer': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++)
      recording.add({ url: url('order'), payload: '' }, { body: orderOf([url('a', index)]) })
    return recording.facts
  },
  'orders that share an authorization': (size) => {
    const recording = ordered()
    for (let index = 2; index < size; index++) {
      newOrder(recording, index, [url('authz')])
      recording.add({ url: url('authz'), payload: '' }, { body: authorizationOf(1) })
    }
    return recording.facts
  },
  'orders that share an authorization with many challenges': (size) => {
    const recording = ordered()
    const challenges = list(size, (index) => ({ type: 'dns-01', url: `${HOST}/c/${index}` }))
    recording.add({ url: url('authz'), payload: '' }, { body: authorizationOf(1, { challenges }) })
    for (let index = 2; index < size; index++) newOrder(recording, index, [url('authz')])
    return recording.facts
  },
  'orders for the same names, all issued': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      newOrder(recording, index, [], { status: 'valid', certificate: url('cert', index) })
    return recording.facts
  },
  'uses of one nonce': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++)
      recording.add({ url: url('order'), payload: '', header: { nonce: 'same' } }, { body: { status: 'pending' } })
    return recording.facts
  },
  'nonces refused': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++) recording.add({ url: url('order'), payload: '' }, problem('badNonce'))
    return recording.facts
  },
  'nonces refused, of different requests': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add({ url: `${HOST}/order`, payload: { index } }, problem('badNonce'))
    return recording.facts
  },
  'polls of one authorization': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++)
      recording.add({ url: url('authz'), payload: '' }, { body: authorizationOf(1), headers: [['Retry-After', '5']] })
    return recording.facts
  },
  'challenges that failed, each with a record': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++) {
      newOrder(recording, index, [url('a', index)])
      recording.add({ url: url('a', index), payload: '' }, { body: authorizationOf(index) })
      const record = { id: `r${index}`, type: 'TXT', name: `_acme-challenge.n${index}.test`, content: 'wrong' }
      recording.add({ method: 'POST', url: RECORDS, body: record, type: 'application/json' }, written(record))
      recording.add({ url: url('chall', index), payload: {} }, { body: challengeOf(index, 'processing') })
      const challenges = [
        challengeOf(index, 'invalid', {
          error: { type: 'urn:ietf:params:acme:error:unauthorized', detail: 'Incorrect TXT record "wrong" found' },
        }),
      ]
      recording.add(
        { url: url('a', index), payload: '' },
        { body: authorizationOf(index, { status: 'invalid', challenges }) },
      )
    }
    return recording.facts
  },
  'challenges of one name that failed': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++) {
      newOrder(recording, index, [url('a', index)])
      recording.add(
        { url: url('a', index), payload: '' },
        { body: { ...authorizationOf(index), identifier: dns('a.test') } },
      )
      const record = { id: `r${index}`, type: 'TXT', name: '_acme-challenge.a.test', content: 'wrong' }
      recording.add({ method: 'POST', url: RECORDS, body: record, type: 'application/json' }, written(record))
      recording.add(
        { url: url('chall', index), payload: {} },
        { body: challengeOf(index, 'invalid', { error: { type: 'urn:ietf:params:acme:error:unauthorized' } }) },
      )
    }
    return recording.facts
  },
  'records written for one name': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++) {
      const record = { id: `r${index}`, type: 'TXT', name: '_acme-challenge.n1.test', content: `v${index}` }
      recording.add({ method: 'POST', url: RECORDS, body: record, type: 'application/json' }, written(record))
    }
    return recording.facts
  },
  'refusals of a DNS provider': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++)
      recording.add(
        { method: 'GET', url: `${RECORDS}?name=n${index}` },
        { status: 403, body: { success: false, errors: [{ code: 10000, message: 'no' }] } },
      )
    return recording.facts
  },
  'directories at as many hosts': (size) => {
    const recording = startRecording()
    for (let index = 0; index < size; index++) recording.directory(`https://ca${index}.test`)
    return recording.facts
  },
  'other hosts': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++) recording.add({ url: `https://h${index}.test/` })
    return recording.facts
  },
  'User-Agents': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add(
        { method: 'HEAD', url: `${HOST}/nonce`, agent: `agent-${index}/1.0` },
        { headers: [['Replay-Nonce', `r${index}`]] },
      )
    return recording.facts
  },
  'client addresses': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add({
        method: 'HEAD',
        url: `${HOST}/nonce`,
        client: { address: `10.0.${index >> 8}.${index & 255}`, port: 1 },
      })
    return recording.facts
  },
  'exchanges that end in the reverse order': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add({ url: `${HOST}/nonce`, method: 'HEAD', took: (size - index) * 20 })
    return recording.facts
  },
  'exchanges that belong to no order, and one that does': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++) recording.add({ url: `${HOST}/nonce`, method: 'HEAD' })
    newOrder(recording, 1, [url('authz')])
    return recording.facts
  },
  'exchanges without an answer': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++) recording.add({ url: ORDERS, payload: { index } }, null)
    return recording.facts
  },
  'problems with subproblems': (size) => {
    const recording = begin()
    const subproblems = list(5, (index) => ({
      type: 'urn:ietf:params:acme:error:caa',
      detail: 'no',
      identifier: dns(`n${index}.test`),
    }))
    for (let index = 0; index < size; index++)
      recording.add({ url: ORDERS, payload: { index } }, problem('compound', { subproblems }))
    return recording.facts
  },
  'types of error, of challenge and of status that nobody knows': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++) {
      recording.add({ url: ORDERS, payload: { index } }, problem(`unknown${index}`))
      recording.add(
        { url: url('authz'), payload: '' },
        {
          body: authorizationOf(1, { status: `s${index}`, challenges: [{ ...challengeOf(index), type: `t${index}` }] }),
        },
      )
    }
    return recording.facts
  },
  'wrong URLs in what is signed': (size) => {
    const recording = ordered()
    for (let index = 0; index < size; index++)
      recording.add(
        { url: url('order'), payload: '', header: { url: 'https://other.test/' } },
        { body: { status: 'pending' } },
      )
    return recording.facts
  },
  accounts: (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add(
        {
          url: `${HOST}/acct`,
          payload: {},
          header: { kid: undefined, jwk: { ...JWK, x: String(index).padStart(43, 'A') } },
        },
        { status: 201, body: { status: 'valid' }, headers: at(url('acct', index)) },
      )
    return recording.facts
  },
  'keys of one account': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add(
        {
          url: `${HOST}/acct`,
          payload: {},
          header: { kid: undefined, jwk: { ...JWK, x: String(index).padStart(43, 'A') } },
        },
        { status: 200, body: { status: 'valid' }, headers: at(ACCOUNT) },
      )
    return recording.facts
  },
  'probes for an account': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add(
        { url: `${HOST}/acct`, payload: { onlyReturnExisting: true }, header: { kid: undefined, jwk: JWK } },
        problem('accountDoesNotExist'),
      )
    return recording.facts
  },
  'refusals of an order with as many names': (size) => {
    const recording = begin()
    const identifiers = list(size, (index) => dns(`n${index}.test`))
    newOrder(recording, 1, [], { identifiers })
    for (let index = 0; index < size; index++)
      recording.add(
        { url: url('finalize'), payload: { index } },
        problem(index % 2 ? 'unauthorized' : `unknown${index}`),
      )
    return recording.facts
  },
  'complaints to a directory with as many profiles and identities': (size) => {
    const recording = startRecording()
    const profiles = Object.fromEntries(list(size, (index) => [`p${index}`, 'x']))
    const meta = { profiles, caaIdentities: list(size, (index) => `ca${index}.test`) }
    recording.add({ url: `${HOST}/dir` }, { body: { ...directoryOf(HOST), meta } })
    for (let index = 0; index < size; index++)
      recording.add(
        { url: ORDERS, payload: { identifiers: [dns(`n${index}.test`)] } },
        problem(index % 2 ? 'invalidProfile' : 'caa'),
      )
    return recording.facts
  },
  'orders that failed, for the same authorizations': (size) => {
    const recording = begin()
    const urls = list(20, (index) => url('a', index))
    for (const [index, one] of urls.entries()) {
      const challenges = list(20, (number) => challengeOf(`${index}-${number}`, 'invalid', { error: { type: 'x' } }))
      recording.add({ url: one, payload: '' }, { body: authorizationOf(index, { status: 'invalid', challenges }) })
    }
    for (let index = 0; index < size; index++)
      newOrder(recording, index, urls, { status: 'invalid', error: { type: 'urn:ietf:params:acme:error:caa' } })
    return recording.facts
  },
  'chains of one certificate': (size) => {
    const recording = begin()
    newOrder(recording, 1, [], { status: 'valid', certificate: url('cert', 0) })
    for (let index = 0; index < size; index++)
      recording.add(
        { url: url('cert', index), payload: '' },
        {
          body: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
          headers: [['Link', `<${url('cert', index + 1)}>;rel="alternate"`]],
        },
      )
    return recording.facts
  },
  'requests for a proof': (size) => {
    const recording = ordered()
    recording.add(
      { url: url('authz'), payload: '' },
      { body: authorizationOf(1, { challenges: [{ ...challengeOf(1), type: 'http-01' }] }) },
    )
    for (let index = 0; index < size; index++)
      recording.add({ url: 'http://n1.test/.well-known/acme-challenge/token-1' }, { body: 'wrong', type: 'text/plain' })
    return recording.facts
  },
  'renewal information': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add({ url: `${HOST}/ari/AAAA.${index}` }, { body: { suggestedWindow: { start: 'x', end: 'y' } } })
    return recording.facts
  },
  'pages of the list of orders': (size) => {
    const recording = begin()
    recording.add({ url: ACCOUNT, payload: '' }, { body: { status: 'valid', orders: url('orders', 0) } })
    for (let index = 0; index < size; index++) {
      const headers: Headers = [['Link', `<${url('orders', index + 1)}>;rel="next"`]]
      recording.add({ url: url('orders', index), payload: '' }, { body: { orders: [url('order', index)] }, headers })
    }
    return recording.facts
  },
  'connections that were refused, to as many hosts': (size) =>
    list(size, (index) => connection(index, `h${index}.test`)),
  'connections that were refused, to one host': (size) => list(size, (index) => connection(index, 'h.test')),
  'links in one header': (size) => {
    const recording = begin()
    const value = list(size, (index) => `<${HOST}/c/${index}>;rel="alternate"`).join(', ')
    recording.add({ url: ORDERS, payload: {} }, { headers: [['Link', value]] })
    return recording.facts
  },
  'headers of one answer': (size) => {
    const recording = begin()
    const headers: Headers = list(size, (index) => ['Link', `<${HOST}/c/${index}>;rel="up"`] as const)
    recording.add({ url: ORDERS, payload: {} }, { headers })
    return recording.facts
  },
  'angle brackets in a Link': (size) => one({ headers: [['Link', '<'.repeat(size * 8)]] }),
  'semicolons in a Link': (size) => one({ headers: [['Link', `<a>${';rel="x'.repeat(size * 2)}`]] }),
  'spaces in a Link': (size) => one({ headers: [['Link', `<a>;${' '.repeat(size * 20)}x`]] }),
  'names of clients in a User-Agent': (size) => one({}, { agent: 'cert-manager'.repeat(size) }),
  'quotes in a TXT record': (size) => {
    const recording = begin()
    const record = { id: 'r', type: 'TXT', name: '_acme-challenge.a.test', content: '"\\'.repeat(size * 10) }
    recording.add({ method: 'POST', url: RECORDS, body: record, type: 'application/json' }, written(record))
    return recording.facts
  },
  'bearer tokens that begin alike': (size) => {
    const recording = begin()
    for (let index = 0; index < size; index++)
      recording.add({ url: 'https://api.test/', headers: [['Authorization', `Bearer eyJhbGciOiJSUzI1NiJ9.${index}`]] })
    return recording.facts
  },
  'one long token in texts that begin like it': (size) => {
    const recording = begin()
    const token = 'a'.repeat(size * 10)
    recording.add(
      { url: 'https://api.test/', headers: [['Authorization', `Bearer ${token}b`]] },
      { body: token, type: 'text/plain' },
    )
    return recording.facts
  },
  cookies: (size) =>
    one({}, { headers: [['Cookie', list(size, (index) => `cookie-name-${index}=secret-value-${index}`).join('; ')]] }),
  'brackets of JSON': (size) => one({ body: '['.repeat(size * 20), type: 'application/json' }),
  'equals signs in base64': (size) => {
    const [exchange] = one({ body: 'x' })
    if (exchange?.kind !== 'exchange') return []
    return [
      { ...exchange, request: { ...exchange.request, body: { kind: 'base64', base64: `${'='.repeat(size * 8)}A` } } },
    ]
  },
}

const one = (answer: object, asked: object = {}): readonly Fact[] => {
  const recording = startRecording()
  recording.add({ url: `${HOST}/nonce`, ...asked }, { status: 200, body: null, ...answer })
  return recording.facts
}

const connection = (index: number, host: string): Connection => ({
  kind: 'connection',
  id: `connection-${index}`,
  sequence: index + 1,
  startedAt: new Date(Date.UTC(2026, 0, 2) + index).toISOString(),
  client: { address: null, port: null },
  state: 'complete',
  outcome: 'client-refused-certificate',
  host,
  port: 443,
})
