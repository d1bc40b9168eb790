/** How much longer a real client takes through acmescope than through a tunnel that cannot read, run in turns. */
import { join } from 'node:path'
import { runThrough, runUnrecorded, serve } from '../lab/acmescope.ts'
import { type ClientCommand, certbotCloudflare, certbotStandalone, legoHttp } from '../lab/clients.ts'
import { type Lab, referenceNames, startLab } from '../lab/lab.ts'
import type { Outcome } from '../lab/processes.ts'
import type { Bench } from './bench.ts'
import { median, toMarkdown } from './table.ts'

const repeats = 5

type Make = (lab: Lab) => Promise<ClientCommand>

const clients: readonly Make[] = [
  (lab) => legoHttp(lab, ['www.example.test']),
  (lab) => certbotStandalone(lab, ['www.example.test']),
  (lab) => certbotCloudflare(lab, referenceNames),
]

export const issuance: Bench = {
  name: 'issuance',
  async run() {
    await using lab = await startLab()
    const recorder = await serve(lab, join(lab.folder, 'recordings'))
    try {
      const rows: (readonly string[])[] = []
      for (const make of clients)
        rows.push(await compare(lab, make, async (client) => runThrough(recorder, client).ended))
      const head = ['client', 'tunnel, median ms', 'acmescope, median ms', 'difference ms', 'ratio']
      return `${toMarkdown(head, rows)}\n\n${note}`
    } finally {
      await recorder.process.stop()
    }
  },
}

const note = `${repeats} runs each, in turns, every one with a new account. Pebble without its artificial sleeps; lego waits 5 s between its polls on its own account.`

async function compare(lab: Lab, make: Make, through: (client: ClientCommand) => Promise<Outcome>) {
  const plain: number[] = []
  const recorded: number[] = []
  for (let turn = 0; turn < repeats; turn++) {
    plain.push(timeOf(await runUnrecorded(lab, await make(lab))))
    recorded.push(timeOf(await through(await make(lab))))
  }
  const { name } = await make(lab)
  const [without, with_] = [median(plain), median(recorded)]
  return [name, without.toFixed(0), with_.toFixed(0), (with_ - without).toFixed(0), (with_ / without).toFixed(3)]
}

/** A run without a certificate has no time worth keeping. */
function timeOf({ code, milliseconds, stdout, stderr }: Outcome): number {
  if (code !== 0) throw new Error(`the client ended with ${code}:\n${stdout}${stderr}`)
  return milliseconds
}
