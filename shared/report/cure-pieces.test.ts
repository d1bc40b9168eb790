import { expect, it } from 'vitest'
import { KNOWN_CLIENTS } from '../acme/known/clients.ts'
import { cureFor, TOPICS } from '../acme/known/cures.ts'
import { curePieces } from './cure-pieces.ts'

const typed = (cure: string) => curePieces(cure).flatMap(({ kind, text }) => (kind === 'typed' ? [text] : []))

it.each([
  ['compare `dig NS ZONE` with the provider', ['dig NS ZONE']],
  [
    'lego: --dns.propagation.wait 60s (lego 4: --dns.propagation-wait) waits',
    ['--dns.propagation.wait 60s', '--dns.propagation-wait'],
  ],
  ['certbot: --eab-kid KID --eab-hmac-key KEY with the first', ['--eab-kid KID', '--eab-hmac-key KEY']],
  ['set SSL_CERT_FILE to it; the provider’s …_PROPAGATION_TIMEOUT', ['SSL_CERT_FILE', '…_PROPAGATION_TIMEOUT']],
  ['Traefik: set acme.dnsChallenge.resolvers (before 3.3: x).', ['acme.dnsChallenge.resolvers']],
  [
    'holds dns_cloudflare_api_token = TOKEN, with Zone:Read and DNS:Edit',
    ['dns_cloudflare_api_token', 'Zone:Read', 'DNS:Edit'],
  ],
  ['put it in /usr/local/share/ca-certificates. Then go on', ['/usr/local/share/ca-certificates']],
  ['accounts below ~/.acme.sh/ca; and/or not', ['~/.acme.sh/ca']],
  ['solvers[].dns01 of www.example.test.', ['www.example.test']],
  ['Nothing to do. It is normal.', []],
])('%s', (cure, expected) => expect(typed(cure)).toEqual(expect.arrayContaining(expected)))

it('loses nothing of any cure there is', () => {
  const cures = TOPICS.flatMap((topic) => [null, ...KNOWN_CLIENTS].map((client) => cureFor(topic, client)))
  for (const cure of cures)
    expect(
      curePieces(cure)
        .map(({ text }) => text)
        .join(''),
    ).toBe(cure.replaceAll('`', ''))
})

it('takes no time over what is long and odd', () => {
  for (const text of [
    'a.'.repeat(100_000),
    '_A'.repeat(100_000),
    '/'.repeat(200_000),
    '--a'.repeat(100_000),
    '`'.repeat(9),
  ])
    expect(curePieces(text).length).toBeLessThan(5_000)
})
