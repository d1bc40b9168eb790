import { expect, test } from 'vitest'
import { FAILURE_STAGES } from './exchange.ts'
import { connectionEnd, connectionStages, failureEnd, stagesOf } from './transport.ts'

test.each([
  ['client-tls', ['failed', 'not reached', 'not reached', 'not reached', 'not reached']],
  ['upstream-connect', ['passed', 'passed', 'failed', 'not reached', 'not reached']],
  ['aborted', ['passed', 'passed', 'passed', 'passed', 'failed']],
] as const)('an exchange that failed at %s', (stage, states) => {
  expect(stagesOf({ failure: { stage, code: '', message: '' } }).map(({ state }) => state)).toEqual(states)
})

test('an exchange that did not fail has no stages to tell of', () => expect(stagesOf({})).toEqual([]))

test.each([
  ['client-refused-certificate', ['passed', 'failed', 'not reached']],
  ['unused', ['passed', 'not reached', 'not reached']],
  ['not-http', ['passed', 'not reached', 'failed']],
  ['passed-through', []],
] as const)('a connection that was %s', (outcome, states) => {
  expect(connectionStages({ outcome }).map(({ state }) => state)).toEqual(states)
})

test('what was agreed on before nothing was asked counts', () => {
  expect(connectionStages({ outcome: 'unused', tls: {} }).map(({ state }) => state)).toEqual([
    'passed',
    'passed',
    'not reached',
  ])
})

test('every end has its words, and what can be mended says how', () => {
  const ends = [...FAILURE_STAGES.map(failureEnd), connectionEnd('not-tls'), connectionEnd('tls-failed')]
  for (const { title, text, fix } of ends) {
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(text).toMatch(/\.$/)
    expect(fix).toMatch(/[.T]$/)
  }
})
