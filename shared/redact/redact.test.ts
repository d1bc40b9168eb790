import { describe, expect, it } from 'vitest'
import type { Body, Connection, Exchange, Headers, Observation } from '../exchange.ts'
import { redactFacts } from './redact.ts'

interface Said {
  readonly url?: string
  readonly sent?: Headers
  readonly body?: Body
  readonly headers?: Headers
  readonly answer?: Body
}

let sequence = 0
const exchange = ({ url, sent = [], body, headers = [], answer }: Said): Exchange => ({
  kind: 'exchange',
  id: `r1-${++sequence}`,
  sequence,
  startedAt: '2024-04-15T22:44:23.000Z',
  client: { address: '127.0.0.1', port: 40000 },
  state: 'complete',
  timings: {},
  request: {
    method: 'POST',
    url: url ?? 'https://api.cloudflare.com/client/v4/zones',
    httpVersion: 'HTTP/2',
    headers: sent,
    body: body ?? { kind: 'empty' },
  },
  response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/2', headers, body: answer ?? { kind: 'empty' } },
})

const json = (value: unknown, indent?: number): Body => ({ kind: 'text', text: JSON.stringify(value, null, indent) })
const base64url = (value: unknown) =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const secrets = (...said: readonly Said[]) => {
  const { facts, replaced } = redactFacts(said.map(exchange), 'secrets')
  return { shown: facts as readonly Exchange[], replaced, text: JSON.stringify(facts) }
}
const bodyOf = (message: { readonly body: Body } | undefined) =>
  message?.body.kind === 'text' ? message.body.text : ''

const TOKEN = 'v1.0-e24fd090c02efcfecb4de8f4ff246fd5c75b48946fdf0ce26c59f91d0d90797b'

describe('headers', () => {
  it.each([
    ['Authorization', `Bearer ${TOKEN}`, 'Bearer <bearer_token_1>'],
    ['authorization', `bearer  ${TOKEN}`, 'bearer  <bearer_token_1>'],
    ['Proxy-Authorization', 'Basic YTpi', 'Basic <basic_credentials_1>'],
    ['Authorization', 'sso-key abc:def', 'sso-key <api_key_1>'],
    ['Authorization', 'AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=00', 'AWS4-HMAC-SHA256 <aws_signature_1>'],
    ['Authorization', 'Custom abc', 'Custom <authorization_1>'],
    ['Authorization', 'abc', '<authorization_1>'],
    ['X-Auth-Key', 'c2547eb745079dac9320b638f5e225cf483cc5cfdda41', '<api_key_1>'],
    ['X-Auth-Email', 'me@example.test', '<email_1>'],
    ['X-Api-Key', 'abcdefgh', '<api_key_1>'],
    ['Api-Key', 'abcdefgh', '<api_key_1>'],
    ['X-Auth-Token', 'abcdefgh', '<api_token_1>'],
    ['X-Api-Secret', 'abcdefgh', '<api_secret_1>'],
    ['X-Amz-Security-Token', 'abcdefgh', '<session_token_1>'],
    ['Cookie', 'a=1; b=22=2', 'a=<cookie_1>; b=<cookie_2>'],
    ['Set-Cookie', '__cflb=0abc; path=/; HttpOnly', '__cflb=<cookie_1>; path=/; HttpOnly'],
  ])('%s: %s', (name, value, masked) => {
    expect(secrets({ sent: [[name, value]] }).shown[0]?.request.headers).toEqual([[name, masked]])
  })

  it('of ACME say nothing secret', () => {
    const headers: Headers = [
      ['Replay-Nonce', 'oFvnlFP1wIhRlYS2jTaXbA'],
      ['Location', 'https://ca.test/acct/1'],
      ['Link', '<https://ca.test/dir>;rel="index"'],
    ]
    expect(secrets({ headers }).shown[0]?.response?.headers).toEqual(headers)
  })
})

describe('URLs', () => {
  it.each([
    [
      'https://dns.test/update?domains=x&token=abcdefgh-1&txt=v',
      'https://dns.test/update?domains=x&token=<api_token_1>&txt=v',
    ],
    ['https://dns.test/a?ApiKey=abc%2Bdef#x', 'https://dns.test/a?ApiKey=<api_key_1>#x'],
    ['https://me:pass@dns.test/a', 'https://<url_credentials_1>@dns.test/a'],
    ['https://ca.test/chall/1/abc?x=1', 'https://ca.test/chall/1/abc?x=1'],
    ['not a URL', 'not a URL'],
  ])('%s', (url, masked) => {
    expect(secrets({ url }).shown[0]?.request.url).toBe(masked)
  })

  it('in a problem’s detail are URLs too', () => {
    const detail =
      'Your account is paused. Visit https://sfe.ca.test/sfe/v1/unpause?jwt=eyJhbGciOiJIUzI1NiJ9.e30.x to unpause.'
    const { shown } = secrets({ answer: json({ type: 'urn:ietf:params:acme:error:rateLimited', detail }) })
    expect(JSON.parse(bodyOf(shown[0]?.response)).detail).toBe(
      'Your account is paused. Visit https://sfe.ca.test/sfe/v1/unpause?jwt=<unpause_token_1> to unpause.',
    )
  })
})

