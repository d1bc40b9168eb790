/**
 * How much longer a real client takes through acmescope than through a tunnel that cannot read, run in turns.
 *
 * A client that asks before the CA is done sleeps and asks again, for far longer than what is measured here; and being
 * carried by acmescope delays its question just enough to change who wins. A new order by lego is therefore no measure
 * (5 s or nothing): its row is an order whose authorization is valid already. What is left of that race (an order not
 * yet issued) is known by the number of requests the CA got, and shown.
 */
import { join } from 'node:path'
import { runThrough, runUnrecorded, serve } from '../lab/acmescope.ts'
import { certbotCloudflare, certbotStandalone } from '../lab/clients/certbot.ts'
import type { ClientCommand } from '../lab/clients/client.ts'
import { legoHttp } from '../lab/clients/lego.ts'
import { type Lab, referenceNames, startLab } from '../lab/lab.ts'
import type { Outcome } from '../lab/processes.ts'
import type { Bench } from './bench.ts'
import { median, toMarkdown } from './table.ts'

const repeats = 5
const mostTurns = 12

type NextClient = () => Promise<ClientCommand>

interface Subject {
  readonly name: string
  readonly prepare: (lab: Lab) => Promise<NextClient>
  /** What the CA gets when nothing is asked twice. */
  readonly requests: number
}

const subjects: readonly Subject[] = [
  { name: 'lego, account and authorization there', prepare: legoAgain, requests: 7 },
  { name: 'certbot http-01', prepare: async (lab) => () => certbotStandalone(lab, ['www.example.test']), requests: 10 },
  {
    name: 'certbot dns-01, three names',
    prepare: async (lab) => () => certbotCloudflare(lab, referenceNames),
    requests: 16,
  },
]

/** The same account again and again, after it has had its authorization once. */
async function legoAgain(lab: Lab): Promise<NextClient> {
  const client = await legoHttp(lab, ['www.example.test'])
  const { code, stderr } = await runUnrecorded(lab, client)
  if (code !== 0) throw new Error(`the first order ended with ${code}:\n${stderr}`)
  return async () => client
}

export const issuance: Bench = {
  name: 'issuance',
  async run() {
    await using lab = await startLab({ pebble: { authorizationReuse: 100 } })
    const recorder = await serve(lab, join(lab.folder, 'recordings'))
    try {
      const rows: (readonly string[])[] = []
      for (const subject of subjects) {
        rows.push(await compare(lab, subject, (client) => runThrough(recorder, client).ended))
      }
      return `${toMarkdown(head, rows)}\n\n${note}`
    } finally {
      await recorder.process.stop()
    }
  },
}

const head = [
  'client',
  'tunnel: median ms (range)',
  'acmescope: median ms (range)',
  'difference ms',
  'ratio',
  'counted',
  'set aside',
]

const note = `In turns until ${repeats} of each count (at most ${mostTurns} turns); the last two columns as tunnel/acmescope. Set aside: the client slept between two polls. If these differ much, the row compares different luck. certbot sleeps 1 s before each of its polls, whoever carries it: read its difference, not its ratio.`

/** One way of carrying the client: the times that count, in ms, and how many runs did not. */
interface Arm {
  readonly carry: (client: ClientCommand) => Promise<Outcome>
  readonly times: number[]
  setAside: number
}

async function compare(lab: Lab, subject: Subject, through: Arm['carry']): Promise<readonly string[]> {
  const tunnel: Arm = { carry: (client) => runUnrecorded(lab, client), times: [], setAside: 0 }
  const acmescope: Arm = { carry: through, times: [], setAside: 0 }
  const arms = [tunnel, acmescope]
  const next = await subject.prepare(lab)
  for (let turn = 0; turn < mostTurns && arms.some(({ times }) => times.length < repeats); turn++) {
    for (const arm of arms) await measure(lab, await next(), subject.requests, arm)
  }
  const [without, through_] = [median(tunnel.times), median(acmescope.times)]
  return [
    subject.name,
    spread(tunnel),
    spread(acmescope),
    (through_ - without).toFixed(0),
    (through_ / without).toFixed(3),
    arms.map(({ times }) => times.length).join('/'),
    arms.map(({ setAside }) => setAside).join('/'),
  ]
}

async function measure(lab: Lab, client: ClientCommand, requests: number, arm: Arm): Promise<void> {
  const before = requestsTo(lab)
  const { code, milliseconds, stdout, stderr } = await arm.carry(client)
  if (code !== 0) throw new Error(`the client ended with ${code}:\n${stdout}${stderr}`)
  const sent = requestsTo(lab) - before
  if (sent < requests) throw new Error(`the CA got ${sent} requests where an issuance takes ${requests}`)
  if (sent === requests) arm.times.push(milliseconds)
  else arm.setAside += 1
}

/** Pebble writes one such line for each request. */
const requestsTo = (lab: Lab) => lab.pebble.log().split('-> calling handler()').length - 1

function spread({ times }: Arm): string {
  if (times.length === 0) return 'none counted'
  return `${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)})`
}
