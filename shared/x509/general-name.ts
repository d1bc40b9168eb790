/** General names (RFC 5280 §4.2.1.6): what a subjectAltName and its like are made of. */

import { context, type Der, elementsIn, expect, onlyElement, TAG } from './der.ts'
import { longIp, showIp } from './ip.ts'
import { type Name, opensslName, readName, showName, slashName } from './name.ts'
import { longName } from './objects.ts'
import { toHex } from './octets.ts'
import { latin1, printable, readOid, readText } from './values.ts'

export interface GeneralName {
  readonly kind:
    | 'dns'
    | 'ip'
    | 'email'
    | 'uri'
    | 'directory name'
    | 'registered id'
    | 'other name'
    | 'X.400 address'
    | 'EDI party'
  /** In our own words; octets that are no text as hex. */
  readonly value: string
  /** As OpenSSL prints it within a list of names. */
  readonly listed: string
  /** As OpenSSL prints it on a line of its own. */
  readonly line: string
}

/** @throws Error in words for what is no general name */
export function readGeneralName(element: Der): GeneralName {
  const read = READERS.get(element.tag)
  if (!read) throw new Error(`no kind of name has the tag ${element.tag.toString(16)}`)
  return read(element.content)
}

/** @param content of the SEQUENCE */
export const readGeneralNames = (content: Uint8Array): readonly GeneralName[] =>
  elementsIn(content).map(readGeneralName)

type Reader = (content: Uint8Array) => GeneralName

const text =
  (kind: GeneralName['kind'], label: string): Reader =>
  (content) => {
    const value = printable(latin1(content))
    return { kind, value, listed: `${label}:${value}`, line: `${label}:${value}` }
  }

/** OpenSSL prints these as `<unsupported>`: their octets say more. */
const octets =
  (kind: GeneralName['kind'], label: string): Reader =>
  (content) => ({ kind, value: toHex(content), listed: `${label}:<unsupported>`, line: `${label}:<unsupported>` })

const READERS: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [context(0), readOtherName],
  [context(1, false), text('email', 'email')],
  [context(2, false), text('dns', 'DNS')],
  [context(3), octets('X.400 address', 'X400Name')],
  [context(4), (content) => directoryName(readName(expect(onlyElement(content), TAG.sequence).content))],
  [context(5), octets('EDI party', 'EdiPartyName')],
  [context(6, false), text('uri', 'URI')],
  [context(7, false), ipAddress],
  [context(8, false), registeredId],
])

const directoryName = (name: Name): GeneralName => ({
  kind: 'directory name',
  value: showName(name),
  listed: `DirName:${slashName(name)}`,
  line: `DirName:${opensslName(name)}`,
})

function ipAddress(content: Uint8Array): GeneralName {
  const line = `IP Address:${longIp(content) ?? '<invalid>'}`
  return { kind: 'ip', value: showIp(content) ?? `no address: ${toHex(content)}`, listed: line, line }
}

function registeredId(content: Uint8Array): GeneralName {
  const oid = readOid(content)
  const line = `Registered ID:${longName(oid)}`
  return { kind: 'registered id', value: oid, listed: line, line }
}

/** OpenSSL's own names for a few of them. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.4.1.311.20.2.3', 'UPN'],
  ['1.3.6.1.5.5.7.8.5', 'XmppAddr'],
  ['1.3.6.1.5.5.7.8.7', 'SRVName'],
  ['1.3.6.1.5.5.7.8.8', 'NAIRealm'],
  ['1.3.6.1.5.5.7.8.9', 'SmtpUTF8Mailbox'],
])

function readOtherName(content: Uint8Array): GeneralName {
  const [type, wrapped] = elementsIn(content)
  const oid = readOid(expect(type, TAG.oid).content)
  const value = onlyElement(expect(wrapped, context(0)).content)
  const known = OTHER_NAMES.get(oid)
  const label = known ?? longName(oid)
  const shown = readText(value)
  const said = shown === null ? '<unsupported>' : printable(shown)
  return {
    kind: 'other name',
    value: `${label} ${shown === null ? toHex(value.raw) : said}`,
    listed: `othername: ${label}::${said}`,
    line: `othername:${known === undefined ? '<unsupported>' : `${label}:${said}`}`,
  }
}
