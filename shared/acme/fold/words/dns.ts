/** A DNS provider's part of a step's line. */
import type { DnsStep } from '../../dns-leg/dns.ts'
import type { DecodedExchange, DnsChange, DnsSeen } from '../../model.ts'

const VERBS = { create: 'Create', update: 'Change', delete: 'Delete' } as const

/** What the request wants to do; null where the provider's API is not about it. */
export function dnsIntent({ operation, seen, changes }: DnsStep, { head }: DecodedExchange): string | null {
  const { asked, zone, api } = seen
  switch (operation) {
    case 'dns.findZone':
      return zone?.name ? `Look for the zone ${zone.name}` : 'Look for the zone'
    case 'dns.listRecords':
      return asked?.name ? `List records of ${asked.name}` : 'List records'
    case 'dns.createRecord':
      return writing(changes, 'Create')
    case 'dns.updateRecord':
      return writing(changes, 'Change')
    case 'dns.deleteRecord':
      return writing(changes, 'Delete')
    case 'dns.verifyToken':
      return head.request.method === 'GET' ? 'Check the API token' : 'Ask for an access token'
    case null:
      return api?.title ?? null
  }
}

/** `Create TXT _acme-challenge.example.org (2 values), delete TXT …`: each thing that is done to each name. */
function writing(changes: readonly DnsChange[], verb: string): string {
  const done = new Map<string, number>()
  for (const { action, type, name } of changes) {
    const what = [VERBS[action], type ?? 'a record', name].filter(Boolean).join(' ')
    done.set(what, (done.get(what) ?? 0) + 1)
  }
  const [first, ...others] = [...done].map(([what, count]) => (count === 1 ? what : `${what} (${count} values)`))
  if (first === undefined) return `${verb} a record`
  const shown = [first, ...others.slice(0, 2).map((what) => what.charAt(0).toLowerCase() + what.slice(1))].join(', ')
  return others.length > 2 ? `${shown} and ${others.length - 2} more` : shown
}

/** What came of it, where that is more than that it was done. */
export function dnsOutcome({ operation, seen: { found, progress } }: DnsStep): string | null {
  if (operation === 'dns.findZone' && found !== null)
    return found === 0 ? 'none' : found === 1 ? 'found' : `${found} found`
  if (operation === 'dns.listRecords' && found !== null) return String(found)
  if (operation !== null || progress === null) return null
  return progress === 'done' ? 'done' : 'not done yet'
}

/** The provider's own words about a refusal; empty when it had none. */
export function dnsRefusal({ errors }: DnsSeen): string {
  const [error] = errors
  const words = error ? [error.code, error.message].filter((word) => word !== '').join(': ') : ''
  return words === '' || error?.message === '' ? '' : ` (${words})`
}
