// docs/query.md is made of the fields, and tells of all of them.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { FieldRow } from './fields/row.ts'
import { CHAPTERS } from './fields.ts'
import { parseQuery } from './parse.ts'

test('docs/query.md tells of the fields there are', () => {
  const file = new URL('../../docs/query.md', import.meta.url)
  if (process.env.WRITE_DOCS) writeFileSync(file, page())
  expect(readFileSync(file, 'utf8')).toBe(page())
})

test('every query the page shows can be asked', () => {
  const shown = [...INTRODUCTION.matchAll(/^\| `([^`]+)` /gm)].flatMap(([, text]) => text ?? [])
  expect(shown.length).toBeGreaterThan(5)
  for (const text of shown) expect(parseQuery(text).error).toBeNull()
})

function page(): string {
  const chapters = CHAPTERS.map(({ title, rows }) =>
    [`## ${title}`, '', '| field | means | for example |', '| --- | --- | --- |', ...rows.map(line)].join('\n'),
  )
  return `${[INTRODUCTION, ...chapters].join('\n\n')}\n`
}

const line = (row: FieldRow): string => {
  const names = [row.name, ...row.aliases].map((name) => `\`${name}\``).join(', ')
  return `| ${names} | ${row.meaning}${choicesOf(row)} | \`${row.example}\` |`
}

function choicesOf(row: FieldRow): string {
  if (row.kind !== 'choice') return ''
  const words = row.choices.map(({ value, meaning }) => `\`${value}\`${meaning === '' ? '' : ` (${meaning})`}`)
  return ` One of ${words.join(', ')}.`
}

const INTRODUCTION = `# Asking for exchanges

The box above the page's table of exchanges, and \`acmescope show REC --where QUERY\`, take the same questions and give the
same answers.

| query | finds |
| --- | --- |
| \`host:cloudflare status:>=400\` | what Cloudflare refused: conditions that stand together must all hold |
| \`op:newOrder OR op:finalize\` | either; \`OR\` binds more loosely than standing together |
| \`-op:newNonce\` | all but that |
| \`is:failed (op:dns OR phase:validation)\` | brackets hold together |
| \`nas.example.org\` | a bare word, wherever it stands |
| \`"no such account"\` | several words, as they stand |
| \`body:"status: pending"\` | a member of a JSON body, and its value |
| \`duration:>1s size:<10kB\` | bounds, with units |
| \`status:4xx\` | a hundred of them |
| \`time:22:44..22:46\` | from … to, both included |
| \`name:=example.org\` | the whole value, and not a part of it |

Upper and lower case are the same, but for \`OR\`, \`AND\` (which may be left out) and \`NOT\` (which is \`-\`). A value with
spaces, brackets or quotes stands in quotes: \`header:"retry-after: 3"\`; within them \`\\"\` is a quote. There are no
wildcards and no regular expressions: text is found in part unless the field says *whole*.

On the command line the question is one word of the shell, so it stands in single quotes:
\`acmescope show latest --where 'is:failed -op:newNonce'\`.

This page is made of \`shared/query/fields/\` by a test:

    WRITE_DOCS=1 npx vitest run --project unit shared/query/docs.test.ts`
