/** The stable JSON of `acmescope show --json`, as a script would read it: stated here again on purpose, so a change shows. */
import { z } from 'zod'
import { query } from '../lab/acmescope.ts'

const record = z.object({ name: z.string(), content: z.string(), matches: z.boolean() })

const challenge = z.object({
  type: z.string(),
  status: z.string(),
  url: z.string(),
  token: z.string(),
  expectedTxt: z.string().nullable(),
  records: z.array(record),
})

const authorization = z.object({
  url: z.string(),
  identifier: z.unknown(),
  wildcard: z.boolean(),
  status: z.string(),
  challenge: challenge.nullable(),
})

const step = z.object({
  seq: z.number(),
  exchange: z.string().nullable(),
  time: z.string(),
  from: z.string(),
  to: z.string(),
  operation: z.string(),
  phase: z.string(),
  method: z.string().nullable(),
  url: z.string().nullable(),
  status: z.number().nullable(),
  summary: z.string(),
  references: z.array(z.object({ document: z.string(), section: z.string(), title: z.string() })),
  jws: z.object({ alg: z.string().nullable(), signature: z.enum(['valid', 'invalid', 'unverifiable']) }).nullable(),
  inferred: z.boolean(),
})

const shownSchema = z.object({
  recording: z.object({ id: z.string(), name: z.string(), startedAt: z.string(), exchanges: z.number() }),
  lanes: z.array(z.object({ id: z.string(), role: z.enum(['client', 'ca', 'dns', 'other']), label: z.string() })),
  steps: z.array(step),
  nonces: z.array(z.object({ value: z.string(), outcome: z.string() })),
  certificates: z.array(z.object({ sans: z.array(z.unknown()), chain: z.array(z.unknown()) })),
  orders: z.array(z.object({ url: z.string(), status: z.string(), authorizations: z.array(authorization) })),
  findings: z.array(z.object({ id: z.string(), severity: z.enum(['error', 'warning', 'info']) })),
})

export type Shown = z.infer<typeof shownSchema>

/** `show latest --json` of these recordings; throws when the command fails or its answer breaks the contract. */
export async function showLatest(recordings: string): Promise<Shown> {
  const { code, stdout, stderr } = await query(recordings, 'show', 'latest', '--json')
  if (code !== 0) throw new Error(`show ended with ${code}: ${stderr}`)
  return shownSchema.parse(JSON.parse(stdout))
}

/** The operations that were recorded, in order, a run of the same one counted once: how often a client polls is its own business. */
export function operationsOf(shown: Shown): readonly string[] {
  const operations = shown.steps.filter(({ inferred }) => !inferred).map((each) => each.operation)
  return operations.filter((operation, index) => operation !== operations[index - 1])
}

/** Every TXT record that was written for a challenge, in all orders. */
export const recordsOf = (shown: Shown) =>
  shown.orders.flatMap((order) => order.authorizations).flatMap(({ challenge: answered }) => answered?.records ?? [])
