/** Whole runs of everything a client can do, to be damaged. Real keys, real certificates. */
import { readFileSync } from 'node:fs'
import type { Fact } from '../../shared/exchange.ts'
import { readHar } from '../../shared/har/read.ts'
import { runThrough } from '../synthetic/dns-run.ts'
import { RUNS } from '../synthetic/dns-scripts.ts'
import { issued, issuedIn } from '../synthetic/scenarios.ts'
import { problem, startWorld } from '../synthetic/world.ts'

const corpus = (name: string): readonly Fact[] =>
  readHar(readFileSync(new URL(`../corpus/${name}.har`, import.meta.url), 'utf8')).facts

export async function makeWorlds(): Promise<readonly (readonly Fact[])[]> {
  return [await everything(), await failures(), await byOtherWays(), corpus('lego-dns3'), corpus('certbot-account')]
}

/** An account bound, changed and given up; certificates issued, renewed and revoked. */
async function everything(): Promise<readonly Fact[]> {
  const world = await startWorld({ names: ['example.test', '*.example.test'] })
  world.directory()
  world.register({ eab: { kid: 'kid-1', secret: 'secret' } })
  const { order } = await issued({ world, without: ['directory', 'register'] })
  await world.changeKey()
  world.renewalInfo(order)
  const again = world.order({ payload: (usual: object) => ({ ...usual, replaces: 'AAAA.BBBB' }) })
  world.fetchAuthorizations(again)
  world.listOrders([order, again])
  world.revoke(order, { reason: 1, ownKey: true })
  world.updateAccount({ contact: ['mailto:a@example.test'] })
  world.deactivateAccount()
  world.connection()
  world.inbound({ url: 'http://example.test/.well-known/acme-challenge/x', body: 'x.y' })
  world.observe({
    subject: 'dns',
    detail: {
      name: '_acme-challenge.example.test',
      writtenBy: 'x',
      zone: 'example.test',
      server: { name: 'ns.example.test', address: '192.0.2.53' },
      code: 'NOERROR',
      values: ['x'],
      took: 1,
    },
  })
  return world.facts
}

/** Refusals of every kind, one after the other, by two clients. */
async function failures(): Promise<readonly Fact[]> {
  const world = await startWorld()
  const wrong = problem('unauthorized', 'Incorrect TXT record "wrong" found')
  await issued({ world, bend: { writeTxt: { value: 'wrong' }, answer: { result: wrong } } })
  await issuedIn(world, { client: 'certbot', bend: { finalize: problem('badCSR', 'no') } })
  await issuedIn(world, {
    client: 'caddy',
    challenge: 'http-01',
    bend: { order: problem('rateLimited', 'too many', { subproblems: [{ type: 'x' }] }) },
  })
  world.order({ answer: problem('badNonce', 'no') })
  world.order()
  return world.facts
}

/** The same order over each DNS provider, and by the other challenges. */
async function byOtherWays(): Promise<readonly Fact[]> {
  const runs = await Promise.all(RUNS.map(async ([, run]) => (await runThrough(run)).facts))
  const alpn = (await issued({ challenge: 'tls-alpn-01', names: ['192.0.2.1'] })).facts
  return [...runs, alpn].flat().map((fact, index) => ({ ...fact, id: `way-${index}`, sequence: index + 1 }))
}