describe('bodies', () => {
  it('lose what a rule names, wherever it stands', () => {
    const answer = json({ success: true, eab_kid: 'kid1', eab_hmac_key: 'Zm9vYmFyYmF6' })
    expect(bodyOf(secrets({ answer }).shown[0]?.response)).toBe(
      '{"success":true,"eab_kid":"kid1","eab_hmac_key":"<eab_hmac_key_1>"}',
    )
    const registration = json({ username: 'u1', password: 'p1', fulldomain: 'x.acme-dns.test' })
    expect(bodyOf(secrets({ answer: registration }).shown[0]?.response)).toBe(
      '{"username":"<username_1>","password":"<password_1>","fulldomain":"x.acme-dns.test"}',
    )
  })

  it('keep every other byte, even of broken JSON', () => {
    const text = '{\n  "tags": [ ],\n  "password" :\t"p\\u0031", "n": 1e400,\n}'
    const { shown } = secrets({ answer: { kind: 'text', text } })
    expect(bodyOf(shown[0]?.response)).toBe('{\n  "tags": [ ],\n  "password" :\t"<password_1>", "n": 1e400,\n}')
  })

  it('lose what was cut off in the middle of a secret', () => {
    const { text } = secrets({ answer: { kind: 'text', text: '{"access_token":"ya29.abcdefgh' } })
    expect(text).not.toContain('ya29')
  })

  it('may be forms', () => {
    const body: Body = { kind: 'text', text: 'grant_type=client_credentials&client_secret=s%3Dt&scope=dns' }
    const { shown } = secrets({ sent: [['Content-Type', 'application/x-www-form-urlencoded']], body })
    expect(bodyOf(shown[0]?.request)).toBe('grant_type=client_credentials&client_secret=<api_secret_1>&scope=dns')
  })

  it('may be XML', () => {
    const text =
      '<Credentials>\n <AccessKeyId>ASIAEXAMPLE1</AccessKeyId>\n <SecretAccessKey x="1">s/e+c</SecretAccessKey><Expiration>2026</Expiration></Credentials>'
    const said = { url: 'https://sts.amazonaws.com/', answer: { kind: 'text', text } } as const
    const repeated = { url: 'https://x.test/', answer: { kind: 'text', text: '<p>no ASIAEXAMPLE1 here' } } as const
    const { shown } = secrets(said, repeated)
    expect(bodyOf(shown[0]?.response)).toBe(
      '<Credentials>\n <AccessKeyId><access_key_1></AccessKeyId>\n <SecretAccessKey x="1"><api_secret_1></SecretAccessKey><Expiration>2026</Expiration></Credentials>',
    )
    expect(bodyOf(shown[1]?.response)).toBe('<p>no <access_key_1> here')
  })

  it('of broken XML are read in one pass', () => {
    const text = ['<password>'.repeat(20_000), '<'.repeat(20_000), '<a', ' '.repeat(100_000)].join('')
    expect(bodyOf(secrets({ answer: { kind: 'text', text } }).shown[0]?.response)).toBe(text)
  })

  it('of ACME keep tokens, thumbprints and keys', () => {
    const answer = json({
      type: 'dns-01',
      status: 'pending',
      token: 'evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ',
      key: { kty: 'EC', x: 'abcdefgh' },
    })
    expect(bodyOf(secrets({ url: 'https://ca.test/chall/1', answer }).shown[0]?.response)).toBe(
      bodyOf({ body: answer }),
    )
  })
})

