/** What object a URL names, and what people call it. */

import { leafOf } from '../../x509/leaf.ts'
import { authorizedName } from '../fold/step.ts'
import { caLabel } from '../known/cas.ts'
import type { Account, Analysis, Authorization, Challenge, Directory, IssuedCertificate, Order } from '../model.ts'

/** An object with its kind, as the recording shows it. */
export type Found =
  | { readonly kind: 'directory'; readonly object: Directory }
  | { readonly kind: 'account'; readonly object: Account }
  | { readonly kind: 'order'; readonly object: Order }
  | { readonly kind: 'authorization'; readonly object: Authorization }
  | { readonly kind: 'challenge'; readonly object: Challenge }
  | { readonly kind: 'certificate'; readonly object: IssuedCertificate }

export type FoundKind = Found['kind']

/** Null for a URL that names no object the recording shows. */
export function objectAt(analysis: Analysis, url: string): Found | null {
  const order = analysis.orders.get(url)
  if (order) return { kind: 'order', object: order }
  const authorization = analysis.authorizations.get(url)
  if (authorization) return { kind: 'authorization', object: authorization }
  const challenge = analysis.challenges.get(url)
  if (challenge) return { kind: 'challenge', object: challenge }
  const certificate = analysis.certificates.get(url)
  if (certificate) return { kind: 'certificate', object: certificate }
  const account = analysis.accounts.get(url)
  if (account) return { kind: 'account', object: account }
  const directory = analysis.directories.get(url)
  return directory ? { kind: 'directory', object: directory } : null
}

/** The object at a URL, or the one that a URL of its own belongs to: the order of a `finalize`. */
export function objectAtOrAbove(analysis: Analysis, url: string): Found | null {
  const owner = analysis.resources.get(url)?.owner ?? null
  return objectAt(analysis, url) ?? (owner === null ? null : objectAt(analysis, owner))
}

/** What is shown to who did not say what to look at: the newest order, or else whatever there is. */
export function newestObject({ orders, accounts, directories, authorizations, certificates }: Analysis): string | null {
  for (const objects of [orders, accounts, authorizations, certificates, directories]) {
    const newest = [...objects.keys()].at(-1)
    if (newest !== undefined) return newest
  }
  return null
}

const NAMES_SHOWN = 3

/** `a.example, b.example, c.example +7` */
function someNames(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ')
  return names.length > NAMES_SHOWN ? `${shown} +${names.length - NAMES_SHOWN}` : shown
}

/** The end of a URL, which is what tells two of a kind apart. */
function endOfUrl(url: string): string {
  const path = url.replace(/[?#].*$/s, '').replace(/\/+$/, '')
  return path.slice(path.lastIndexOf('/') + 1) || url
}

const hostIn = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

/** What tells an object from others of its kind: names, a type, a contact; the end of its URL where there is nothing else. */
export function nameOf(found: Found): string {
  switch (found.kind) {
    case 'directory':
      return caLabel(hostIn(found.object.url))
    case 'account':
      return (
        someNames(found.object.contact.map((contact) => contact.replace(/^mailto:/, ''))) || endOfUrl(found.object.url)
      )
    case 'order':
      return someNames(found.object.identifiers.map(({ value }) => value)) || endOfUrl(found.object.url)
    case 'authorization':
      return authorizedName(found.object) ?? endOfUrl(found.object.url)
    case 'challenge':
      return found.object.type
    case 'certificate':
      return nameOfCertificate(found.object)
  }
}

function nameOfCertificate({ chain, url }: IssuedCertificate): string {
  const leaf = leafOf(chain)
  return (leaf && (someNames(leaf.sans) || leaf.subject)) || endOfUrl(url)
}
