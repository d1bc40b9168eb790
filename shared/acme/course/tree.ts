/** The objects of a recording as a tree: CA, account, order, authorization, challenge; certificates under their order. */
import { leafOf } from '../../x509/leaf.ts'
import type { Analysis, IssuedCertificate } from '../model.ts'
import { type Found, type FoundKind, nameOf, objectAt } from './found.ts'
import { revocationsIn } from './revocations.ts'

/** What a row that is no object is: objects whose owner the recording does not show, and the ledger of nonces. */
export type RowKind = FoundKind | 'unowned' | 'nonces'

/** What the address holds for the ledger of nonces, which has no URL. */
export const NONCES = 'nonces'

export interface TreeRow {
  /** An object that belongs to several others (an authorization used again) has a row under each. */
  readonly key: string
  readonly kind: RowKind
  /** URL of the object; null for a mere heading. */
  readonly url: string | null
  readonly name: string
  readonly status: string | null
  /** ISO 8601: when a status of it was first seen; null for what has none on the wire. */
  readonly at: string | null
  readonly depth: number
  /** How many are right beneath it. */
  readonly children: number
  readonly isOpen: boolean
}

export interface TreeOptions {
  /** Whether what is under a row is shown; asked by the row's key. */
  readonly isOpen: (key: string) => boolean
  /** Words that all must be in a row; rows above one that has them are shown as well. */
  readonly filter: string
}

interface Node {
  readonly url: string
  readonly children: readonly Node[]
}

/** What hangs from what, before anything is named. */
interface Forest {
  readonly roots: readonly Node[]
  /** Objects whose owner was not recorded. */
  readonly unowned: readonly Node[]
}

const forests = new WeakMap<Analysis, Forest>()

function forestOf(analysis: Analysis): Forest {
  const made = forests.get(analysis) ?? plant(analysis)
  forests.set(analysis, made)
  return made
}

/** How many objects a recording shows. */
export const countObjects = ({ directories, accounts, orders, authorizations, challenges, certificates }: Analysis) =>
  directories.size + accounts.size + orders.size + authorizations.size + challenges.size + certificates.size

function plant(analysis: Analysis): Forest {
  const { directories, accounts, orders, authorizations, challenges, certificates, resources } = analysis
  const certificatesOf = byOwner(certificates, ({ order }) => order)
  const owned = new Set<string>()
  const leaf = (url: string): Node => ({ url, children: [] })
  const known = (urls: readonly string[], among: ReadonlyMap<string, unknown>): readonly string[] =>
    urls.filter((url) => among.has(url))
  const own = (node: Node): Node => {
    owned.add(node.url)
    return node
  }
  const authorizationNode = (url: string): Node => ({
    url,
    children: known(authorizations.get(url)?.challenges ?? [], challenges).map((one) => own(leaf(one))),
  })
  const orderNode = (url: string): Node => ({
    url,
    children: [
      // Of an authorization used again the challenges are under the order that had it first.
      ...known(orders.get(url)?.authorizations ?? [], authorizations).map((one) =>
        owned.has(one) ? leaf(one) : own(authorizationNode(one)),
      ),
      ...(certificatesOf.get(url) ?? []).map((one) => own(leaf(one))),
    ],
  })
  const ordersOf = byOwner(orders, ({ account }) => account)
  const accountNode = (url: string): Node => ({
    url,
    children: (ordersOf.get(url) ?? []).map((one) => own(orderNode(one))),
  })
  const accountsOf = byOwner(accounts, ({ url }) => resources.get(url)?.directory ?? null)
  const roots = [...directories.keys()].map((url) =>
    own({ url, children: (accountsOf.get(url) ?? []).map((one) => own(accountNode(one))) }),
  )
  const stray = (urls: Iterable<string>, toNode: (url: string) => Node): readonly Node[] =>
    [...urls].filter((url) => !owned.has(url)).map((url) => own(toNode(url)))
  const unowned = [
    ...stray(accounts.keys(), accountNode),
    ...stray(orders.keys(), orderNode),
    ...stray(authorizations.keys(), authorizationNode),
    ...stray(challenges.keys(), leaf),
    ...stray(certificates.keys(), leaf),
  ]
  return { roots, unowned }
}

function byOwner<T>(objects: ReadonlyMap<string, T>, ownerOf: (object: T) => string | null): Map<string, string[]> {
  const owners = new Map<string, string[]>()
  for (const [url, object] of objects) {
    const owner = ownerOf(object)
    if (owner === null) continue
    const known = owners.get(owner)
    if (known) known.push(url)
    else owners.set(owner, [url])
  }
  return owners
}

/** The rows to be drawn, from top to bottom. */
export function treeRows(analysis: Analysis, options: TreeOptions): readonly TreeRow[] {
  const { roots, unowned } = forestOf(analysis)
  const words = options.filter.toLowerCase().split(/\s+/).filter(Boolean)
  const writing: Writing = { analysis, options, words, rows: [] }
  for (const root of roots) write(writing, root, ROOT, 0)
  if (roots.length === 0) for (const root of unowned) write(writing, root, ROOT, 0)
  else writeUnowned(writing, unowned)
  writeNonces(writing)
  return writing.rows
}

