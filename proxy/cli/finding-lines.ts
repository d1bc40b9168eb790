// Findings for a person at a terminal or in a CI's log: the cause first, what follows from it indented beneath.
// No line begins with captured words: to some CIs a line that begins with `::` is a command.
import type { Finding, Severity } from '../../shared/finding.ts'
import {
  type Cause,
  type Checked,
  type Place,
  placesIn,
  placesOf,
  tally,
  toCauses,
} from '../../shared/report/checked.ts'
import { counted, oneLine } from '../../shared/report/text.ts'

/** What the lines are written on. */
export interface Paper {
  /** Columns; infinite where lines are not to be broken. */
  readonly width: number
  readonly isColoured: boolean
}

/** A pipe and a file get neither colours nor line breaks of ours; NO_COLOR takes the colours from a terminal, too. */
export const paperOf = (stream: NodeJS.WriteStream): Paper => ({
  width: stream.isTTY ? Math.min(stream.columns || 80, 110) : Number.POSITIVE_INFINITY,
  isColoured: stream.isTTY === true && stream.hasColors(),
})

/** All findings, with an empty line between two of them; no line at all when there are none. */
export function findingLines({ analysis, findings }: Pick<Checked, 'analysis' | 'findings'>, paper: Paper): string[] {
  const places = placesOf(analysis)
  return toCauses(findings).flatMap((cause, index) => [...(index ? [''] : []), ...causeLines(cause, '', places, paper)])
}

/** The last line: where the eye is when a command has ended. */
export function tallyLine({ name, analysis, findings }: Pick<Checked, 'name' | 'analysis' | 'findings'>): string {
  const where = counted(analysis.steps.length, 'exchange')
  return `${oneLine(name, 80)}: ${tally(findings) || 'nothing found'} in ${where}`
}

function causeLines(
  { finding, consequences }: Cause,
  indent: string,
  places: ReadonlyMap<string, Place>,
  paper: Paper,
): readonly string[] {
  const further = consequences.flatMap((one) => ['', ...causeLines(one, `${indent}    `, places, paper)])
  return [...linesOf(finding, indent, places, paper), ...further]
}

function linesOf(
  finding: Finding,
  indent: string,
  places: ReadonlyMap<string, Place>,
  paper: Paper,
): readonly string[] {
  const { severity, title, id, explanation, fix, reference, consequenceOf } = finding
  const paint = paper.isColoured ? colour : noColour
  const { shape, tone } = LOOKS[severity]
  const head = hang(`${oneLine(title)} (${id})`, `${indent}${shape} ${severity.padEnd(7)} `, paper.width)
  const rows: readonly (readonly [label: string, text: string])[] = [
    ['follows from', consequenceOf ?? ''],
    ['why', explanation],
    ['fix', fix],
    ['see', `${reference.document} §${reference.section}, ${reference.title}: ${reference.url}`],
    ['in', placeWords(placesIn(finding, places))],
  ]
  return [
    ...head.map((line, index) => (index ? paint(line, 'bold') : paintHead(line, paint, tone))),
    ...rows.flatMap(([label, text]) => row(label, text, `${indent}  `, paper.width, paint)),
  ]
}

const LOOKS: Readonly<Record<Severity, { readonly shape: string; readonly tone: Tone }>> = {
  error: { shape: '✖', tone: 'red' },
  warning: { shape: '▲', tone: 'yellow' },
  info: { shape: '●', tone: 'blue' },
}

/** Shape and word in their colour, the rest of the line bold. */
function paintHead(line: string, paint: Paint, tone: Tone): string {
  const [, indent = '', badge = '', rest = ''] = /^( *)(\S+ \S+)(.*)$/s.exec(line) ?? []
  return `${indent}${paint(badge, tone)}${paint(rest, 'bold')}`
}

function row(label: string, text: string, indent: string, width: number, paint: Paint): readonly string[] {
  const words = oneLine(text)
  if (words === '') return []
  const lead = `${indent}${label.padEnd(4)} `
  const [first = '', ...more] = hang(words, lead, width)
  return [`${paint(lead, 'dim')}${first.slice(lead.length)}`, ...more]
}

const MOST_PLACES = 12
/** So few are said in words; of more only the numbers. */
const FEW_PLACES = 3

function placeWords(all: readonly Place[]): string {
  const inWords = all.length <= FEW_PLACES
  const shown = all
    .slice(0, MOST_PLACES)
    .map(({ sequence, label }) => (inWords ? `#${sequence} ${oneLine(label, 120)}` : `#${sequence}`))
  const more = all.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

// ───────────────────────────── lines

/** A CI may take a line that begins so, behind white space or not, for a command to itself. */
const COMMAND = /^(?:::|##)/

/** Text behind a lead, broken between words at `width`, the further lines indented as far as the first. */
function hang(text: string, lead: string, width: number): readonly string[] {
  const room = Math.max(30, width - lead.length)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > room && !COMMAND.test(word)) {
      lines.push(line)
      line = ''
    }
    line = line ? `${line} ${word}` : word
  }
  return [...lines, line].map((one, index) => `${index ? ' '.repeat(lead.length) : lead}${one}`)
}

/** SGR parameters, ECMA-48 §8.3.117. */
const TONES = { red: 31, yellow: 33, blue: 34, bold: 1, dim: 2 } as const
type Tone = keyof typeof TONES
type Paint = (text: string, tone: Tone) => string

const colour: Paint = (text, tone) => `\u001B[${TONES[tone]}m${text}\u001B[0m`
const noColour: Paint = (text) => text
