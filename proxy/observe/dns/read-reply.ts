// What an authoritative server's answer about a name says: values, or that others are to be asked.
import type { Answer } from 'dns-packet'
import { plainName, type Reply, sameName } from './ask.ts'

export type Said =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  /** The name stands for another. */
  | { readonly kind: 'alias'; readonly name: string }
  /** The name is in a zone of other servers. */
  | { readonly kind: 'referral'; readonly zone: string; readonly servers: readonly string[] }

const MOST_VALUES = 50
/** Characters; a challenge's value has 43. */
const MAX_VALUE = 4_096
const MOST_ALIASES = 8

export function readReply(reply: Reply, name: string): Said {
  const end = followed(reply.answers, name)
  const values = reply.answers.flatMap((each) =>
    each.type === 'TXT' && sameName(each.name, end) ? textOf(each.data).slice(0, MAX_VALUE) : [],
  )
  if (values.length > 0) return { kind: 'values', values: values.slice(0, MOST_VALUES) }
  if (!sameName(end, name)) return { kind: 'alias', name: end }
  return referral(reply, name) ?? { kind: 'values', values: [] }
}

/** Where the CNAMEs of the answer lead. */
function followed(answers: readonly Answer[], name: string): string {
  let at = plainName(name)
  for (let step = 0; step < MOST_ALIASES; step++) {
    const alias = answers.find((each) => each.type === 'CNAME' && sameName(each.name, at))
    if (alias?.type !== 'CNAME') break
    at = plainName(alias.data)
  }
  return at
}

/** RFC 1034 section 4.3.2, step 3b: not authoritative, no answer, and the servers of a zone further down. */
function referral({ isAuthoritative, code, authorities }: Reply, name: string): Said | null {
  const told = authorities.filter((each) => each.type === 'NS')
  const zone = plainName(told[0]?.name ?? '')
  if (isAuthoritative || code !== 'NOERROR' || zone === '' || zone === '.') return null
  if (!sameName(zone, name) && !plainName(name).endsWith(`.${zone}`)) return null
  return { kind: 'referral', zone, servers: told.flatMap((each) => (each.type === 'NS' ? plainName(each.data) : [])) }
}

/** RFC 1035 section 3.3.14 and RFC 8555 section 8.4: the strings of a record, joined. */
function textOf(data: Extract<Answer, { type: 'TXT' }>['data']): string {
  const strings = Array.isArray(data) ? data : [data]
  return strings.map((each) => (typeof each === 'string' ? each : each.toString('utf8'))).join('')
}
