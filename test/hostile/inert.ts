/** Is what comes out of hostile words inert: lines for a terminal or a CI's log, SARIF, JUnit's XML, JSON? */
import { readHar } from '../../shared/har/read.ts'
import type { Outcome } from './pipeline.ts'

/** What is wrong, in words; empty when nothing is. */
export function faultsOf({ lines, sarif, junit, show, har, analysis }: Outcome): readonly string[] {
  return [
    ...lines.flatMap((line) => faultsOfLine(line)),
    ...faultsOfSarif(sarif),
    ...faultsOfXml(junit),
    ...(isJson(show) ? [] : ['show --json is no JSON']),
    ...(readHar(har).exchanges.length === analysis.steps.length ? [] : ['the HAR lost an exchange']),
  ]
}

/** Control characters, halves of surrogate pairs, noncharacters, and what turns the reading direction round. */
const UNFIT = /\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

/** A CI takes a line that begins with `::` or `##` for a command, behind white space as well. */
function faultsOfLine(line: string): readonly string[] {
  if (/^\s*(?:::|##)/.test(line)) return [`a command: ${line}`]
  return UNFIT.test(line) ? [`it steers: ${JSON.stringify(line)}`] : []
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

/** Every text in it is one line, and holds no placeholder and no link (§3.11.5, §3.11.6) that is not escaped. */
function faultsOfSarif(sarif: string): readonly string[] {
  const faults: string[] = []
  JSON.parse(sarif, (key, value) => {
    if (typeof value === 'string' && UNFIT.test(value)) faults.push(`SARIF steers: ${JSON.stringify(value)}`)
    const isMessage = key === 'text' && typeof value === 'string'
    if (isMessage && /(?<!\\)[[\]]|(?<!\{)\{(?:\{\{)*(?!\{)/.test(value.replaceAll('\\\\', '')))
      faults.push(`SARIF has a placeholder or a link: ${value}`)
    return value
  })
  return faults
}

const TOKEN =
  /<\?xml version="1\.0" encoding="UTF-8"\?>\n|<(?<open>[a-z-]+)(?: [a-z-]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*")*(?<single>\/)?>|<\/(?<close>[a-z-]+)>|(?:[^<&]|&(?:amp|lt|gt|quot|apos);)+/y

/** Well-formed (XML 1.0), as far as what we write goes. */
function faultsOfXml(xml: string): readonly string[] {
  const open: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex
    const groups = TOKEN.exec(xml)?.groups
    if (!groups) return [`XML is broken at ${JSON.stringify(xml.slice(at, at + 80))}`]
    if (groups.open && !groups.single) open.push(groups.open)
    if (groups.close && open.pop() !== groups.close) return [`XML closes ${groups.close}, which is not open`]
  }
  if (open.length) return [`XML leaves ${open.join(', ')} open`]
  return UNFIT.test(xml.replaceAll('\n', '')) ? ['XML holds what no XML may hold'] : []
}
