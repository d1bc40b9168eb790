/** The stable JSON of `acmescope show` and `check`, as a script would read it: stated here again on purpose, so a change shows. */
import { z } from 'zod'
import { query } from '../lab/acmescope.ts'

const record = z.object({ name: z.string(), content: z.string(), matches: z.boolean().nullable() })

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
  /** Null until somebody asked for it. */
  status: z.string().nullable(),
  challenge: challenge.nullable(),
})

const history = z.array(z.object({ exchange: z.string(), status: z.string() }))

const jws = z.object({
  alg: z.string().nullable(),
  kid: z.string().nullish(),
  jwk: z.unknown().optional(),
  payload: z.unknown().optional(),
  signature: z.enum(['valid', 'invalid', 'unverifiable']),
})

const common = {
  seq: z.number(),
  time: z.string(),
  from: z.string(),
  to: z.string(),
  operation: z.string(),
  phase: z.string().nullable(),
  summary: z.string(),
  references: z.array(z.object({ document: z.string(), section: z.string(), title: z.string() })),
}

const recorded = z.object({
  ...common,
  inferred: z.literal(false),
  exchange: z.string(),
  method: z.string(),
  url: z.string(),
  status: z.number().nullable(),
  jws: jws.nullable(),
  problem: z.object({ type: z.string() }).nullable(),
})

const inferred = z.object({ ...common, inferred: z.literal(true), exchange: z.null() })

const finding = z.object({
  id: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  fix: z.string(),
  exchanges: z.array(z.string()),
  consequenceOf: z.string().nullable(),
})

const shownSchema = z.object({
  recording: z.object({ id: z.string(), name: z.string(), startedAt: z.string(), exchanges: z.number() }),
  lanes: z.array(z.object({ id: z.string(), role: z.enum(['client', 'ca', 'dns', 'other']), label: z.string() })),
  steps: z.array(z.discriminatedUnion('inferred', [recorded, inferred])),
  flows: z.array(
    z.object({
      order: z.string(),
      client: z.string(),
      names: z.array(z.string()),
      status: z.string(),
      certificate: z.string().nullable(),
      renews: z.object({ order: z.string(), because: z.string() }).nullable(),
      exchanges: z.array(z.string()),
    }),
  ),
  nonces: z.array(z.object({ value: z.string(), outcome: z.string() })),
  accounts: z.array(z.object({ url: z.string(), status: z.string(), contact: z.array(z.string()), history })),
  certificates: z.array(z.object({ url: z.string(), sans: z.array(z.unknown()), chain: z.array(z.unknown()) })),
  orders: z.array(z.object({ url: z.string(), status: z.string(), authorizations: z.array(authorization), history })),
  findings: z.array(finding),
})

export type Shown = z.infer<typeof shownSchema>

/** `show latest --json` of these recordings; throws when the command fails or its answer breaks the contract. */
export async function showLatest(recordings: string): Promise<Shown> {
  const { code, stdout, stderr } = await query(recordings, 'show', 'latest', '--json')
  if (code !== 0) throw new Error(`show ended with ${code}: ${stderr}`)
  return shownSchema.parse(JSON.parse(stdout))
}

export interface Checked {
  readonly code: number | null
  readonly findings: z.infer<typeof finding>[]
}

/** `check latest --json --fail-on warning` of these recordings; throws when its answer breaks the contract. */
export async function checkLatest(recordings: string): Promise<Checked> {
  const { code, stdout } = await query(recordings, 'check', 'latest', '--json', '--fail-on', 'warning')
  const { findings } = z.object({ findings: z.array(finding) }).parse(JSON.parse(stdout))
  return { code, findings }
}

export type RecordedStep = z.infer<typeof recorded>

/** What was sent and answered, without what is only inferred. */
export const recordedSteps = ({ steps }: Shown): readonly RecordedStep[] =>
  steps.filter((step): step is RecordedStep => !step.inferred)

/** The operations that were recorded, in order, a run of the same one counted once: how often a client polls is its own business. */
export function operationsOf(shown: Shown): readonly string[] {
  const operations = recordedSteps(shown).map((each) => each.operation)
  return operations.filter((operation, index) => operation !== operations[index - 1])
}

/** What a step of this operation cites, as in `RFC 8555 §7.4`; -1 is the last of them. */
export function citedBy(shown: Shown, operation: string, index = 0): readonly string[] {
  const step = recordedSteps(shown)
    .filter((each) => each.operation === operation)
    .at(index)
  return (step?.references ?? []).map(({ document, section }) => `${document} §${section}`)
}

/** Every TXT record that was written for a challenge, in all orders. */
export const recordsOf = (shown: Shown) =>
  shown.orders.flatMap((order) => order.authorizations).flatMap(({ challenge: answered }) => answered?.records ?? [])

/** The errors that follow from no other: what a person has to mend. */
export const causesOf = ({ findings }: Shown): readonly string[] =>
  findings.filter(({ severity, consequenceOf }) => severity === 'error' && consequenceOf === null).map(({ id }) => id)

const observation = z.object({
  kind: z.literal('observation'),
  subject: z.enum(['dns', 'validation']),
  client: z.object({ address: z.string().nullable() }),
  detail: z.record(z.string(), z.unknown()),
})
const exported = z.object({ log: z.object({ _acmescope: z.object({ facts: z.array(z.unknown()) }) }) })

/** What acmescope saw itself, beside the proxied path, in the order of the newest of these recordings. */
export async function observationsIn(recordings: string): Promise<readonly z.infer<typeof observation>[]> {
  const { stdout } = await query(recordings, 'export', 'latest', '--format', 'har', '--raw')
  const { facts } = exported.parse(JSON.parse(stdout)).log._acmescope
  return facts.flatMap((fact) => observation.safeParse(fact).data ?? [])
}
