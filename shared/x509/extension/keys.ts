/** Extensions about keys and what they are for (RFC 5280 §4.2.1.1 to §4.2.1.3, §4.2.1.12). */

import { context, onlyElement, sequenceIn, TAG } from '../der.ts'
import { type GeneralName, readGeneralNames } from '../general-name.ts'
import { EXTENDED_KEY_USAGES, KEY_USAGES } from '../names.ts'
import { longName } from '../objects.ts'
import { toHex } from '../octets.ts'
import { opensslTime, readInteger, readTime } from '../values.ts'
import { bits, type ExtensionEntry, octets, oidOf } from './row.ts'

export const KEY_EXTENSIONS: readonly ExtensionEntry[] = [
  ['2.5.29.14', { name: 'subjectKeyIdentifier', lines: (value) => [toHex(octets(onlyElement(value)))] }],
  [
    '2.5.29.15',
    { name: 'keyUsage', words: (value) => usages(value, 0) || 'none', lines: (value) => [usages(value, 1)] },
  ],
  ['2.5.29.16', { name: 'privateKeyUsagePeriod', lines: usagePeriod }],
  ['2.5.29.35', { name: 'authorityKeyIdentifier', words: issuerKeyWords, lines: issuerKeyLines }],
  [
    '2.5.29.37',
    { name: 'extKeyUsage', words: purposeWords, lines: (value) => [purposes(value).map(longName).join(', ')] },
  ],
]

const usages = (value: Uint8Array, column: 0 | 1): string =>
  bits(
    value,
    KEY_USAGES.map((row) => row[column]),
  )

const purposes = (value: Uint8Array): readonly string[] => sequenceIn(value).map(oidOf)

function purposeWords(value: Uint8Array): string {
  return purposes(value)
    .map((oid) => EXTENDED_KEY_USAGES.get(oid) ?? longName(oid))
    .join(', ')
}

function usagePeriod(value: Uint8Array): readonly string[] {
  const labels = new Map([
    [context(0, false), 'Not Before'],
    [context(1, false), 'Not After'],
  ])
  const parts = sequenceIn(value).map(({ tag, content, raw }) => {
    const at = readTime({ tag: TAG.generalizedTime, content, raw })
    return `${labels.get(tag)}: ${opensslTime(at ?? new Date(Number.NaN))}`
  })
  return [parts.join(', ')]
}

interface IssuerKey {
  readonly keyId: string | null
  readonly names: readonly GeneralName[]
  readonly serial: string | null
}

function issuerKey(value: Uint8Array): IssuerKey {
  const fields = sequenceIn(value)
  const field = (tag: number) => fields.find((one) => one.tag === tag)?.content
  const [keyId, names, serial] = [field(context(0, false)), field(context(1)), field(context(2, false))]
  return {
    keyId: keyId ? toHex(keyId) : null,
    names: names ? readGeneralNames(names) : [],
    serial: serial ? toHex(readInteger(serial).magnitude) : null,
  }
}

function issuerKeyWords(value: Uint8Array): string {
  const { keyId, names, serial } = issuerKey(value)
  const parts = [keyId, ...names.map((name) => name.value), serial === null ? null : `serial ${serial}`]
  return parts.filter((part) => part !== null).join(', ') || 'names no key'
}

/** OpenSSL names the parts only where there is more than one. */
function issuerKeyLines(value: Uint8Array): readonly string[] {
  const { keyId, names, serial } = issuerKey(value)
  if (keyId !== null && !names.length && serial === null) return [keyId]
  return [
    ...(keyId === null ? [] : [`keyid:${keyId}`]),
    ...names.map(({ listed }) => listed),
    ...(serial === null ? [] : [`serial:${serial}`]),
  ]
}
