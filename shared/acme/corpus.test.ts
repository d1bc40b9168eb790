// The analysis held against recordings of real clients, and against those recordings damaged in every way we can think of.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Body, Exchange, Fact } from '../exchange.ts'
import { readHar } from '../har/read.ts'
import { analyse, startAnalysis } from './analyse.ts'
import { check } from './checks/index.ts'
import { decode, decodeAll, learnKeys, noKeys } from './decode.ts'
import { toFlow } from './flow/flow.ts'
import { infer } from './flow/infer.ts'
import type { Analysis } from './model.ts'
import { toShowJson } from './show.ts'

const CORPUS = new URL('../../test/corpus/', import.meta.url)
const EXAMPLES = new URL('../../recordings/examples/', import.meta.url)

const readAll = (file: URL): readonly Fact[] => readHar(readFileSync(file, 'utf8')).facts
const read = (file: URL): readonly Exchange[] =>
  readAll(file).flatMap((fact) => (fact.kind === 'exchange' ? [fact] : []))
const analysisOf = async (facts: readonly Fact[]) => analyse(startAnalysis(), await decodeAll(facts))
const corpus = (name: string) => analysisOf(readAll(new URL(`${name}.har`, CORPUS)))

const verdicts = ({ steps }: Analysis) => [
  ...new Set(steps.flatMap((step) => step.decoded.jws?.signature.status ?? [])),
]
const statuses = ({ orders }: Analysis) => [...orders.values()].map((order) => order.status)
const findings = (analysis: Analysis) => check(analysis).map(({ severity, id }) => `${severity} ${id}`)

const WORKED = [
  'lego-dns3',
  'certbot-dns3',
  'acmesh-dns',
  'lego-nonce',
  'lego-eab',
  'lego-revoke',
  'caddy-alpn',
  'acmetool-http',
  'apache-http',
  'uacme-ip',
  'uacme-again',
  'certbot-revoke-key',
  'certbot-watched',
  'lego-alpn-seen',
  'lego-http-seen',
]

describe('a run that worked', () => {
  it.each(WORKED)(
    '%s: every signature valid, every order valid, every step known, nothing to complain of',
    async (name) => {
      const analysis = await corpus(name)
      expect(verdicts(analysis)).toEqual(['valid'])
      expect(new Set(statuses(analysis))).toEqual(new Set(['valid']))
      expect(analysis.steps.filter(({ operation }) => operation === 'other')).toEqual([])
      expect(analysis.steps.every(({ phase, references }) => phase !== null && references.length > 0)).toBe(true)
      expect(findings(analysis).filter((finding) => !finding.startsWith('info'))).toEqual([])
    },
  )

  it.each(WORKED)('%s: every CSR is signed by its own key, every chain holds', async (name) => {
    const { steps, certificates } = await corpus(name)
    const csrs = steps.flatMap(({ decoded: { csr } }) => csr ?? [])
    expect(csrs.map((csr) => ('error' in csr ? csr.error : csr.signature.status))).toEqual(csrs.map(() => 'valid'))
    expect(csrs.length).toBeGreaterThan(0)
    for (const { chain } of certificates.values())
      expect(chain.map(({ signedByNext }) => signedByNext?.status)).toEqual(['valid', undefined])
    const shown = toShowJson({ id: name, name, startedAt: '', exchanges: 0 }, await corpus(name), []).certificates
    expect(shown).toMatchObject(shown.map(() => ({ scts: [], chain: [{ signature: 'valid' }] })))
  })

  it.each(['lego-dns3', 'certbot-dns3', 'acmesh-dns'])('%s: every TXT value is the expected one', async (name) => {
    const { orders } = toShowJson({ id: name, name, startedAt: '', exchanges: 0 }, await corpus(name), [])
    for (const { challenge } of orders.flatMap((order) => order.authorizations)) {
      expect(challenge?.type).toBe('dns-01')
      expect(challenge?.records).toEqual([{ name: expect.any(String), content: challenge?.expectedTxt, matches: true }])
    }
  })

  it('certbot-dns3: the flow from directory to certificate, in phases', async () => {
    const { rows, lanes } = toFlow(await corpus('certbot-dns3'), { open: new Set() })
    expect(lanes.map(({ role }) => role)).toEqual(['client', 'ca', 'dns'])
    expect(rows.flatMap((row) => (row.kind === 'phase' ? row.phase : []))).toEqual([
      'directory',
      'account',
      'order',
      'authorization',
      'provisioning',
      'validation',
      'cleanup',
      'finalization',
      'certificate',
    ])
  })

  it('lego-nonce: a rejected nonce belongs to the exchange that spent it', async () => {
    const { nonces, steps } = await corpus('lego-nonce')
    const rejected = [...nonces.values()].filter(({ outcome }) => outcome === 'rejected')
    expect(rejected).toHaveLength(steps.filter(({ problem }) => problem?.acmeType === 'badNonce').length)
    expect(rejected.every(({ usedBy, issuedBy }) => usedBy.length === 1 && issuedBy !== null)).toBe(true)
  })

  it('uacme-account: a key change is verified under both keys, and the next signature under the new one', async () => {
    const analysis = await corpus('uacme-account')
    const { steps } = analysis
    const change = steps.find(({ operation }) => operation === 'keyChange')
    expect(change?.decoded.jws?.inner).toMatchObject({ purpose: 'keyChange', jws: { signature: { status: 'valid' } } })
    const shown = toShowJson({ id: '', name: '', startedAt: '', exchanges: 0 }, analysis, []).steps
    expect(shown.find(({ operation }) => operation === 'keyChange')?.jws).toMatchObject({
      signature: 'valid',
      inner: { purpose: 'keyChange', alg: 'RS256', signature: 'valid' },
    })
    expect(new Set(steps.flatMap(({ decoded }) => decoded.jws?.signature.status ?? []))).toEqual(new Set(['valid']))
  })
})

