/**
 * Findings → SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), the properties GitHub's code scanning reads
 * among them. A recording has no lines, so the location is the file, and the steps are its logical locations.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { findingRow } from '../acme/checks/catalogue.ts'
import { sectionText } from '../acme/registry/registry.ts'
import type { Finding, Severity } from '../finding.ts'
import { type Cause, type Checked, type Place, placesIn, placesOf, toCauses } from './checked.ts'
import { oneLine } from './text.ts'

export interface SarifOptions {
  /** Of acmescope. */
  readonly toolVersion: string
  /** The recording's file, as a URI relative to where the check ran. The same in each run, or nothing can be compared. */
  readonly uri: string
}

/** A SARIF log with one run, as indented JSON. */
export function toSarif(checked: Checked, { toolVersion, uri }: SarifOptions): string {
  const findings = flatten(toCauses(checked.findings))
  const rules = rulesOf(findings)
  const results = resultsOf(findings, rules, placesOf(checked.analysis), uri)
  const driver = {
    name: 'acmescope',
    version: toolVersion,
    semanticVersion: toolVersion,
    rules: rules.map(toRule),
  }
  const run = {
    tool: { driver },
    // GitHub takes what stands before the last slash for the category: one for each recording of a commit.
    automationDetails: { id: `acmescope/${encodeURIComponent(oneLine(checked.name, 200))}/` },
    columnKind: 'utf16CodeUnits',
    results,
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${JSON.stringify(log, null, 2)}\n`
}

const flatten = (causes: readonly Cause[]): readonly Finding[] =>
  causes.flatMap(({ finding, consequences }) => [finding, ...flatten(consequences)])

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

// ───────────────────────────── rules

/** One finding of each kind: what a rule says must hold for all of that kind, so only their common part is used. */
function rulesOf(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>()
  for (const finding of findings) if (!first.has(finding.id)) first.set(finding.id, finding)
  return [...first.values()]
}

function toRule({ id, severity, reference }: Finding) {
  const where = `${reference.document} §${reference.section}, ${reference.title}`
  const [row, section] = [findingRow(id), sectionText(reference)]
  return {
    id,
    shortDescription: { text: message(row ? `${id}: ${row.when}` : `${id}: ${where}`) },
    fullDescription: { text: message(sentencesOf(row?.when, section ?? where), 1_000) },
    help: { text: message(sentencesOf(row?.cure, section, `See ${where}: ${reference.url}`)) },
    helpUri: reference.url,
    defaultConfiguration: { level: LEVELS[severity] },
  }
}

const sentencesOf = (...all: readonly (string | null | undefined)[]): string => all.filter(Boolean).join(' ')

// ───────────────────────────── results

/** GitHub shows ten of them, and nobody reads more than these. */
const MOST_PLACES = 50

function resultsOf(
  findings: readonly Finding[],
  rules: readonly Finding[],
  places: ReadonlyMap<string, Place>,
  uri: string,
) {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const own = placesIn(finding, places).slice(0, MOST_PLACES)
    const subject = places.get(finding.exchanges[0] ?? '')?.subject ?? ''
    return {
      ruleId: finding.id,
      ruleIndex: indexes.get(finding.id) ?? -1,
      level: LEVELS[finding.severity],
      message: { text: message(wordsOf(finding)) },
      locations: [{ physicalLocation: fileAt(uri), ...logical(own[0]) }],
      relatedLocations: own.map((place, id) => ({
        id,
        message: { text: message(`#${place.sequence} ${place.label}`) },
        physicalLocation: fileAt(uri),
        ...logical(place),
      })),
      partialFingerprints: fingerprints(finding, subject, seen),
      properties: {
        exchanges: finding.exchanges.slice(0, MOST_PLACES),
        object: finding.object === null ? null : oneLine(finding.object),
        consequenceOf: finding.consequenceOf,
      },
    }
  })
}

/** The title is a sentence of its own: where there is little room only the first one is shown. */
function wordsOf({ title, explanation, fix, consequenceOf }: Finding): string {
  const sentence = /[.!?…]$/.test(title) ? title : `${title}.`
  return [sentence, explanation, fix, consequenceOf === null ? '' : `This follows from ${consequenceOf}.`]
    .map((part) => oneLine(part))
    .filter(Boolean)
    .join(' ')
}

/** Plain text in which captured words make no link and no placeholder: §3.11.5 and §3.11.6. */
const message = (text: string, most?: number): string =>
  oneLine(text, most)
    .replace(/[[\]\\]/g, '\\$&')
    .replace(/[{}]/g, '$&$&')

const fileAt = (uri: string) => ({
  artifactLocation: { uri },
  region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
})

function logical(place: Place | undefined) {
  if (!place) return {}
  const name = oneLine(place.label, 200)
  return { logicalLocations: [{ name, fullyQualifiedName: `exchange ${place.sequence}: ${name}`, kind: 'element' }] }
}

/**
 * Made of what the next run will have again: the kind, and the step and the name it is about. URLs, nonces and times
 * are new each time. The number tells those apart that are alike. GitHub reads `primaryLocationLineHash` alone.
 */
function fingerprints({ id }: Finding, subject: string, seen: Map<string, number>) {
  const hash = bytesToHex(sha256(utf8ToBytes(`${id}\n${subject}`))).slice(0, 16)
  const count = (seen.get(hash) ?? 0) + 1
  seen.set(hash, count)
  return { 'acmescope/v1': `${hash}:${count}`, primaryLocationLineHash: `${hash}:${count}` }
}
