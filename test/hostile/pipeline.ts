/** Everything that is done with a recording, in one line, with what each stage took. */
import { findingLines } from '../../proxy/cli/finding-lines.ts'
import { orderLines, stepLines } from '../../proxy/cli/table.ts'
import { analyse, startAnalysis } from '../../shared/acme/analyse.ts'
import { readRenewalInfo } from '../../shared/acme/ari.ts'
import { check } from '../../shared/acme/checks/index.ts'
import { nameRows } from '../../shared/acme/compare-names.ts'
import { answersOf } from '../../shared/acme/course/answers.ts'
import { compareAnswers } from '../../shared/acme/course/compared.ts'
import { courseOf } from '../../shared/acme/course/course.ts'
import { keysAbove, treeRows } from '../../shared/acme/course/tree.ts'
import { coverageOf } from '../../shared/acme/coverage/coverage.ts'
import { decodeAll } from '../../shared/acme/decode.ts'
import { explainAnswer, explainPayload } from '../../shared/acme/explain/explain.ts'
import { toFlow } from '../../shared/acme/flow/flow.ts'
import { onlyFlow, toFlows } from '../../shared/acme/flow/flows.ts'
import type { Analysis, Decoded } from '../../shared/acme/model.ts'
import { toShowJson } from '../../shared/acme/show.ts'
import { verdictOf } from '../../shared/acme/verdict/verdict.ts'
import type { Fact } from '../../shared/exchange.ts'
import type { Finding } from '../../shared/finding.ts'
import { readHar } from '../../shared/har/read.ts'
import { toHar } from '../../shared/har/write.ts'
import { redactFacts } from '../../shared/redact/redact.ts'
import { toBugReport } from '../../shared/report/bug-report.ts'
import { toJunit } from '../../shared/report/junit.ts'
import { toSarif } from '../../shared/report/sarif.ts'
import { readDetails } from '../../shared/x509/details.ts'
import { toText } from '../../shared/x509/to-text.ts'

const NAME = 'hostile'
const STARTED = '2026-01-02T00:00:00.000Z'
const RECORDING = { id: NAME, name: NAME, startedAt: STARTED, source: 'import', toolVersion: '0' } as const

export interface Outcome {
  readonly decoded: readonly Decoded[]
  readonly analysis: Analysis
  readonly findings: readonly Finding[]
  readonly har: string
  readonly show: string
  readonly sarif: string
  readonly junit: string
  /** Markdown. */
  readonly bugReport: string
  /** Of the command line. */
  readonly lines: readonly string[]
}

/** Calls a stage; a benchmark takes the time of each. */
export type Stage = <T>(name: string, work: () => T) => T
const plainly: Stage = (_, work) => work()

/** From facts to all that is made of them. Throws when any of it does. */
export async function throughAll(facts: readonly Fact[], stage: Stage = plainly): Promise<Outcome> {
  const har = stage('write', () => JSON.stringify(toHar(RECORDING, facts, { redact: 'none', toolVersion: '0' })))
  stage('redact', () => redactFacts(facts, 'secrets'))
  const read = stage('read', () => readHar(har))
  const decoded = await stage('decode', () => decodeAll(read.facts))
  stage('clone', () => structuredClone(decoded))
  const analysis = stage('fold', () => analyse(startAnalysis(), decoded))
  stage('fold one by one', () => decoded.reduce((known, one) => analyse(known, [one]), startAnalysis()))
  const findings = stage('check', () => check(analysis))
  stage('draw', () => drawAll(analysis))
  stage('explain', () => explainAll(analysis))
  stage('follow', () => followObjects(analysis))
  stage('cover', () => coverageOf(analysis))
  const recording = { ...RECORDING, exchanges: read.exchanges.length }
  const show = stage('show', () => JSON.stringify(toShowJson(recording, analysis, findings)))
  const checked = { name: NAME, startedAt: STARTED, analysis, findings }
  const sarif = stage('SARIF', () => toSarif(checked, { toolVersion: '0.0.0', uri: 'hostile.har' }))
  const junit = stage('JUnit', () => toJunit(checked, 'warning'))
  const verdict = stage('verdict', () => verdictOf(analysis, findings, true))
  const used = { toolVersion: '0.0.0', recordedWith: '', startedAt: STARTED }
  const bugReport = stage('bug report', () => toBugReport({ analysis, findings, about: null, verdict, ...used }))
  const lines = stage('lines', () => [
    ...orderLines(analysis, process.stdout),
    ...stepLines(analysis, process.stdout),
    ...findingLines(checked, { width: 80, isColoured: false }),
  ])
  return { decoded, analysis, findings, har, show, sarif, junit, bugReport, lines }
}

function drawAll(analysis: Analysis): void {
  toFlow(analysis, { open: new Set() })
  const flows = toFlows(analysis)
  for (const flow of [...flows.slice(0, 2), ...flows.slice(-1)]) toFlow(onlyFlow(analysis, flow), { open: new Set() })
}

/** The list of objects, and of each kind the page of the first and of the last. */
function followObjects(analysis: Analysis): void {
  treeRows(analysis, { isOpen: () => true, filter: '' })
  treeRows(analysis, { isOpen: () => true, filter: 'dns-01 valid' })
  const { directories, accounts, orders, authorizations, challenges, certificates } = analysis
  for (const objects of [directories, accounts, orders, authorizations, challenges, certificates]) {
    const urls = [...objects.keys()]
    for (const url of new Set([...urls.slice(0, 1), ...urls.slice(-1)])) followObject(analysis, url)
  }
}

function followObject(analysis: Analysis, url: string): void {
  keysAbove(analysis, url)
  const kind = courseOf(analysis, url)?.found.kind
  const answers = answersOf(analysis, url)
  const [first, last] = [answers[0], answers.at(-1)]
  if (first && last && kind && kind !== 'certificate') compareAnswers(kind, first.wire, last.wire)
}

function explainAll({ steps, challenges, orders }: Analysis): void {
  for (const { operation, challenge, decoded } of steps) {
    explainAnswer(operation, decoded)
    const type = challenges.get(challenge ?? '')?.type ?? null
    if (decoded.jws) explainPayload(operation, decoded.jws, type)
    readRenewalInfo(decoded)
    const chain = decoded.response.kind === 'certificates' ? decoded.response.chain : []
    const csr = decoded.csr && !('error' in decoded.csr) ? [decoded.csr] : []
    for (const one of [...chain, ...csr]) {
      toText(one)
      readDetails(one)
    }
  }
  for (const { identifiers, csr } of orders.values())
    nameRows(
      identifiers.map(({ value }) => value),
      csr?.names ?? null,
      null,
    )
}
