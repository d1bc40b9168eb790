/** What the CA itself says is wrong (RFC 8555 §6.7), where no other check speaks of it. */
import type { Finding } from '../../finding.ts'
import type { Challenge, Problem, Step } from '../model.ts'
import { problemRow, reference } from '../registry.ts'
import { payloadObject } from '../traits.ts'
import { isAboutCsr } from './csr.ts'
import { isExplainedByDns } from './dns.ts'
import type { Evidence } from './evidence.ts'

export function checkProblems({ analysis }: Evidence): readonly Finding[] {
  const refused = analysis.steps.filter(
    (step) => step.problem !== null && !isExpected(step) && !isAboutCsr(step, analysis.orders.get(step.order ?? '')),
  )
  const failed = [...analysis.challenges.values()].filter(
    (one) => one.error !== null && !isExplainedByDns(analysis, one),
  )
  return [...refused.flatMap(ofStep), ...failed.flatMap(ofChallenge)]
}

/** badNonce has a check of its own; looking for an account that is not there is how some clients begin. */
const isExpected = ({ problem, decoded }: Step): boolean =>
  problem?.acmeType === 'badNonce' ||
  (problem?.acmeType === 'accountDoesNotExist' && payloadObject(decoded)?.onlyReturnExisting === true)

const ofStep = (step: Step): readonly Finding[] =>
  step.problem ? [finding(step.problem, [step.exchange], step.url, `Step ${step.sequence} (${step.operation})`)] : []

function ofChallenge({ error, history, url, type }: Challenge): readonly Finding[] {
  const shown = history
    .filter(({ status }) => status === 'invalid')
    .slice(0, 1)
    .map(({ exchange }) => exchange)
  return error ? [finding(error, shown, url, `The ${type} validation`)] : []
}

function finding(problem: Problem, exchanges: readonly string[], object: string, what: string): Finding {
  const row = problemRow(problem.acmeType)
  return {
    id: 'problem.other',
    severity: 'error',
    title: `${what} failed: ${problem.acmeType ?? problem.title ?? problem.type}`,
    explanation: [problem.detail, row?.meaning].filter(Boolean).join(' — ') || 'The CA gave no detail.',
    fix: "Act on the CA's own words above; its documentation lists what it accepts.",
    reference: reference(row?.cite ?? 'RFC 8555 §6.7'),
    exchanges,
    object,
    consequenceOf: null,
  }
}
