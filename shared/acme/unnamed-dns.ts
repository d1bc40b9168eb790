/** A DNS provider that nobody described: whatever host is sent the value that a TXT record must have (RFC 8555 §8.4). */
import { refusal } from '../dns/errors.ts'
import type { DnsReading, DnsRecordChange } from '../dns/provider.ts'
import { change } from '../dns/record.ts'
import type { Known } from './dns.ts'
import { standingAt } from './dns-index.ts'
import { hostOf } from './lanes.ts'
import type { DecodedExchange, DnsOperation } from './model.ts'

/** Null when the host is a CA's, or was never sent a value that a challenge expects. */
export function readUnnamed(decoded: DecodedExchange, { index }: Known): DnsReading | null {
  const { method, url } = decoded.head.request
  const host = hostOf(url)
  if (index.caHosts.has(host)) return null
  const values = decoded.txtCandidates.filter((value) => index.proofs.byValue.has(value))
  if (!values.length && !index.dns.hosts.has(host)) return null
  const standing = standingAt(index.dns, host, NAMELESS)
  const operation = values.length
    ? operationOf(
        method,
        url,
        values.every((value) => standing.has(value)),
      )
    : null
  const status = decoded.head.response?.status ?? null
  const action = ACTIONS[operation ?? 'dns.listRecords']
  return {
    ...NOTHING_SAID,
    operation,
    changes: action ? values.map((value) => change(action, { type: 'TXT', values: [value] })) : [],
    accepted: status !== null && status >= 200 && status <= 299,
    errors: status !== null && status >= 400 ? [refusal(status, operation)] : [],
  }
}

const NAMELESS = { type: 'TXT', name: '' }

const NOTHING_SAID = { api: null, zone: null, zones: [], asked: null, listed: [], found: null, progress: null } as const

const ACTIONS: Partial<Record<DnsOperation, DnsRecordChange['action']>> = {
  'dns.createRecord': 'create',
  'dns.updateRecord': 'update',
  'dns.deleteRecord': 'delete',
}

const DELETES = /^(?:delete|remove|clear|unset|destroy|del|rm)(?![a-z])/i
const WRITES = /^(?:add|create|set|update|upsert|put|insert|edit|modify|change|present|txt|dyndns)(?![a-z])/i

/**
 * By the method, and by the words of the path and the query where the method says nothing, as in APIs that do
 * everything by GET or POST. What is written again is changed.
 */
function operationOf(method: string, url: string, isThere: boolean): DnsOperation {
  const words = wordsOf(url)
  if (method === 'DELETE' || words.some((word) => DELETES.test(word))) return 'dns.deleteRecord'
  const isLook = method === 'GET' || method === 'HEAD'
  if (isLook && !words.some((word) => WRITES.test(word))) return 'dns.listRecords'
  return isThere ? 'dns.updateRecord' : 'dns.createRecord'
}

/** Parts of the path and the query that are no names of hosts: `/records/delete?action=x` → records, delete, action, x. */
const wordsOf = (url: string): readonly string[] =>
  url
    .replace(/^[a-z]+:\/\/[^/?#]*/i, '')
    .split(/[/?&=;#]/)
    .filter((word) => word !== '' && word.length <= 64 && !word.includes('.'))
