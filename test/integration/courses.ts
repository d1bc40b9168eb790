/** What each client does from the directory to the certificate, in order (`Operations`): ways of their own, all of them. */
import type { Operations } from './expectations.ts'

const twice = (operations: Operations): Operations => [...operations, ...operations]
const end = ['finalize', 'order?', 'certificate']
const begin = ['directory', 'newNonce', 'newAccount', 'newOrder', 'authorization']
/** As a hook writes a TXT record, and takes it away. */
const write = ['dns.findZone', 'dns.createRecord']
const clean = ['dns.findZone', 'dns.listRecords', 'dns.deleteRecord']
// They fetch the directory once for the account and once for the order, as two commands do.
const uacme = twice(['directory', 'newNonce', 'newAccount'])
const dehydrated = ['directory', 'newAccount', 'directory', 'newOrder', 'order', 'authorization']

export const COURSES = {
  certbot: [...begin, 'challenge', 'authorization', ...end],
  lego: [...begin, 'challenge', 'authorization?', ...end],
  acmetool: [
    ...[...begin, 'challenge', 'authorization', 'order', 'finalize'],
    ...['directory', 'newNonce', 'newAccount', 'order', 'certificate'],
  ],
  dehydrated: [...dehydrated, 'challenge', ...end],
  uacme: [...uacme, 'newOrder', ...twice(['authorization', 'challenge']), 'order', ...end],
  acmeTiny: [
    ...['directory', 'newAccount', 'account', 'newOrder', 'authorization', 'validation.http-01', 'challenge'],
    ...['authorization', 'finalize', 'order', 'certificate'],
  ],
  acmeClient: [
    ...['directory', 'newAccount', 'newOrder', 'authorization', 'challenge'],
    ...['finalize', 'order?', 'certificate'],
  ],
  apache: [
    ...['directory', 'newNonce', 'newAccount', 'newOrder', 'order', 'authorization', 'challenge', 'authorization'],
    ...['order', 'finalize', 'order', 'certificate'],
  ],
  caddy: [...begin, 'challenge', 'authorization?', ...end],
  certbotDns: [
    ...[...begin, ...twice([...write, 'dns.listRecords']), ...write, 'dns.listRecords', 'challenge', 'authorization'],
    ...[...twice(clean), ...clean, ...end],
  ],
  legoDns: [...begin, ...twice([...write, 'challenge', 'authorization?', ...clean]), ...end],
  dehydratedDns: [...dehydrated, ...twice(write), 'challenge', ...twice(clean), ...end],
  uacmeDns: [...uacme, 'newOrder', 'authorization', ...write, 'challenge', ...clean, 'order', ...end],
} as const satisfies Readonly<Record<string, Operations>>
