// Long things: what is made of a recording is not much longer than the recording, and no text keeps us busy.
import { describe, expect, it } from 'vitest'
import { throughAll } from '../../test/hostile/pipeline.ts'
import { ACCOUNT, at, directoryOf, HOST, ORDERS, type Recording, startRecording } from '../../test/hostile/recording.ts'

const RECORDS = 'https://api.cloudflare.com/client/v4/zones/z1/dns_records'
const dns = (value: string) => ({ type: 'dns', value })

/** What is long, once; then many short exchanges that speak of it. */
interface Scene {
  readonly set: (recording: Recording, long: string) => unknown
  readonly repeat: (recording: Recording, index: number) => unknown
}

const order = (more: object = {}) => ({
  status: 'pending',
  identifiers: [dns('a.test')],
  authorizations: [`${HOST}/authz`],
  finalize: `${HOST}/finalize`,
  ...more,
})
const challenge = (more: object = {}) => ({
  type: 'dns-01',
  url: `${HOST}/chall`,
  token: 'token',
  status: 'pending',
  ...more,
})
const authorization = (more: object = {}) => ({
  identifier: dns('a.test'),
  status: 'pending',
  challenges: [challenge()],
  ...more,
})
const refused = {
  status: 403,
  body: { type: 'urn:ietf:params:acme:error:unauthorized', detail: 'no' },
  type: 'application/problem+json',
}

function begin(
  recording: Recording,
  { orderUrl = `${HOST}/order/1`, ordered = order(), authorized = authorization() } = {},
): void {
  recording.directory()
  recording.add({ url: ORDERS, payload: {} }, { status: 201, body: ordered, headers: at(orderUrl) })
  recording.add({ url: `${HOST}/authz`, payload: '' }, { body: authorized })
}

const poll = ({ add }: Recording): unknown => add({ url: `${HOST}/authz`, payload: '' }, { body: {} })
const refuse = ({ add }: Recording, index: number): unknown =>
  add({ url: `${HOST}/finalize`, payload: { index } }, refused)
const fail = ({ add }: Recording): unknown =>
  add({ url: `${HOST}/chall`, payload: {} }, { body: { error: { type: 'x' }, status: 'invalid' } })

