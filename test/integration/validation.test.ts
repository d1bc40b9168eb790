/** The half of an issuance that comes to the client: the CA's requests, by way of the forwarders of `--validation`. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certbotStandalone } from '../lab/clients/certbot.ts'
import { legoHttp, legoHttpElsewhere, legoTls } from '../lab/clients/lego.ts'
import type { Lab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'
import { freePorts } from '../lab/ports.ts'
import { startWebServer, type WebServer } from '../lab/web-server.ts'
import { type Recorded, record } from './recorded.ts'
import { observationsIn, recordedSteps } from './shown.ts'

/** Pebble asks so often for each challenge, as if from several places. */
const PERSPECTIVES = 3

const [clientPort = 0] = await freePorts(1)

/** The forwarder stands where Pebble looks, and the client listens elsewhere. */
const withForwarder =
  (way: 'http-01' | 'tls-alpn-01') =>
  (lab: Lab): Lab => {
    const { pebble, acmescopeFlags } = lab
    const port = way === 'http-01' ? pebble.httpPort : pebble.tlsPort
    return {
      ...lab,
      pebble: { ...pebble, httpPort: clientPort, tlsPort: clientPort },
      acmescopeFlags: [...acmescopeFlags, '--validation', `${way}=127.0.0.1:${port}:127.0.0.1:${clientPort}`],
    }
  }

const requestsOf = ({ shown }: Recorded) =>
  recordedSteps(shown).filter(({ operation }) => operation === 'validation.http-01')

describe.skipIf(skipWithout('pebble', 'lego', 'certbot'))('http-01, seen from both sides', () => {
  const names = ['www.example.test', 'mail.example.test']
  const runs = record(
    { lego: (lab) => legoHttp(lab, names), certbot: (lab) => certbotStandalone(lab, names) },
    {},
    withForwarder('http-01'),
    1,
  )
  for (const [name, run] of Object.entries(runs)) {
    test(`${name} issues, and every request of the CA is recorded with its answer`, () => {
      expect(run().outcome, run().outcome.stderr).toMatchObject({ code: 0 })
      const requests = requestsOf(run())
      expect(requests.map(({ method, status }) => `${method} ${status}`)).toEqual(
        Array.from({ length: PERSPECTIVES * names.length }, () => 'GET 200'),
      )
      const asked = new Set(requests.map(({ url }) => new URL(url ?? '').hostname))
      expect([...asked].toSorted()).toEqual(names.toSorted())
    })
    test(`${name}: acmescope says where it listens, and what came there`, () => {
      expect(run().outcome.stderr).toMatch(/what comes to 127\.0\.0\.1:\d+ goes on to 127\.0\.0\.1:\d+; http-01/)
      expect(run().outcome.stderr).toMatch(/^6 validations came to 127\.0\.0\.1:\d+ \(http-01\)$/m)
    })
  }
})

describe.skipIf(skipWithout('pebble', 'lego'))('http-01, with nobody at the port', () => {
  const { lego } = record({ lego: (lab) => legoHttpElsewhere(lab, ['www.example.test']) }, {}, withForwarder('http-01'))
  test('the issuance fails, and each request of the CA is recorded with the cause', () => {
    expect(lego().outcome.code).not.toBe(0)
    expect(requestsOf(lego()).map(({ status }) => status)).toEqual(Array(PERSPECTIVES).fill(null))
    expect(lego().outcome.stderr).toContain(`the challenge port 127.0.0.1:${clientPort} could not be reached`)
  })
})

describe.skipIf(skipWithout('pebble', 'lego'))('http-01, with a site at the port that knows no challenges', () => {
  let site: WebServer | undefined
  beforeAll(async () => {
    const webroot = await mkdtemp(join(tmpdir(), 'acmescope-site-'))
    site = await startWebServer({ port: clientPort, webroot, serves: 'page' })
  })
  afterAll(() => site?.stop())
  const { lego } = record({ lego: (lab) => legoHttpElsewhere(lab, ['www.example.test']) }, {}, withForwarder('http-01'))
  test('what the site answered is recorded', () => {
    expect(lego().outcome.code).not.toBe(0)
    expect(requestsOf(lego()).map(({ status }) => status)).toEqual(Array(PERSPECTIVES).fill(200))
  })
})

describe.skipIf(skipWithout('pebble', 'lego'))('tls-alpn-01', () => {
  const { lego } = record({ lego: (lab) => legoTls(lab, ['lego.example.test']) }, {}, withForwarder('tls-alpn-01'))
  test('lego issues, and the hello of every handshake of the CA is recorded', async () => {
    expect(lego().outcome, lego().outcome.stderr).toMatchObject({ code: 0 })
    const seen = (await observationsIn(lego().recordings)).map(({ detail }) => detail)
    expect(seen).toEqual(
      Array.from({ length: PERSPECTIVES }, () => ({
        challenge: 'tls-alpn-01',
        sni: 'lego.example.test',
        alpn: ['acme-tls/1'],
        bytes: { sent: expect.any(Number), received: expect.any(Number) },
      })),
    )
  })
})