interface Writing {
  readonly analysis: Analysis
  readonly options: TreeOptions
  readonly words: readonly string[]
  readonly rows: TreeRow[]
}

/**
 * Writes a row and what is shown beneath it; with a filter, only what leads to a hit. Whether anything was written.
 * @param above key of the row it belongs to, and its name, by which a challenge can be found as well
 */
function write(writing: Writing, { url, children }: Node, above: Above, depth: number): boolean {
  const { analysis, options, words, rows } = writing
  const found = objectAt(analysis, url)
  if (!found) return false
  const key = `${above.key} ${url}`
  const isFiltered = words.length > 0
  const isOpen = children.length > 0 && (isFiltered || options.isOpen(key))
  const place = rows.length
  const row = toRow(analysis, found, { key, depth, isOpen, children: children.length })
  rows.push(row)
  const isHit = !isFiltered || holds(row, words, found.kind === 'challenge' ? above.name : '')
  let any = false
  if (isOpen) for (const child of children) any = write(writing, child, { key: url, name: row.name }, depth + 1) || any
  if (isHit || any) return true
  rows.length = place
  return false
}

interface Above {
  readonly key: string
  readonly name: string
}

const ROOT: Above = { key: '', name: '' }

const holds = ({ kind, name, status, url }: TreeRow, words: readonly string[], above = ''): boolean => {
  const text = `${kind} ${name} ${above} ${status ?? ''} ${url ?? ''}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

type Place = Pick<TreeRow, 'key' | 'depth' | 'isOpen' | 'children'>

const toRow = (analysis: Analysis, found: Found, place: Place): TreeRow => ({
  ...place,
  kind: found.kind,
  url: found.object.url,
  name: nameIn(analysis, found),
  status: statusOf(analysis, found),
  at: 'history' in found.object ? (found.object.history[0]?.at ?? null) : null,
})

/** Of the chains of one certificate all have its names: those that the order does not name itself say so. */
function nameIn({ orders }: Analysis, found: Found): string {
  const name = nameOf(found)
  if (found.kind !== 'certificate') return name
  const own = orders.get(found.object.order ?? '')?.certificate
  return own != null && own !== found.object.url ? `other chain: ${name}` : name
}

/** As the object shows it; of a certificate, what became of it. */
export function statusOf(analysis: Analysis, found: Found): string | null {
  if (found.kind === 'certificate') return statusOfCertificate(analysis, found.object)
  return found.kind === 'directory' ? null : found.object.status
}

function statusOfCertificate(analysis: Analysis, { chain }: IssuedCertificate): string {
  const leaf = leafOf(chain)
  if (leaf && revocationsIn(analysis).has(leaf.fingerprintSha256)) return 'revoked'
  const end = Date.parse(analysis.steps.at(-1)?.time ?? '')
  return leaf && Date.parse(leaf.notAfter) < end ? 'expired' : 'issued'
}

const UNOWNED = 'unowned'

function writeUnowned(writing: Writing, nodes: readonly Node[]): void {
  if (nodes.length === 0) return
  const { options, words, rows } = writing
  const isOpen = words.length > 0 || options.isOpen(UNOWNED)
  const place = rows.length
  rows.push({ ...heading(UNOWNED, 'Owner not recorded'), kind: 'unowned', children: nodes.length, isOpen })
  if (isOpen) for (const node of nodes) write(writing, node, { key: UNOWNED, name: '' }, 1)
  if (words.length > 0 && rows.length === place + 1) rows.length = place
}

function writeNonces({ analysis, words, rows }: Writing): void {
  const row: TreeRow = { ...heading(NONCES, 'Nonces'), kind: 'nonces', url: NONCES, children: analysis.nonces.size }
  if (analysis.nonces.size > 0 && holds(row, words)) rows.push(row)
}

const heading = (key: string, name: string) =>
  ({ key, name, url: null, status: null, at: null, depth: 0, isOpen: false }) as const

/** Keys of the rows above every row of an object, which must be open for it to be seen. */
export function keysAbove(analysis: Analysis, url: string): readonly string[] {
  const { roots, unowned } = forestOf(analysis)
  for (const root of roots) {
    const way = wayTo(root, url, '')
    if (way) return way
  }
  for (const node of unowned) {
    const way = wayTo(node, url, roots.length ? UNOWNED : '')
    if (way) return roots.length ? [UNOWNED, ...way] : way
  }
  return []
}

function wayTo(node: Node, url: string, above: string): readonly string[] | null {
  if (node.url === url) return []
  const key = `${above} ${node.url}`
  for (const child of node.children) {
    const way = wayTo(child, url, node.url)
    if (way) return [key, ...way]
  }
  return null
}