describe('a run that failed', () => {
  it.each([
    ['lego-wrongtxt', 'error dns.not-propagated'],
    ['certbot-nxtxt', 'error dns.not-propagated'],
    ['lego-badtoken', 'error dns-api.unauthorized'],
    ['certbot-dup', 'error dns-api.record-exists'],
    ['certbot-eab-missing', 'error account.eab-required'],
    ['uacme-account', 'error account.unknown'],
    ['raw-bad-jws', 'error jws.signature-invalid'],
    ['lego-servfail', 'error dns.server-trouble'],
    ['lego-gave-up', 'error dns.gave-up-waiting'],
    ['lego-nothing-written', 'error dns.txt-never-written'],
    ['lego-wrong-zone', 'error dns.wrong-zone'],
    ['uacme-404', 'error validation.wrong-content'],
    ['uacme-unreachable', 'error validation.unreachable'],
    ['certbot-eab-wrong-key', 'error account.eab-rejected'],
    ['acme-tiny-one-key', 'error order.csr-rejected'],
    ['lego-blocked', 'error order.identifier-rejected'],
    ['certbot-no-zone', 'error dns-api.zone-not-found'],
    ['certbot-malformed-token', 'error dns-api.credential-malformed'],
    ['uacme-revoke-stranger', 'error revocation.refused'],
    ['certbot-nonce-always', 'error nonce.rejected-repeatedly'],
    ['uacme-mended', 'info validation.wrong-content'],
    ['acme-tiny-wildcard', 'warning order.never-finished'],
  ])('%s: %s comes first', async (name, first) => {
    expect(findings(await corpus(name))[0]).toBe(first)
  })
})