const SCENES: Readonly<Record<string, Scene>> = {
  'name, polled': {
    set: (recording, long) => begin(recording, { authorized: authorization({ identifier: dns(long) }) }),
    repeat: poll,
  },
  'name of a wildcard, refused': {
    set: (recording, long) =>
      begin(recording, { authorized: authorization({ identifier: dns(long), wildcard: true }) }),
    repeat: fail,
  },
  'name of an order, refused': {
    set: (recording, long) => begin(recording, { ordered: order({ identifiers: [dns(long)] }) }),
    repeat: refuse,
  },
  'name with many challenges': {
    set: (recording, long) => {
      const challenges = Array.from({ length: 2_000 }, (_, index) => ({
        type: 'http-01',
        url: `u:${index}`,
        token: 't',
      }))
      begin(recording, { authorized: authorization({ identifier: dns(long), challenges }) })
    },
    repeat: poll,
  },
  'list of names, refused': {
    set: (recording, long) => begin(recording, { ordered: order({ identifiers: long.match(/.{50}/g)?.map(dns) }) }),
    repeat: refuse,
  },
  'URL of an order': { set: (recording, long) => begin(recording, { orderUrl: `${HOST}/${long}` }), repeat: poll },
  'URL of a challenge': {
    set: (recording, long) =>
      begin(recording, { authorized: authorization({ challenges: [challenge({ url: `${HOST}/${long}` })] }) }),
    repeat: poll,
  },
  'type of challenge': {
    set: (recording, long) =>
      begin(recording, { authorized: authorization({ challenges: [challenge({ type: long })] }) }),
    repeat: ({ add }) => add({ url: `${HOST}/chall`, payload: {} }, { body: {} }),
  },
  token: {
    set: (recording, long) =>
      begin(recording, { authorized: authorization({ challenges: [challenge({ token: long })] }) }),
    repeat: ({ add }) => add({ url: `${HOST}/chall`, payload: {} }, { body: {} }),
  },
  'error of a challenge': {
    set: (recording, long) =>
      begin(recording, {
        authorized: authorization({ challenges: [challenge({ error: { type: long, detail: long } })] }),
      }),
    repeat: fail,
  },
  'URL of a directory': {
    set: (recording, long) => {
      recording.add({ url: `${HOST}/dir?${long}` }, { body: directoryOf(HOST) })
      begin(recording)
    },
    repeat: refuse,
  },
  'list of profiles': {
    set: ({ add }, long) =>
      add(
        { url: `${HOST}/dir` },
        {
          body: {
            ...directoryOf(HOST),
            meta: {
              profiles: Object.fromEntries((long.match(/.{50}/g) ?? []).map((name, index) => [`${index}${name}`, 'x'])),
            },
          },
        },
      ),
    repeat: ({ add }, index) =>
      add(
        { url: ORDERS, payload: { profile: `p${index}`, identifiers: [dns(`n${index}.test`)] } },
        { ...refused, body: { type: 'urn:ietf:params:acme:error:invalidProfile' } },
      ),
  },
  'record that is deleted': {
    set: (recording, long) => {
      begin(recording)
      const record = { id: 'r1', type: 'TXT', name: `_acme-challenge.${long}`, content: long }
      recording.add(
        { method: 'POST', url: RECORDS, body: record, type: 'application/json' },
        { body: { success: true, result: record } },
      )
    },
    repeat: ({ add }) =>
      add({ method: 'DELETE', url: `${RECORDS}/r1` }, { body: { success: true, result: { id: 'r1' } } }),
  },
  'name of a zone': {
    set: (recording, long) => {
      begin(recording)
      recording.add(
        { url: 'https://api.cloudflare.com/client/v4/zones' },
        { body: { success: true, result: [{ id: 'z1', name: long }] } },
      )
    },
    repeat: ({ add }, index) =>
      add({ url: `${RECORDS}?name=n${index}` }, { status: 403, body: { success: false, errors: [] } }),
  },
  host: {
    set: ({ add, directory }, long) => [directory(), add({ url: `https://${long}/dir` }, { body: directoryOf(HOST) })],
    repeat: poll,
  },
  'name of a client': {
    set: ({ directory, add }, long) => [
      directory(),
      add({ method: 'HEAD', url: `${HOST}/nonce`, agent: long, client: { address: long, port: 1 } }),
    ],
    repeat: ({ add }) => add({ method: 'HEAD', url: `${HOST}/nonce`, client: { address: null, port: null } }),
  },
  account: { set: (recording) => begin(recording), repeat: ({ add }) => add({ url: ACCOUNT, payload: '' }, refused) },
}

/** Each order that lists the authorization shows it. */
const orderAgain = ({ add }: Recording, index: number): unknown =>
  add({ url: ORDERS, payload: {} }, { status: 201, body: order(), headers: at(`${HOST}/order/${index + 2}`) })

/** Said of an authorization whose challenge was answered, or of the challenge. */
const LISTED: Readonly<Record<string, (long: string) => object>> = {
  name: (long) => authorization({ identifier: dns(long) }),
  status: (long) => authorization({ status: long, challenges: [challenge({ status: long })] }),
  token: (long) => authorization({ challenges: [challenge({ token: long, status: 'valid' })] }),
  'type of challenge': (long) => authorization({ challenges: [challenge({ type: long, status: 'valid' })] }),
  'URL of a challenge': (long) =>
    authorization({ challenges: [challenge({ url: `${HOST}/${long}`, status: 'valid' })] }),
  'list of challenges': (long) =>
    authorization({ challenges: (long.match(/.{50}/g) ?? []).map((_, index) => challenge({ url: `u:${index}` })) }),
}

const LONG = 200_000
const SHORT_ONES = 300

describe('what is made of a recording in which every order lists an authorization with a long', () => {
  it.each(Object.keys(LISTED))('%s is bounded', async (name) => {
    const recording = startRecording()
    begin(recording, { authorized: LISTED[name]?.('a'.repeat(LONG)) as ReturnType<typeof authorization> })
    for (let index = 0; index < 2 * SHORT_ONES; index++) orderAgain(recording, index)
    const record = { id: 'r1', type: 'TXT', name: '_acme-challenge.a.test', content: 'a'.repeat(LONG) }
    recording.add(
      { method: 'POST', url: RECORDS, body: record, type: 'application/json' },
      { body: { success: true, result: record } },
    )
    const { har, show, analysis } = await throughAll(recording.facts)
    // Without a bound each of the orders is as long as the authorization: a hundred million characters.
    expect(show.length).toBeLessThan(21_000_000 + 5_000 * analysis.steps.length + 4 * har.length)
    expect(analysis.orders.size).toBe(2 * SHORT_ONES + 1)
  })
})

