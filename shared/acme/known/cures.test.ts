// Which client is it, and what is it told to do? The options themselves were looked up in the clients' documentation.
import { describe, expect, it } from 'vitest'
import { clientOfProgram, clientRow, KNOWN_CLIENTS, kindOfProgram } from './clients.ts'
import { cureFor, generalCure, TOPICS } from './cures.ts'

/** As recorded, or as their sources write them. */
const USER_AGENTS = [
  ['containous-traefik/3.1.0 xenolf-acme/4.17.4 (release; linux; amd64)', 'traefik'],
  ['lego-cli/4.20.4 xenolf-acme/4.20.4 (release; linux; amd64)', 'lego'],
  ['xenolf-acme/4.9.1 (release; linux; amd64)', 'lego'],
  ['CertbotACMEClient/2.1.0 (certbot; Debian GNU/Linux 12) Py/3.11.2', 'certbot'],
  ['Caddy/2.8.4 CertMagic acmez (linux; amd64)', 'caddy'],
  ['CertMagic acmez (linux; amd64)', 'certmagic'],
  ['cert-manager-issuers-acme/v1.15.3 (linux/amd64) cert-manager/d1d8a3d', 'cert-manager'],
  ['acme.sh/3.1.0 (https://github.com/acmesh-official/acme.sh)', 'acme.sh'],
  ['dehydrated/0.7.1 curl/7.88.1', 'dehydrated'],
  ['uacme/1.7.4 (https://github.com/ndilieto/uacme)', 'uacme'],
  ['acme-tiny', 'acme-tiny'],
  ['acmetool acmeapi Go-http-client/1.1 linux/amd64', 'acmetool'],
  ['win-acme/2.2.9.1701 (+https://github.com/win-acme/win-acme)', 'win-acme'],
  ['Posh-ACME/4.32.0 PowerShell/7.4.0', 'posh-acme'],
  ['Apache/2.4.62 mod_md/2.4.26', 'mod_md'],
  ['nginx-acme/0.3.1 nginx/1.29.2', 'nginx-acme'],
  ['HAProxy', 'haproxy'],
  ['step-http-client/1.0', 'step'],
  ['node-acme-client/5.4.0', 'node-acme-client'],
  ['Go-http-client/1.1', 'go'],
  ['my-own/1.0', undefined],
] as const

describe('a client', () => {
  it.each(USER_AGENTS)('%s is %s', (agent, id) => expect(clientRow(agent)?.id).toBe(id))

  it('is known by its program, and an interpreter is nobody', () => {
    expect(['certbot', 'LEGO', 'acme.sh', 'wacs.exe'].map((program) => clientOfProgram(program)?.id)).toEqual([
      'certbot',
      'lego',
      'acme.sh',
      'win-acme',
    ])
    expect(['', 'python3', 'node', 'sh', 'docker'].map(clientOfProgram)).toEqual([null, null, null, null, null])
    expect(['python3', 'node', 'sh'].map((program) => kindOfProgram(program)?.id)).toEqual([
      'python',
      'node',
      undefined,
    ])
  })
})

describe('a cure', () => {
  it('is said in general where nobody knows the client', () => {
    for (const topic of TOPICS) expect(cureFor(topic, null)).toBe(generalCure(topic))
  })

  it.each(KNOWN_CLIENTS.map((client) => [client.label, client] as const))('%s is told how to trust us', (_, client) => {
    expect(cureFor('trust', client)).not.toBe(generalCure('trust'))
  })

  it('is a sentence that begins with the client, and goes on with its own options', () => {
    for (const client of KNOWN_CLIENTS) {
      const own = TOPICS.map((topic) => [topic, cureFor(topic, client)] as const).filter(
        ([topic, text]) => text !== generalCure(topic),
      )
      for (const [, text] of own) expect(text).toMatch(/^[A-Za-z][^\n]*[.)]$/)
      for (const [, text] of own) expect(text).not.toMatch(/ {2}|\.\.$|undefined/)
    }
  })

  it('names the options of the client at hand', () => {
    const say = (agent: string, topic: Parameters<typeof cureFor>[0]) => cureFor(topic, clientRow(agent))
    expect(say('containous-traefik/3.1.0', 'propagation')).toContain('delayBeforeChecks')
    expect(say('CertbotACMEClient/2.1.0', 'propagation')).toContain('--dns-cloudflare-propagation-seconds')
    expect(say('acme.sh/3.1.0', 'eab')).toContain('--eab-kid KID --eab-hmac-key KEY')
    expect(say('cert-manager-issuers-acme/v1.15.3', 'trust')).toContain('SSL_CERT_FILE')
    expect(say('uacme/1.7.4', 'eab')).toContain('uacme -e KEYID:KEY new')
    expect(say('HAProxy', 'trust')).toContain('httpclient.ssl.ca-file')
  })
})
