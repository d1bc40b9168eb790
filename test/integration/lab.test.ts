/** The lab against itself, without acmescope: when this fails, the ground gave way and not the product. */
import { Resolver } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runUnrecorded } from '../lab/acmescope.ts'
import { certbotCloudflare } from '../lab/clients/certbot.ts'
import { legoHttp } from '../lab/clients/lego.ts'
import { labToken } from '../lab/cloudflare.ts'
import { type Lab, referenceNames, startLab } from '../lab/lab.ts'
import { skipWithout } from '../lab/peers.ts'

describe.skipIf(skipWithout('pebble', 'lego', 'certbot', 'python3-certbot-dns-cloudflare'))('the lab', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab()
  })
  afterAll(() => lab?.stop())

  test('certbot gets a certificate by dns-01 and leaves no record behind', async () => {
    const outcome = await runUnrecorded(lab, await certbotCloudflare(lab, referenceNames))
    expect(outcome, outcome.stdout + outcome.stderr).toMatchObject({ code: 0 })
    expect(lab.dns.txt('_acme-challenge.nas.example.test')).toEqual([])
  })

  test('lego gets a certificate by http-01', async () => {
    const outcome = await runUnrecorded(lab, await legoHttp(lab, ['www.example.test']))
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 })
  })

  test('a written record is served, whatever its case and length, until it is deleted', async () => {
    const content = 'x'.repeat(300)
    const zone = await zoneId(lab)
    const path = `/zones/${zone}/dns_records`
    const created = await cloudflare(lab, 'POST', path, { type: 'TXT', name: '_a.example.test', content, ttl: 60 })
    expect(created).toMatchObject({ success: true, result: { zone_id: zone, name: '_a.example.test', content } })
    expect(await resolver(lab).resolveTxt('_A.example.test')).toEqual([['x'.repeat(255), 'x'.repeat(45)]])
    await cloudflare(lab, 'DELETE', `${path}/${idOf(created.result)}`)
    await expect(resolver(lab).resolveTxt('_a.example.test')).rejects.toMatchObject({ code: 'ENODATA' })
  })

  test('a record like another is refused as Cloudflare does', async () => {
    const zone = await zoneId(lab)
    const twin = { type: 'TXT', name: 'twin.example.test', content: 'same', ttl: 60 }
    await cloudflare(lab, 'POST', `/zones/${zone}/dns_records`, twin)
    const second = await cloudflare(lab, 'POST', `/zones/${zone}/dns_records`, twin)
    expect(second).toMatchObject({ status: 400, success: false, errors: [{ code: 81058 }] })
  })

  test.for([
    ['an unknown zone is an empty list', 'GET', '/zones?name=nas.example.test', labToken, { status: 200, result: [] }],
    ['a wrong token', 'GET', '/zones', `${labToken.slice(0, -1)}b`, { status: 403, errors: [{ code: 9109 }] }],
    [
      'no token at all in form',
      'GET',
      '/zones',
      'x',
      { status: 400, errors: [{ code: 6003, error_chain: [{ code: 6111 }] }] },
    ],
    [
      'a record that is not there',
      'DELETE',
      '/zones/ZONE/dns_records/0',
      labToken,
      { status: 404, errors: [{ code: 81044 }] },
    ],
    ['a body that is not JSON', 'POST', '/zones/ZONE/dns_records', labToken, { status: 400, success: false }],
    ['a route that is not there', 'GET', '/nothing', labToken, { status: 404, errors: [{ code: 7003 }] }],
  ] as const)('%s', async ([, method, path, token, expected]) => {
    const zone = await zoneId(lab)
    expect(await cloudflare(lab, method, path.replace('ZONE', zone), undefined, token)).toMatchObject(expected)
  })
})

function resolver(lab: Lab): Resolver {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  resolver.setServers([lab.dns.address])
  return resolver
}

/** One request to the stand-in, past every proxy; its JSON with the status beside it. */
function cloudflare(lab: Lab, method: string, path: string, body?: object, token: string = labToken) {
  const host = 'api.cloudflare.com'
  const headers = { host, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const { ca, port } = { ca: readFileSync(lab.root), port: lab.cloudflare.port }
  const options = { host: '127.0.0.1', servername: host, port, ca, method, path: `/client/v4${path}`, headers }
  return new Promise<Answer>((resolve, reject) => {
    const asked = request(options, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString()
      resolve({ status: response.statusCode, ...JSON.parse(text) })
    })
    asked.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

interface Answer {
  readonly status: number | undefined
  readonly result: unknown
}

const idOf = (object: unknown) => String(Object(object).id)

async function zoneId(lab: Lab): Promise<string> {
  const { result } = await cloudflare(lab, 'GET', '/zones?name=example.test')
  return idOf(Array.isArray(result) ? result[0] : undefined)
}
