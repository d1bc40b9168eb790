/** The checks, in one list: a new one is a file and a line here. */
import type { Check, Finding } from '../../finding.ts'
import { SEVERITIES } from '../../finding.ts'
import type { Analysis } from '../model.ts'
import { checkCertificates } from './certificates.ts'
import { checkCsrs } from './csr.ts'
import { checkDns } from './dns.ts'
import { gather } from './evidence.ts'
import { checkJws } from './jws.ts'
import { checkNonceRetries } from './nonce-retries.ts'
import { checkNonces } from './nonces.ts'
import { checkOrders } from './orders.ts'
import { checkPolling } from './polling.ts'
import { checkProblems } from './problems.ts'
import { checkRecording } from './recording.ts'
import { checkRequests } from './requests.ts'
import { checkSignatures } from './signatures.ts'
import { checkStates } from './states.ts'
import { checkTransport } from './transport.ts'

const checks: readonly Check[] = [
  checkTransport,
  checkSignatures,
  checkJws,
  checkRequests,
  checkNonces,
  checkNonceRetries,
  checkPolling,
  checkStates,
  checkOrders,
  checkCsrs,
  checkCertificates,
  checkDns,
  checkProblems,
  checkRecording,
]

/**
 * Judges an analysis. Causes come before their consequences, the worse before the milder, the earlier before the later.
 * @param isOver nothing more will come: only then is what is missing missing
 */
export function check(analysis: Analysis, isOver = true): readonly Finding[] {
  const order = new Map(analysis.steps.map((step) => [step.exchange, step.sequence]))
  const rank = (finding: Finding): readonly number[] => [
    finding.consequenceOf === null ? 0 : 1,
    SEVERITIES.indexOf(finding.severity),
    order.get(finding.exchanges[0] ?? '') ?? 0,
  ]
  const evidence = gather(analysis, isOver)
  return checks.flatMap((one) => one(evidence)).toSorted((a, b) => compare(rank(a), rank(b)))
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