describe('the reference scenario', () => {
  it('has three lanes and 35 steps, each with operation, phase and section', async () => {
    const analysis = await analysisOf(read(new URL('traefik-letsencrypt-cloudflare.har', EXAMPLES)))
    expect(analysis.lanes.map(({ label }) => label)).toEqual([
      'Traefik 2.11.0',
      "Let's Encrypt (staging)",
      'Cloudflare',
    ])
    expect(
      analysis.steps.map(({ operation, phase, references }) => `${phase} ${operation} §${references[0]?.section}`),
    ).toMatchInlineSnapshot(`
      [
        "directory directory §7.1.1",
        "directory newNonce §7.2",
        "account newAccount §7.3",
        "order newOrder §7.4",
        "authorization authorization §7.5",
        "authorization newNonce §7.2",
        "authorization newNonce §7.2",
        "authorization authorization §7.5",
        "authorization authorization §7.5",
        "provisioning dns.findZone §8.4",
        "provisioning dns.createRecord §8.4",
        "provisioning dns.createRecord §8.4",
        "provisioning dns.createRecord §8.4",
        "validation challenge §7.5.1",
        "validation authorization §7.5",
        "validation authorization §7.5",
        "validation authorization §7.5",
        "validation authorization §7.5",
        "validation challenge §7.5.1",
        "validation authorization §7.5",
        "validation authorization §7.5",
        "validation authorization §7.5",
        "validation challenge §7.5.1",
        "validation authorization §7.5",
        "validation authorization §7.5",
        "validation authorization §7.5",
        "validation authorization §7.5",
        "cleanup dns.deleteRecord §8.4",
        "cleanup dns.deleteRecord §8.4",
        "cleanup dns.deleteRecord §8.4",
        "finalization finalize §7.4",
        "finalization order §7.1.3",
        "finalization order §7.1.3",
        "certificate certificate §7.4.2",
        "certificate certificate §7.4.2",
      ]
    `)
    expect(statuses(analysis)).toEqual(['valid'])
    expect(findings(analysis)).toEqual(['info recording.cut-values', 'info poll.ignores-retry-after'])
  })

  it('folds the polls of each authorization and of the order', async () => {
    const analysis = await analysisOf(read(new URL('traefik-letsencrypt-cloudflare.har', EXAMPLES)))
    const polls = toFlow(analysis, { open: new Set() }).rows.filter((row) => row.kind === 'poll')
    expect(
      polls.map(({ steps, fromStatus, toStatus, durationMs }) => [steps.length, fromStatus, toStatus, durationMs]),
    ).toEqual([
      [4, 'pending', 'valid', 24_000],
      [3, 'pending', 'valid', 12_960],
      [4, 'pending', 'valid', 26_000],
      [2, 'processing', 'valid', 960],
    ])
  })

  it('ties the TXT records as far as the cut values allow: by name, without a verdict', async () => {
    const analysis = await analysisOf(read(new URL('traefik-letsencrypt-cloudflare.har', EXAMPLES)))
    const { orders } = toShowJson({ id: '', name: '', startedAt: '', exchanges: 35 }, analysis, [])
    const tied = orders[0]?.authorizations.map(({ challenge }) =>
      challenge?.records.map(({ content, matches }) => [content, matches]),
    )
    expect(tied).toEqual([
      [
        [expect.any(String), null],
        [expect.any(String), null],
      ],
      [
        [expect.any(String), null],
        [expect.any(String), null],
      ],
      [['g4K...Prg', null]],
    ])
  })
})

describe('the fold', () => {
  const files = readdirSync(CORPUS)

  it.each(files)(
    '%s: gives the same analysis whole, in pieces, and with every exchange announced first',
    async (file) => {
      const exchanges = read(new URL(file, CORPUS))
      const decoded = await decodeAll(exchanges)
      const whole = analyse(startAnalysis(), decoded)
      const pieces = decoded.reduce((analysis, one) => analyse(analysis, [one]), startAnalysis())
      expect(pieces).toEqual(whole)
      const announced = await decodeAll(
        exchanges.map(({ response: _response, ...rest }) => ({ ...rest, state: 'in progress' as const })),
      )
      const live = decoded.reduce(
        (analysis, one, index) => analyse(analyse(analysis, announced.slice(index, index + 1)), [one]),
        startAnalysis(),
      )
      expect(live).toEqual(whole)
    },
  )

  it('replaces records and does not change them: what a page has drawn stays as it was', async () => {
    const decoded = await decodeAll(read(new URL('lego-dns3.har', CORPUS)))
    const half = analyse(startAnalysis(), decoded.slice(0, 12))
    const [order] = half.orders.values()
    const steps = half.steps.slice()
    const before = structuredClone({ status: order?.status, steps })
    const whole = analyse(half, decoded.slice(12))
    expect({ status: order?.status, steps }).toEqual(before)
    expect(whole).not.toBe(half)
    expect(whole.orders.get(order?.url ?? '')?.status).toBe('valid')
  })

  it('takes an exchange that comes twice once', async () => {
    const decoded = await decodeAll(read(new URL('lego-nonce.har', CORPUS)))
    expect(analyse(startAnalysis(), [...decoded, ...decoded])).toEqual(analyse(startAnalysis(), decoded))
  })
})

