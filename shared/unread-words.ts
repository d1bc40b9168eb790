/** What passed unread, for a person. */
import type { Unread } from './api.ts'

const counted = (count: number, one: string): string => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`

/** `12 connections and 3 plain requests to 4 hosts passed unread and are not recorded` */
export function unreadWords({ connections, requests, hosts }: Unread): string {
  const what = [
    ...(connections > 0 ? [counted(connections, 'connection')] : []),
    ...(requests > 0 ? [counted(requests, 'plain request')] : []),
  ]
  const isOne = connections + requests === 1
  return `${what.join(' and ')} to ${counted(hosts, 'host')} passed unread and ${isOne ? 'is' : 'are'} not recorded`
}
