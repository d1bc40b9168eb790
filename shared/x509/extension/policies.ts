/** Extensions about policies (RFC 5280 §4.2.1.4, §4.2.1.5, §4.2.1.11, §4.2.1.14). */

import { context, type Der, elementsIn, expect, onlyElement, sequenceIn, TAG } from '../der.ts'
import { POLICIES } from '../names.ts'
import { longName } from '../objects.ts'
import { printable, readText, showInteger } from '../values.ts'
import { type ExtensionEntry, integer, oidOf } from './row.ts'

export const POLICY_EXTENSIONS: readonly ExtensionEntry[] = [
  ['2.5.29.32', { name: 'certificatePolicies', words: policyWords, lines: policyLines }],
  ['2.5.29.33', { name: 'policyMappings', lines: mappingLines }],
  ['2.5.29.36', { name: 'policyConstraints', lines: policyConstraintLines }],
  ['2.5.29.54', { name: 'inhibitAnyPolicy', lines: (value) => [showInteger(integer(onlyElement(value)))] }],
]

interface Policy {
  readonly oid: string
  readonly qualifiers: readonly Der[]
}

const policies = (value: Uint8Array): readonly Policy[] =>
  sequenceIn(value).map((policy) => {
    const [oid, qualifiers] = elementsIn(policy.content)
    return { oid: oidOf(oid), qualifiers: qualifiers ? elementsIn(qualifiers.content) : [] }
  })

function policyWords(value: Uint8Array): string {
  const word = ({ oid }: Policy) => (POLICIES.has(oid) ? `${POLICIES.get(oid)} (${oid})` : oid)
  return policies(value).map(word).join(', ')
}

function policyLines(value: Uint8Array): readonly string[] {
  return policies(value).flatMap(({ oid, qualifiers }) => [
    `Policy: ${longName(oid)}`,
    ...qualifiers.flatMap(qualifierLines).map((line) => `  ${line}`),
  ])
}

function qualifierLines(qualifier: Der): readonly string[] {
  const [type, value] = elementsIn(qualifier.content)
  const oid = oidOf(type)
  if (oid === '1.3.6.1.5.5.7.2.1') return [`CPS: ${value ? printable(readText(value) ?? '') : ''}`]
  if (oid === '1.3.6.1.5.5.7.2.2') return ['User Notice:', ...noticeLines(value).map((line) => `  ${line}`)]
  return [`  Unknown Qualifier: ${longName(oid)}`]
}

/** RFC 5280 §4.2.1.4: a reference to a text, the text itself, or both. */
function noticeLines(notice: Der | undefined): readonly string[] {
  return elementsIn(expect(notice, TAG.sequence).content).flatMap((part) => {
    if (part.tag !== TAG.sequence) return [`Explicit Text: ${printable(readText(part) ?? '')}`]
    const [organization, numbers] = elementsIn(part.content)
    const listed = elementsIn(expect(numbers, TAG.sequence).content).map(({ content }) => showInteger(content))
    return [
      `Organization: ${organization ? printable(readText(organization) ?? '') : ''}`,
      `Number${listed.length > 1 ? 's' : ''}: ${listed.join(', ')}`,
    ]
  })
}

function mappingLines(value: Uint8Array): readonly string[] {
  const mappings = sequenceIn(value).map((mapping) => elementsIn(mapping.content).map((one) => longName(oidOf(one))))
  return [mappings.map((pair) => pair.join(':')).join(', ')]
}

function policyConstraintLines(value: Uint8Array): readonly string[] {
  const labels = new Map([
    [context(0, false), 'Require Explicit Policy'],
    [context(1, false), 'Inhibit Policy Mapping'],
  ])
  return [
    sequenceIn(value)
      .map(({ tag, content }) => `${labels.get(tag)}:${showInteger(content)}`)
      .join(', '),
  ]
}
