// docs/clients/: a page for each client, whose variables are those of the rows, and whose index says which are run by a test.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { KNOWN_CLIENTS } from './acme/known/clients.ts'
import { TRUST_ROWS } from './client-trust.ts'

const folder = new URL('../docs/clients/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8')
const pages = readdirSync(folder).filter((file) => file !== 'README.md')
const index = [...read('README.md').matchAll(/^\| \[[^\]]+\]\((\S+)\) .* \| (yes|no) \|$/gm)]

test('the index has every page once', () => {
  expect(index.map(([, page]) => page).toSorted()).toEqual(pages.toSorted())
})

test.each(index.map(([, page = '', isRun]) => [page, isRun]))('%s says at its top whether it is run', (page, isRun) => {
  expect(read(page)).toMatch(isRun === 'yes' ? /^# .+\n\n\*Run as printed by the tests/ : /^# .+\n\n\*Not run here: /)
})

test.each(pages)('the variables of %s are rows', (page) => {
  const known = new Set(TRUST_ROWS.map(({ variable }) => variable))
  const named = read(page).match(/\b\w*(?:_PROXY|_CA_\w+|_CAINFO|SSL_CERT\w*|_proxy)\b(?=[=`:])/g) ?? []
  expect(named.filter((variable) => !known.has(variable) && !isOther(variable))).toEqual([])
})

/** Not read by a client: of cert-manager's chart, of npm's and of the recorder itself. */
const isOther = (name: string): boolean => ['https_proxy', 'no_proxy'].includes(name)

/** Another name, or none: whoever is a library, or a kind of program, of another's page. */
const PAGE_OF: Readonly<Record<string, string | null>> = {
  certmagic: 'caddy',
  mod_md: 'apache-mod-md',
  'node-acme-client': 'node',
}

test.each(KNOWN_CLIENTS.map(({ id }) => id))('%s has a page', (id) => {
  expect(pages).toContain(`${PAGE_OF[id] ?? id}.md`)
})