describe('hostile traffic', () => {
  const exchanges = ['lego-dns3', 'raw-bad-jws', 'uacme-account'].flatMap((name) =>
    read(new URL(`${name}.har`, CORPUS)),
  )
  const junk = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('', '{}', '[]', 'null', '"', '{"status":{}}', '{"authorizations":[1,{}]}'),
  )

  /** Replaces a piece of a body, so that most of it still looks right. */
  const damage = (body: Body, at: number, piece: string): Body =>
    body.kind === 'text'
      ? { kind: 'text', text: body.text.slice(0, at) + piece + body.text.slice(at + piece.length) }
      : body

  function damaged({ request, response, ...rest }: Exchange, change: (body: Body) => Body, link: string): Exchange {
    const changed = { ...rest, request: { ...request, body: change(request.body) } }
    if (!response) return changed
    const headers = [...response.headers, ['Link', link] as const]
    return { ...changed, response: { ...response, headers, body: change(response.body) } }
  }

  it('never makes us throw', async () => {
    const decoded = await decodeAll(exchanges)
    const keys = decoded.reduce(learnKeys, noKeys)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(exchanges.length - 1),
        fc.nat(2000),
        junk,
        fc.boolean(),
        async (index, at, piece, whole) => {
          const exchange = exchanges[index]
          if (!exchange) return
          const change = (body: Body): Body => (whole ? { kind: 'text', text: piece } : damage(body, at, piece))
          const analysis = analyse(
            startAnalysis(),
            decoded.with(index, await decode(damaged(exchange, change, piece), keys)),
          )
          toFlow(analysis, { open: new Set() })
          toShowJson({ id: '', name: '', startedAt: '', exchanges: 0 }, analysis, check(analysis))
        },
      ),
    )
  })
})

describe('what was seen beside the proxied path', () => {
  const seen = async (name: string) =>
    infer(await corpus(name)).flatMap(({ seen: by, operation, summary }) =>
      by === null ? [] : [`${operation}: ${summary}`],
    )

  it('name servers: each by when it served the record, or that it did not', async () => {
    const name = '_acme-challenge.www.example.test'
    expect(await seen('certbot-watched')).toEqual([
      `dns.propagation: ns1.example.test serves the value of ${name} 0.04 s after it was written`,
      `dns.propagation: ns2.example.test does not serve the value of ${name}: NXDOMAIN, and no other answer came while it was asked`,
    ])
  })

  it('the TLS that came to the challenge port, from each place', async () => {
    const hello = 'validation.tls-alpn-01: 127.0.0.1 connects to www.example.test and offers acme-tls/1'
    expect(await seen('lego-alpn-seen')).toEqual([hello, hello, hello])
    expect(infer(await corpus('lego-alpn-seen')).filter((one) => one.seen === null)).toEqual([])
  })

  it('the requests that came to the challenge port are steps, and nothing of them is inferred', async () => {
    const { steps } = await corpus('lego-http-seen')
    expect(steps.filter(({ operation }) => operation === 'validation.http-01')).toHaveLength(3)
    expect(infer(await corpus('lego-http-seen'))).toEqual([])
  })
})
