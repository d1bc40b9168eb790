/** Fields: the names and objects an exchange is about. */

import { payloadObject } from '../../acme/fold/traits.ts'
import { jsonObject, listField } from '../../acme/json.ts'
import type { Step } from '../../acme/model.ts'
import { readIdentifier } from '../../acme/problem.ts'
import { type Chapter, present, textRow } from './row.ts'

const identifiersIn = (value: unknown): readonly string[] =>
  listField(value, 'identifiers').flatMap((one) => readIdentifier(one)?.value ?? [])

/** Each name that stands in it, wherever it stands. */
function* namesOf({ identifier, changes, decoded }: Step): Iterable<string> {
  const { csr, response, problem } = decoded
  yield* present(identifier, ...changes.map(({ name }) => name))
  yield* identifiersIn(payloadObject(decoded))
  const answer = jsonObject(response)
  yield* identifiersIn(answer)
  yield* present(readIdentifier(answer?.identifier)?.value, problem?.identifier?.value)
  if (csr && !('error' in csr)) yield* csr.names
  if (response.kind === 'certificates') yield* response.chain[0]?.sans ?? []
}

function txtOf({ changes, dns }: Step): readonly string[] {
  const asked = dns?.asked
  return [
    ...changes.map(({ name, value }) => present(name, value).join(' ')),
    ...(asked ? present([asked.name, ...asked.values].filter(Boolean).join(' ')) : []),
  ]
}

export const objects: Chapter = {
  title: 'What it is about',
  rows: [
    textRow({
      name: 'name',
      aliases: ['identifier', 'domain'],
      meaning: 'Names in it: identifiers, names of records, of the CSR and of the certificate.',
      example: 'name:nas.example.org',
      ofStep: namesOf,
    }),
    textRow({
      name: 'order',
      meaning: 'URL of the order it belongs to.',
      example: 'order:/order/1234',
      ofStep: ({ order }) => present(order),
    }),
    textRow({
      name: 'authz',
      aliases: ['authorization'],
      meaning: 'URL of the authorization it is about.',
      example: 'authz:/authz/1234',
      ofStep: ({ authorization }) => present(authorization),
    }),
    textRow({
      name: 'challenge',
      meaning: 'Type and URL of the challenge it is about.',
      example: 'challenge:dns-01',
      ofStep: ({ challenge }, { analysis }) => present(analysis.challenges.get(challenge ?? '')?.type, challenge),
    }),
    textRow({
      name: 'account',
      meaning: 'URL of the account that asked.',
      example: 'account:/acct/1234',
      ofStep: ({ account }) => present(account),
    }),
    textRow({
      name: 'txt',
      meaning: 'Name and value of a record that was written, taken away or asked for at a DNS provider.',
      example: 'txt:_acme-challenge',
      isOffered: false,
      ofStep: txtOf,
    }),
    textRow({
      name: 'location',
      meaning: 'URL of what the answer says it made.',
      example: 'location:/order/',
      isOffered: false,
      ofStep: ({ decoded }) => present(decoded.location),
    }),
  ],
}
