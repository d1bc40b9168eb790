import { describe, expect, test } from 'vitest'
import { analysisOf } from '../../test/synthetic/judge.ts'
import { issued } from '../../test/synthetic/scenarios.ts'
import { startWorld } from '../../test/synthetic/world.ts'
import type { Fact } from '../exchange.ts'
import { check } from './checks/index.ts'
import { firstContact } from './first-contact.ts'
import type { ClientId } from './known/clients.ts'

async function contact(facts: readonly Fact[], expected: ClientId | null = null) {
  const analysis = await analysisOf(facts)
  return firstContact(analysis, check(analysis, false), expected)
}

const unseen = { state: 'unseen', name: '', exchange: null }

test('with nothing there, it is waited for', async () => {
  expect(await contact([])).toMatchObject({
    verdict: 'waiting',
    exchange: null,
    legs: [
      { role: 'ca', ...unseen },
      { role: 'dns', ...unseen },
    ],
  })
})

test('the first request says who came, where to, over what', async () => {
  const world = await startWorld()
  world.directory()
  const [first] = world.facts
  expect(await contact(world.facts)).toMatchObject({
    verdict: 'works',
    title: 'lego 4.20.4 is being recorded',
    detail: expect.stringMatching(/^GET ca\.example\.test.*, at 12:00:00 UTC\.$/),
    exchange: first?.id,
    legs: [
      { role: 'ca', state: 'seen', exchange: first?.id },
      { role: 'dns', ...unseen },
    ],
  })
})

test('both legs of a whole run were seen', async () => {
  const { legs, verdict } = await contact((await issued()).facts)
  expect(verdict).toBe('works')
  expect(legs).toMatchObject([
    { state: 'seen', name: 'ca.example.test' },
    { state: 'seen', name: 'Cloudflare' },
  ])
})

describe('a client that refuses our certificate', () => {
  test('is told how it trusts us: by who it is, else by who it was to be', async () => {
    const world = await startWorld()
    world.connection({ host: 'acme-v02.api.letsencrypt.org' })
    world.connection({ host: 'acme-v02.api.letsencrypt.org' })
    const nobody = await contact(world.facts)
    expect(nobody).toMatchObject({
      verdict: 'refused',
      title: expect.stringContaining('does not trust acmescope’s authority for acme-v02.api.letsencrypt.org'),
      detail: 'It ended the connection when it saw our certificate, 2 times, the last time at 12:00:00 UTC.',
      legs: [{ role: 'ca', state: 'refused', name: "Let's Encrypt" }, { role: 'dns' }],
    })
    expect(nobody.cure).toContain('both of its legs')
    expect((await contact(world.facts, 'certbot')).cure).toMatch(/^certbot: set REQUESTS_CA_BUNDLE/)
  })

  test('on the leg to the API, though the CA was reached', async () => {
    const { world, facts } = await issued({ client: 'lego', until: 'fetchAuthorizations' })
    world.connection({ host: 'api.cloudflare.com' })
    expect(await contact(facts, 'certbot')).toMatchObject({
      verdict: 'refused',
      cure: expect.stringMatching(/^lego: /),
      legs: [{ state: 'seen' }, { state: 'refused', name: 'Cloudflare' }],
    })
  })

  test('for a host that is neither is in nobody’s way', async () => {
    const { world, facts } = await issued({ client: 'lego', until: 'fetchAuthorizations' })
    world.connection({ host: 'telemetry.example' })
    expect((await contact(facts)).verdict).toBe('works')
  })

  test('and trusts it later is being recorded', async () => {
    const world = await startWorld()
    world.connection({ host: 'ca.example.test' })
    expect((await contact(world.facts)).verdict).toBe('refused')
    world.directory()
    expect((await contact(world.facts)).verdict).toBe('works')
  })
})

test.each([
  ['unused', /sent nothing/, /second step/],
  ['not-tls', /no TLS/, /reads HTTP and HTTPS/],
  ['not-http', /no HTTP/, /http:\/\/HOST:PORT/],
  ['passed-through', /went on to .* unread/, /Caddy: /],
  ['tls-failed', /TLS with a client failed/, /Caddy: /],
] as const)('a connection that was %s is something to look at', async (outcome, title, cure) => {
  const world = await startWorld()
  world.connection({ host: 'ca.example.test', outcome })
  expect(await contact(world.facts, 'caddy')).toMatchObject({
    verdict: 'attention',
    title: expect.stringMatching(title),
    cure: expect.stringMatching(cure),
  })
})

test('a client that comes through to a CA we do not reach or trust is told so', async () => {
  const world = await startWorld()
  const code = 'SELF_SIGNED_CERT_IN_CHAIN'
  world.directory({ failure: { stage: 'upstream-tls', code, message: 'self-signed certificate' } })
  expect(await contact(world.facts)).toMatchObject({
    verdict: 'attention',
    title: 'lego 4.20.4 comes through, but acmescope does not trust the certificate of ca.example.test',
    cure: expect.stringContaining('--upstream-ca'),
  })
})

test('one whose TLS is too old is told what to change in the client that was to be set up', async () => {
  const world = await startWorld()
  const failure = { stage: 'client-tls', code: 'protocol-version', message: 'the client offers TLS 1.0 only' } as const
  world.connection({ outcome: 'tls-failed', failure })
  expect(await contact(world.facts, 'acme.sh')).toMatchObject({
    verdict: 'attention',
    detail: expect.stringContaining('TLS 1.0 only'),
    cure: expect.stringMatching(/^acme\.sh: the curl it uses/),
  })
})