describe('a JWS', () => {
  const jws = (payload: unknown, outer: object = {}) => ({
    protected: base64url({ alg: 'ES256', nonce: 'n1', url: 'https://ca.test/new-acct' }),
    payload: base64url(payload),
    signature: 'c2lnbmF0dXJl',
    ...outer,
  })
  const decode = (text: string) => JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')))

  it('is encoded anew around what is masked, and loses its signature', () => {
    const body = json(jws({ contact: ['mailto:me@example.test'], termsOfServiceAgreed: true }), 2)
    const { shown, text } = secrets({
      url: 'https://ca.test/new-acct',
      body,
      answer: json({ contact: ['mailto:me@example.test'] }),
    })
    const sent = JSON.parse(bodyOf(shown[0]?.request))
    expect(decode(sent.payload)).toEqual({ contact: ['mailto:<email_1>'], termsOfServiceAgreed: true })
    expect(decode(sent.protected)).toEqual({ alg: 'ES256', nonce: 'n1', url: 'https://ca.test/new-acct' })
    expect(sent.signature).toBe('<signature_1>')
    expect(text).not.toContain('me@example')
    expect(bodyOf(shown[0]?.response)).toBe('{"contact":["mailto:<email_1>"]}')
  })

  it('without secrets is left byte for byte', () => {
    const body = json(jws({ identifiers: [{ type: 'dns', value: 'a.example.test' }] }), 2)
    expect(bodyOf(secrets({ body }).shown[0]?.request)).toBe(bodyOf({ body }))
  })

  it('inside a JWS is reached, and the outer one changed with it', () => {
    const body = json(jws({ externalAccountBinding: jws({ email: 'me@example.test' }) }))
    const outer = JSON.parse(bodyOf(secrets({ body }).shown[0]?.request))
    const inner = decode(outer.payload).externalAccountBinding
    expect(decode(inner.payload)).toEqual({ email: '<email_1>' })
    expect([outer.signature, inner.signature].every((signature) => /^<signature_\d>$/.test(signature))).toBe(true)
  })
})

describe('one value', () => {
  it('has one name all over the export', () => {
    const { shown, text } = secrets(
      { url: `https://dns.test/log?line=${TOKEN}&x=1`, answer: json({ note: `used ${TOKEN}`, [TOKEN]: [TOKEN] }) },
      {
        sent: [
          ['Authorization', `Bearer ${TOKEN}`],
          ['X-Trace', `id:${TOKEN}`],
        ],
      },
      { sent: [['Authorization', 'Bearer another-token']] },
      { body: json({ protected: base64url({ kid: TOKEN }), payload: '', signature: 'x' }) },
    )
    expect(text).not.toContain(TOKEN)
    expect(shown[0]?.request.url).toBe('https://dns.test/log?line=<bearer_token_1>&x=1')
    expect(JSON.parse(bodyOf(shown[0]?.response))).toEqual({
      note: 'used <bearer_token_1>',
      '<bearer_token_1>': ['<bearer_token_1>'],
    })
    expect(shown[1]?.request.headers).toEqual([
      ['Authorization', 'Bearer <bearer_token_1>'],
      ['X-Trace', 'id:<bearer_token_1>'],
    ])
    expect(shown[2]?.request.headers[0]?.[1]).toBe('Bearer <bearer_token_2>')
    expect(JSON.parse(bodyOf(shown[3]?.request)).protected).toBe(base64url({ kid: '<bearer_token_1>' }))
  })

  it('is found however it is escaped', () => {
    const secret = 'p"w\\é+/= &x1'
    const { text, shown } = secrets({
      url: `https://dns.test/a?line=${encodeURIComponent(secret)}`,
      sent: [['X-Api-Key', secret]],
      answer: { kind: 'text', text: '{"a":"p\\"w\\\\\\u00e9+/= &x1"}' },
    })
    expect(text).not.toContain(encodeURIComponent(secret))
    expect(bodyOf(shown[0]?.response)).toBe('{"a":"<api_key_1>"}')
  })

  it('is found in bytes, which are then left out', () => {
    const answer: Body = { kind: 'base64', base64: btoa(`\xff\x00${TOKEN}\xfe`) }
    const { shown } = secrets({ sent: [['Authorization', `Bearer ${TOKEN}`]], answer })
    expect(shown[0]?.response?.body).toMatchObject({ kind: 'omitted' })
  })

  it('of a name and a password is known by its password as well', () => {
    const { text } = secrets({
      sent: [['Authorization', `Basic ${btoa('user:correct-horse')}`]],
      answer: json({ echo: 'correct-horse' }),
    })
    expect(text).not.toContain('correct-horse')
  })

  it('that is short is masked in its place only', () => {
    const { shown } = secrets({ sent: [['Cookie', 'lang=en']], answer: json({ text: 'enter' }) })
    expect(shown[0]?.request.headers).toEqual([['Cookie', 'lang=<cookie_1>']])
    expect(bodyOf(shown[0]?.response)).toBe('{"text":"enter"}')
  })

  it('that begins like another one is told from it', () => {
    const { shown } = secrets({
      sent: [
        ['X-Api-Key', 'abcdefgh'],
        ['X-Auth-Key', 'abcdefghijkl'],
        ['X', 'abcdefghijkl abcdefgh'],
      ],
    })
    expect(shown[0]?.request.headers[2]?.[1]).toBe('<api_key_2> <api_key_1>')
  })
})

