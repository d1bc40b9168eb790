/** Extensions about names, and about which names a CA may certify (RFC 5280 §4.2.1.6 to §4.2.1.10). */

import { context, type Der, elementsIn, sequenceIn, TAG } from '../der.ts'
import { type GeneralName, readGeneralName } from '../general-name.ts'
import { longIp } from '../ip.ts'
import { isTrue, showInteger } from '../values.ts'
import { type ExtensionEntry, namesIn } from './row.ts'

export const NAME_EXTENSIONS: readonly ExtensionEntry[] = [
  ['2.5.29.17', { name: 'subjectAltName', words: nameWords, lines: nameLines }],
  ['2.5.29.18', { name: 'issuerAltName', words: nameWords, lines: nameLines }],
  ['2.5.29.19', { name: 'basicConstraints', words: constraintWords, lines: constraintLines }],
  ['2.5.29.30', { name: 'nameConstraints', lines: subtreeLines }],
]

const LABELS: Readonly<Partial<Record<GeneralName['kind'], string>>> = { dns: 'DNS', ip: 'IP', uri: 'URI' }

function nameWords(value: Uint8Array): string {
  return namesIn(value)
    .map((name) => `${LABELS[name.kind] ?? name.kind}:${name.value}`)
    .join(', ')
}

function nameLines(value: Uint8Array): readonly string[] {
  return [
    namesIn(value)
      .map(({ listed }) => listed)
      .join(', ') || '<EMPTY>',
  ]
}

function basicConstraints(value: Uint8Array): { readonly ca: boolean; readonly pathLength: string | null } {
  const fields = sequenceIn(value)
  const flag = fields.find(({ tag }) => tag === TAG.boolean)
  const length = fields.find(({ tag }) => tag === TAG.integer)
  return { ca: flag !== undefined && isTrue(flag), pathLength: length ? showInteger(length.content) : null }
}

function constraintWords(value: Uint8Array): string {
  const { ca, pathLength } = basicConstraints(value)
  return [ca ? 'CA' : 'not a CA', pathLength === null ? '' : `path length ${pathLength}`].filter(Boolean).join(', ')
}

function constraintLines(value: Uint8Array): readonly string[] {
  const { ca, pathLength } = basicConstraints(value)
  return [`CA:${ca ? 'TRUE' : 'FALSE'}${pathLength === null ? '' : `, pathlen:${pathLength}`}`]
}

function subtreeLines(value: Uint8Array): readonly string[] {
  const titles = new Map([
    [context(0), 'Permitted:'],
    [context(1), 'Excluded:'],
  ])
  return sequenceIn(value).flatMap(({ tag, content }) => [
    titles.get(tag) ?? `[${tag & 0x1f}]:`,
    ...elementsIn(content).map((subtree) => `  ${subtreeLine(elementsIn(subtree.content)[0])}`),
  ])
}

/** An address stands here with its mask. */
function subtreeLine(base: Der | undefined): string {
  if (!base) throw new Error('a subtree without a base')
  if (base.tag !== context(7, false)) return readGeneralName(base).line
  const half = base.content.length / 2
  return `IP:${longIp(base.content.subarray(0, half)) ?? '<invalid>'}/${longIp(base.content.subarray(half)) ?? '<invalid>'}`
}