describe('what is made of a recording with one long', () => {
  it.each(Object.keys(SCENES))('%s is not much longer than it', async (name) => {
    const recording = startRecording()
    const scene = SCENES[name]
    scene?.set(recording, 'a'.repeat(LONG))
    for (let index = 0; index < SHORT_ONES; index++) scene?.repeat(recording, index)
    const { har, show, sarif, junit, bugReport, lines, decoded } = await throughAll(recording.facts)
    const lengths = { show, sarif, junit, bugReport, lines: lines.join('\n'), decoded: JSON.stringify(decoded) }
    for (const [what, text] of Object.entries(lengths))
      expect([what, text.length / har.length > 10]).toEqual([what, false])
  })
})

// ───────────────────────────── texts that an unlucky reader goes through again and again

const LENGTH = 150_000
const PIECES = [
  '<',
  '>',
  ';',
  '"',
  '\\',
  ' ',
  '=',
  '/',
  '.',
  '-',
  'a',
  'A',
  '0',
  '%',
  '&',
  ',',
  ':',
  '{',
  '[',
  '\n',
  'https://',
  'cert-manager',
  'a.',
  '<a ',
  '<a>',
  '&#x',
  '-----BEGIN CERTIFICATE-----',
  'ey',
  '"a":',
  '%22',
  '\\"',
  ';rel="',
  '<Error>',
  '<Change><Action>',
  '_acme-challenge.',
  '<a_1',
  'jwt=',
  '::',
  '\u00E9',
]

/** In every place where there is a text. */
function everywhere({ add, facts }: Recording, text: string) {
  const agent = text
  const headers = [
    'Location',
    'Link',
    'Retry-After',
    'Content-Type',
    'Replay-Nonce',
    'Date',
    'Authorization',
    'Cookie',
    'X',
  ].map((name) => [name, text] as const)
  add({ url: `${HOST}/dir`, agent, headers }, { body: directoryOf(HOST), headers })
  add({ url: `${HOST}/${text}?a=${text}#${text}`, agent }, { body: text, type: 'text/plain' })
  add(
    {
      url: ORDERS,
      payload: { csr: text, identifiers: [dns(text)], replaces: text },
      header: { kid: text, nonce: text, url: text },
    },
    {
      status: 201,
      body: order({ certificate: text, error: { type: text, detail: text } }),
      headers: at(`${HOST}/order/1`),
    },
  )
  add(
    { url: `${HOST}/authz`, payload: '' },
    {
      body: authorization({
        challenges: [challenge({ token: text, error: { detail: text }, validationRecord: [{ url: text }] })],
      }),
    },
  )
  add(
    { url: `${HOST}/chall`, payload: text, headers },
    { ...refused, body: { ...refused.body, detail: text, instance: text } },
  )
  for (const type of [
    'application/json',
    'text/xml',
    'application/jose+json',
    'application/x-www-form-urlencoded',
    'application/pem-certificate-chain',
  ])
    add(
      { method: 'POST', url: 'https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset', body: `<${text}`, type },
      { body: text, type },
    )
  add(
    { method: 'POST', url: RECORDS, body: { type: 'TXT', name: text, content: `"${text}` }, type: 'application/json' },
    { body: { success: false, errors: [{ code: 1, message: text }] } },
  )
  return facts
}

describe('a text of nothing but', () => {
  it.each(PIECES.map((piece) => [JSON.stringify(piece), piece] as const))(
    '%s, in every place, is gone through',
    async (_, piece) => {
      const facts = everywhere(startRecording(), piece.repeat(Math.ceil(LENGTH / piece.length)))
      const before = process.cpuUsage()
      await throughAll(facts)
      const { user, system } = process.cpuUsage(before)
      // A second is usual; whatever looks at the rest of the text from each character of it takes a minute.
      expect((user + system) / 1_000_000).toBeLessThan(10)
    },
  )
})
