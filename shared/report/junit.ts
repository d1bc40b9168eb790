/**
 * Findings → JUnit's XML, as Jenkins, GitLab and their like read it: one test case for each kind of finding, so that a
 * kind keeps its history. What is below `failOn` is shown as skipped, and fails nothing.
 */
import type { Finding } from '../finding.ts'
import { type Checked, type FailOn, fails, type Place, placesIn, placesOf, tally } from './checked.ts'
import { oneLine } from './text.ts'

/** A whole document, UTF-8. */
export function toJunit({ name, startedAt, analysis, findings }: Checked, failOn: FailOn): string {
  const kinds = [...byKind(findings).values()]
  const places = placesOf(analysis)
  const failures = kinds.filter((kind) => isFailure(kind, failOn)).length
  const clean = failures === 0 ? [passed(failOn, analysis.steps.length)] : []
  const counts = {
    tests: kinds.length + clean.length,
    failures,
    errors: 0,
    skipped: kinds.length - failures,
  }
  const cases = [...clean, ...kinds.map((kind) => testCase(kind, failOn, places))]
  const suite = element(
    'testsuite',
    { name: `acmescope ${name}`, ...counts, time: secondsOf(analysis), timestamp: startedAt },
    cases,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'acmescope', ...counts }, [suite])}`
}

type Kind = readonly [Finding, ...Finding[]]

function byKind(findings: readonly Finding[]): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, [Finding, ...Finding[]]>()
  for (const finding of findings) {
    const kind = kinds.get(finding.id)
    if (kind) kind.push(finding)
    else kinds.set(finding.id, [finding])
  }
  return kinds
}

const isFailure = (kind: Kind, failOn: FailOn): boolean => kind.some((finding) => fails(finding, failOn))

/** Something must have passed, or a clean recording looks like a suite that never ran. */
const passed = (failOn: FailOn, exchanges: number): string =>
  element('testcase', { classname: 'acmescope', name: failOn === 'never' ? 'checked' : `no ${NONE_OF[failOn]}` }, [
    element('system-out', {}, [escapeXml(`${exchanges} exchanges checked`)]),
  ])

const NONE_OF = { error: 'error', warning: 'error or warning' } as const

/** The worst of a kind speaks for it, and all of them are in the text. */
function testCase(kind: Kind, failOn: FailOn, places: ReadonlyMap<string, Place>): string {
  const worst = kind.find((finding) => fails(finding, failOn)) ?? kind[0]
  const text = escapeXml(kind.map((finding) => wordsOf(finding, places)).join('\n\n'))
  const message = kind.length === 1 ? oneLine(worst.title) : `${oneLine(worst.title)} (${tally(kind)} of this kind)`
  const outcome = isFailure(kind, failOn)
    ? [element('failure', { type: worst.severity, message }, [text])]
    : [element('skipped', { message: `${worst.severity}: ${message}` }), element('system-out', {}, [text])]
  return element('testcase', { classname: `acmescope.${worst.id.split('.')[0]}`, name: worst.id }, outcome)
}

function wordsOf(finding: Finding, places: ReadonlyMap<string, Place>): string {
  const { severity, title, explanation, fix, reference, consequenceOf } = finding
  const at = placesIn(finding, places)
    .slice(0, 20)
    .map(({ sequence, label }) => `#${sequence} ${oneLine(label, 200)}`)
  return [
    `${severity}: ${oneLine(title)}`,
    ...(consequenceOf === null ? [] : [`follows from: ${consequenceOf}`]),
    `why: ${oneLine(explanation)}`,
    `fix: ${oneLine(fix)}`,
    `see: ${reference.document} §${reference.section}, ${reference.title} ${reference.url}`,
    ...(at.length ? [`in: ${at.join(', ')}`] : []),
  ].join('\n')
}

/** From the first step's beginning to the last one's. */
function secondsOf({ steps }: Checked['analysis']): string {
  const [from, to] = [steps[0]?.time ?? '', steps.at(-1)?.time ?? '']
  const milliseconds = Date.parse(to) - Date.parse(from)
  return (milliseconds > 0 ? milliseconds / 1000 : 0).toFixed(3)
}

// ───────────────────────────── XML

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(oneLine(String(value)))}"`)
  const open = `<${name}${written.join('')}`
  return children.length ? `${open}>${children.join('')}</${name}>\n` : `${open}/>\n`
}

/** Only for text that has been through `oneLine`: its line feeds are ours. */
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
