/** The checks, in one list: a new one is a file and a line here. */
import type { Check, Finding } from '../../finding.ts'
import { SEVERITIES } from '../../finding.ts'
import type { Analysis } from '../model.ts'
import { checkAccountKept } from './account-kept.ts'
import { checkBinding } from './accounts.ts'
import { checkCertificates } from './certificates.ts'
import { checkClientConnections } from './client-connections.ts'
import { relate } from './consequences.ts'
import { checkCsrs } from './csr.ts'
import { checkDirectory } from './directory.ts'
import { checkDnsApi } from './dns-api.ts'
import { checkDnsCourse } from './dns-course.ts'
import { gather } from './evidence.ts'
import { checkJws } from './jws.ts'
import { checkNonceRetries } from './nonce-retries.ts'
import { checkNonces } from './nonces.ts'
import { checkOrders } from './orders.ts'
import { checkPolling } from './polling.ts'
import { judgeComplaints, tellTheRest } from './problems.ts'
import { checkRecording } from './recording.ts'
import { checkRequests } from './requests.ts'
import { checkSignatures } from './signatures.ts'
import { checkStates } from './states.ts'
import { toldOnce } from './told-once.ts'
import { checkTransport } from './transport.ts'

const checks: readonly Check[] = [
  checkClientConnections,
  checkTransport,
  checkSignatures,
  checkJws,
  checkDirectory,
  checkRequests,
  checkNonces,
  checkNonceRetries,
  checkPolling,
  checkStates,
  checkOrders,
  checkCsrs,
  checkCertificates,
  checkBinding,
  checkAccountKept,
  checkDnsApi,
  checkDnsCourse,
  checkRecording,
]

/**
 * Judges an analysis. Causes come before their consequences, the worse before the milder, the earlier before the later.
 * @param isOver nothing more will come: only then is what is missing missing
 */
export function check(analysis: Analysis, isOver = true): readonly Finding[] {
  const checking = checkInTurns(analysis, isOver)
  for (;;) {
    const { done, value } = checking.next()
    if (done) return value
  }
}

/** The same, for who has other things to do in between: each turn takes a part of the time. */
export function* checkInTurns(analysis: Analysis, isOver: boolean): Generator<undefined, readonly Finding[]> {
  const evidence = gather(analysis, isOver)
  const { findings, open } = judgeComplaints(evidence)
  const found: (readonly Finding[])[] = []
  for (const one of checks) {
    yield
    found.push(one(evidence))
  }
  yield
  const told = [...toldOnce(found.flat(), evidence), ...findings]
  const all = relate([...told, ...tellTheRest(evidence, open, told)], evidence)
  const sequenceOf = (id: string): number => (evidence.stepOf(id) ?? evidence.connectionOf(id))?.sequence ?? 0
  const rank = ({ consequenceOf, severity, exchanges }: Finding): readonly number[] => [
    consequenceOf === null ? 0 : 1,
    SEVERITIES.indexOf(severity),
    sequenceOf(exchanges[0] ?? ''),
  ]
  return all.toSorted((a, b) => compare(rank(a), rank(b)))
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
