/** Fields: what an exchange did, where that is written, and what came of it. */
import { PHASES, type Problem } from '../../acme/model.ts'
import { connectionWords } from '../../connection-words.ts'
import { SEVERITIES } from '../../finding.ts'
import type { Reference } from '../../reference.ts'
import { idOf, isStep, type Known, type Subject } from '../query.ts'
import { type Chapter, choiceRow, measureRow, present, textRow } from './row.ts'

const findingsOf = (subject: Subject, { findings }: Known) => findings.get(idOf(subject)) ?? []

const problemWords = (problem: Problem): readonly string[] =>
  present(problem.type, problem.title, problem.detail, problem.identifier?.value)

const findingWords = (subject: Subject, known: Known) =>
  findingsOf(subject, known).flatMap(({ id, title }) => [id, title])

const failureWords = (
  failure: { readonly stage: string; readonly code: string; readonly message: string } | undefined,
) => (failure ? [failure.stage, failure.code, failure.message] : [])

/** References are the same objects in every step that has them. */
const named = new WeakMap<Reference, readonly string[]>()

/** All that a place in a document goes by; a page of its own goes by its title. */
function namesOf(reference: Reference): readonly string[] {
  const { document, section, title } = reference
  const names = named.get(reference) ?? [
    document,
    ...(section === '' ? [title] : [`${document} §${section}`, `${document} ${section}`]),
    ...(document === 'RFC 8555' ? [section] : []),
  ]
  named.set(reference, names)
  return names
}

export const course: Chapter = {
  title: 'What was done, and what came of it',
  rows: [
    textRow({
      name: 'op',
      aliases: ['operation'],
      meaning: 'What the exchange did, whole; op:dns is all that was asked of a DNS provider.',
      example: 'op:newOrder',
      match: 'below',
      ofStep: ({ operation }) => [operation, ...(operation.startsWith('dns.') ? [operation.slice('dns.'.length)] : [])],
    }),
    choiceRow({
      name: 'phase',
      meaning: 'Part of the course it belongs to.',
      example: 'phase:validation',
      choices: PHASES.map((phase) => ({
        value: phase,
        meaning: '',
        holds: (subject) => isStep(subject) && subject.phase === phase,
      })),
    }),
    textRow({
      name: 'summary',
      meaning: 'The line that says in words what happened.',
      example: 'summary:"asks for"',
      isOffered: false,
      ofStep: ({ summary }) => [summary],
      ofConnection: (connection) => [connectionWords(connection)],
    }),
    textRow({
      name: 'section',
      aliases: ['rfc'],
      meaning: 'Section where that is written, with all below it: of RFC 8555 by its number alone.',
      example: 'section:7.4',
      match: 'below',
      ofStep: ({ references }) => references.flatMap(namesOf),
    }),
    measureRow({
      name: 'status',
      aliases: ['code'],
      meaning: 'HTTP status: one, a hundred (4xx) or a bound.',
      example: 'status:>=400',
      kind: 'status',
      ofStep: ({ status }) => status,
    }),
    textRow({
      name: 'state',
      meaning: 'Status of the ACME object in the answer, whole.',
      example: 'state:pending',
      match: 'whole',
      ofStep: ({ objectStatus }) => present(objectStatus),
    }),
    textRow({
      name: 'type',
      meaning: 'Type of the problem the CA told, whole.',
      example: 'type:badNonce',
      match: 'whole',
      ofStep: ({ problem }) =>
        problem ? [problem, ...problem.subproblems].flatMap(({ acmeType, type }) => present(acmeType ?? type)) : [],
    }),
    textRow({
      name: 'problem',
      meaning: 'Type, title and words of the problem the CA told, and of those within it.',
      example: 'problem:CAA',
      isOffered: false,
      ofStep: ({ problem }) => (problem ? [problem, ...problem.subproblems].flatMap(problemWords) : []),
    }),
    textRow({
      name: 'failure',
      meaning: 'Transport trouble: its stage, code and words.',
      example: 'failure:ECONNREFUSED',
      isOffered: false,
      ofStep: ({ decoded }) => failureWords(decoded.head.failure),
      ofConnection: ({ failure }) => failureWords(failure),
    }),
    textRow({
      name: 'finding',
      meaning: 'Id and title of the findings that speak of it.',
      example: 'finding:nonce.reused',
      from: 'findings',
      ofStep: findingWords,
      ofConnection: findingWords,
    }),
    choiceRow({
      name: 'severity',
      meaning: 'A finding of that severity speaks of it.',
      example: 'severity:error',
      from: 'findings',
      choices: SEVERITIES.map((severity) => ({
        value: severity,
        meaning: '',
        holds: (subject, known) => findingsOf(subject, known).some((finding) => finding.severity === severity),
      })),
    }),
    textRow({
      name: 'note',
      meaning: 'Words of the notes people wrote on it.',
      example: 'note:"ask the hoster"',
      from: 'notes',
      isOffered: false,
      ofStep: ({ exchange }, { notes }) => notes.get(exchange) ?? [],
      ofConnection: ({ id }, { notes }) => notes.get(id) ?? [],
    }),
  ],
}