describe('what was masked before', () => {
  it('keeps its name, which nothing else gets', () => {
    const { shown } = secrets(
      { sent: [['Authorization', `Bearer ${TOKEN}`]] },
      { sent: [['Authorization', 'Bearer <bearer_token_1>']], answer: json({ initialIp: '<server_ip>' }) },
    )
    expect(shown.map(({ request }) => request.headers[0]?.[1])).toEqual([
      'Bearer <bearer_token_2>',
      'Bearer <bearer_token_1>',
    ])
    expect(bodyOf(shown[1]?.response)).toBe('{"initialIp":"<server_ip>"}')
  })

  it('does not change when masked again', () => {
    const once = redactFacts(
      [
        exchange({
          sent: [
            ['Authorization', `Bearer ${TOKEN}`],
            ['Cookie', 'a=1'],
          ],
        }),
      ],
      'secrets',
    )
    expect(redactFacts(once.facts, 'secrets')).toEqual({ facts: once.facts, notes: [], replaced: [] })
  })
})

describe('other facts', () => {
  const base = { id: 'r1-9', sequence: 9, startedAt: '2024-04-15T22:44:23.000Z', state: 'complete' } as const

  it('lose the client’s address, unless it is this machine’s', () => {
    const connection: Connection = {
      ...base,
      kind: 'connection',
      client: { address: '198.51.100.7', port: 1 },
      outcome: 'unused',
      host: null,
      port: null,
    }
    const observation = {
      ...base,
      kind: 'observation',
      client: { address: '::1', port: 1 },
      subject: 'validation',
      detail: { from: '198.51.100.7', beside: '198.51.100.70', password: 'x' },
    } as unknown as Observation
    expect(redactFacts([connection, observation], 'secrets').facts).toMatchObject([
      { client: { address: '<client_address_1>' } },
      {
        client: { address: '::1' },
        detail: { from: '<client_address_1>', beside: '198.51.100.70', password: '<password_1>' },
      },
    ])
  })
})

it('says how much was replaced', () => {
  expect(
    secrets({
      sent: [
        ['Authorization', `Bearer ${TOKEN}`],
        ['X', TOKEN],
        ['Cookie', 'a=1; b=2'],
      ],
    }).replaced,
  ).toEqual([
    { label: 'bearer_token', count: 2 },
    { label: 'cookie', count: 2 },
  ])
})

it('changes nothing at level none, nor in the facts it was given', () => {
  const given = [exchange({ sent: [['Authorization', `Bearer ${TOKEN}`]] })]
  const before = structuredClone(given)
  expect(redactFacts(given, 'none')).toEqual({ facts: before, notes: [], replaced: [] })
  redactFacts(given, 'secrets')
  expect(given).toEqual(before)
})

it('takes time in proportion to what there is to read', () => {
  const many = Array.from({ length: 3000 }, (_, index) =>
    exchange({
      headers: [['set-cookie', `__cflb=${'0'.repeat(16)}${index}; path=/`]],
      answer: { kind: 'text', text: `["${'\\"'.repeat(1000)}"]` },
    }),
  )
  const started = performance.now()
  const { replaced } = redactFacts(many, 'secrets')
  expect(replaced).toEqual([{ label: 'cookie', count: 3000 }])
  expect(performance.now() - started).toBeLessThan(10_000)
})

it('masks in notes what is a secret in what they are about, and what stands in their URLs', () => {
  const fact = exchange({ sent: [['Authorization', `Bearer ${TOKEN}`]] })
  const text = `# The token\n\nIt is ${TOKEN}: see <https://dash.example.test/?token=0123456789abcdef>`
  const note = { id: 'n1', exchange: fact.id, text, writtenAt: fact.startedAt }
  const { notes } = redactFacts([fact], 'secrets', [note])
  expect(notes[0]?.text).toMatch(
    /^# The token\n\nIt is <bearer_token_1>: see <https:\/\/dash\.example\.test\/\?token=</,
  )
  expect(notes[0]).toEqual({ ...note, text: expect.not.stringContaining('0123456789abcdef') })
  expect(redactFacts([fact], 'none', [note]).notes).toEqual([note])
})
