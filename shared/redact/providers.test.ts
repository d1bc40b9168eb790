// Each DNS provider's own credentials, where its API and its clients put them: none may survive an export.
import { describe, expect, it } from 'vitest'
import type { Body, Exchange, Headers } from '../exchange.ts'
import { redactFacts } from './redact.ts'

interface Said {
  readonly url: string
  readonly headers?: Headers
  readonly type?: string
  readonly sent?: unknown
  readonly answered?: unknown
}

const toBody = (said: unknown): Body => {
  if (said === undefined) return { kind: 'empty' }
  return { kind: 'text', text: typeof said === 'string' ? said : JSON.stringify(said) }
}

const exchangeOf = ({ url, headers = [], type = 'application/json', sent, answered }: Said): Exchange => ({
  kind: 'exchange',
  id: 'one',
  sequence: 1,
  startedAt: '2026-01-02T12:00:00.000Z',
  client: { address: '127.0.0.1', port: 40000 },
  state: 'complete',
  timings: {},
  request: {
    method: 'POST',
    url,
    httpVersion: 'HTTP/1.1',
    headers: [['Content-Type', type], ...headers],
    body: toBody(sent),
  },
  response: { status: 200, statusText: '', httpVersion: 'HTTP/1.1', headers: [], body: toBody(answered) },
})

const FORM = 'application/x-www-form-urlencoded'
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhQGIuYyJ9.c2lnbmF0dXJlLW9mLWE'

const CASES: readonly (readonly [name: string, said: Said, secrets: readonly string[], kept: readonly string[]])[] = [
  [
    'Cloudflare token',
    { url: 'https://api.cloudflare.com/client/v4/zones', headers: [['Authorization', 'Bearer cf-token-1234']] },
    ['cf-token-1234'],
    ['Bearer'],
  ],
  [
    'Cloudflare key',
    {
      url: 'https://api.cloudflare.com/client/v4/zones',
      headers: [
        ['X-Auth-Key', 'cf-key-12345678'],
        ['X-Auth-Email', 'me@example.test'],
      ],
    },
    ['cf-key-12345678', 'me@example.test'],
    [],
  ],
  [
    'Route 53 signature',
    {
      url: 'https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset',
      headers: [
        [
          'Authorization',
          'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260102/us-east-1/route53/aws4_request, SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024',
        ],
        ['X-Amz-Security-Token', 'FwoGZXIvYXdzEXAMPLE'],
      ],
      answered:
        '<ErrorResponse><Error><Message>User AKIAIOSFODNN7EXAMPLE is not authorized</Message></Error></ErrorResponse>',
    },
    ['AKIAIOSFODNN7EXAMPLE', 'fe5f80f77d5f', 'FwoGZXIvYXdzEXAMPLE'],
    ['is not authorized', 'AWS4-HMAC-SHA256'],
  ],
  [
    'AWS presigned query',
    {
      url: 'https://sts.eu-west-1.amazonaws.com/?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102&X-Amz-Signature=fe5f80f77d5f&X-Amz-Security-Token=FwoGZXIvYXdz&Action=AssumeRole',
    },
    ['AKIAIOSFODNN7EXAMPLE', 'fe5f80f77d5f', 'FwoGZXIvYXdz'],
    ['Action=AssumeRole'],
  ],
  [
    'AWS role credentials',
    {
      url: 'https://sts.amazonaws.com/',
      type: FORM,
      sent: `Action=AssumeRoleWithWebIdentity&WebIdentityToken=${JWT}`,
      answered:
        '<AssumeRoleResponse><Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>wJalrXUtnFEMI/K7MDENG</SecretAccessKey><SessionToken>AQoDYXdzEJr</SessionToken></Credentials></AssumeRoleResponse>',
    },
    [JWT, 'ASIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG', 'AQoDYXdzEJr'],
    ['AssumeRoleWithWebIdentity', '<Credentials>'],
  ],
  [
    'AWS machine credentials',
    {
      url: 'http://169.254.169.254/latest/meta-data/iam/security-credentials/role',
      headers: [['X-aws-ec2-metadata-token', 'AQAEAExample']],
      answered: {
        AccessKeyId: 'ASIAEXAMPLE1',
        SecretAccessKey: 'wJalrEXAMPLE',
        Token: 'IQoJb3JpZ2luEXAMPLE',
        Code: 'Success',
      },
    },
    ['AQAEAExample', 'ASIAEXAMPLE1', 'wJalrEXAMPLE', 'IQoJb3JpZ2luEXAMPLE'],
    ['Success'],
  ],
  [
    'Google service account',
    {
      url: 'https://oauth2.googleapis.com/token',
      type: FORM,
      sent: `assertion=${JWT}&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer`,
      answered: { access_token: 'ya29.c.example', token_type: 'Bearer', expires_in: 3599 },
    },
    [JWT, 'ya29.c.example'],
    ['grant_type', '3599'],
  ],
  [
    'Google impersonation',
    {
      url: 'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.test:generateAccessToken',
      headers: [['Authorization', 'Bearer ya29.c.first']],
      answered: { accessToken: 'ya29.c.second', expireTime: '2026-01-02T13:00:00Z' },
    },
    ['ya29.c.first', 'ya29.c.second'],
    ['2026-01-02T13:00:00Z'],
  ],
  [
    'Azure application',
    {
      url: 'https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token',
      type: FORM,
      sent: 'client_id=app-1&client_secret=Az8Q~example&grant_type=client_credentials',
      answered: { access_token: 'eyJ0eXAiOiJKV1Qi', expires_in: 3599 },
    },
    ['Az8Q~example', 'Az8Q%7Eexample', 'eyJ0eXAiOiJKV1Qi'],
    ['client_id=app-1'],
  ],
  [
    'Azure federated application',
    {
      url: 'https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token',
      type: FORM,
      sent: `client_id=app-1&client_assertion=${JWT}&client_assertion_type=urn%3Ax`,
    },
    [JWT],
    ['client_assertion_type=urn%3Ax'],
  ],
  [
    'Azure managed identity',
    {
      url: 'http://169.254.169.254/metadata/identity/oauth2/token',
      headers: [['X-IDENTITY-HEADER', '853b9a84-example']],
      answered: { access_token: 'eyJ0eXAiOiJKV1Qi' },
    },
    ['853b9a84-example', 'eyJ0eXAiOiJKV1Qi'],
    [],
  ],
  [
    'DigitalOcean',
    { url: 'https://api.digitalocean.com/v2/domains', headers: [['Authorization', 'Bearer dop_v1_example']] },
    ['dop_v1_example'],
    [],
  ],
  [
    'Hetzner DNS Console',
    { url: 'https://dns.hetzner.com/api/v1/zones', headers: [['Auth-API-Token', 'hetzner-example']] },
    ['hetzner-example'],
    [],
  ],
  [
    'Hetzner Cloud',
    { url: 'https://api.hetzner.cloud/v1/zones', headers: [['Authorization', 'Bearer hcloud-example']] },
    ['hcloud-example'],
    [],
  ],
  [
    'Gandi',
    {
      url: 'https://api.gandi.net/v5/livedns/domains',
      headers: [
        ['Authorization', 'Apikey gandi-example'],
        ['X-Api-Key', 'gandi-older'],
      ],
    },
    ['gandi-example', 'gandi-older'],
    ['Apikey <api_key_'],
  ],
  [
    'OVHcloud',
    {
      url: 'https://eu.api.ovh.com/1.0/auth/credential',
      headers: [
        ['X-Ovh-Application', 'ovh-app-key'],
        ['X-Ovh-Consumer', 'ovh-consumer-key'],
        ['X-Ovh-Signature', '$1$aef3d1f0example'],
        ['X-Ovh-Timestamp', '1767355200'],
      ],
      answered: {
        consumerKey: 'ovh-new-consumer',
        state: 'pendingValidation',
        validationUrl: 'https://www.ovh.com/auth/sso/api?credentialToken=ovh-credential-token',
      },
    },
    ['ovh-app-key', 'ovh-consumer-key', '$1$aef3d1f0example', 'ovh-new-consumer', 'ovh-credential-token'],
    ['1767355200', 'pendingValidation'],
  ],
  [
    'acme-dns update',
    {
      url: 'https://auth.example.test/update',
      headers: [
        ['X-Api-User', 'c36f50e8-4632-44f0-83fe-e070fef28a10'],
        ['X-Api-Key', 'htB9mR9DYgcu9bX_afHF62erXaH2TS7bg9KW3F7Z'],
      ],
      sent: { subdomain: '8e5700ea', txt: 'v' },
    },
    ['c36f50e8', 'htB9mR9D'],
    ['8e5700ea'],
  ],
  [
    'acme-dns registration',
    {
      url: 'https://auth.example.test/register',
      answered: {
        fulldomain: '8e5700ea.auth.example.test',
        password: 'htB9mR9DYgcu9bX_afHF62erXaH2TS7bg9KW3F7Z',
        subdomain: '8e5700ea',
        username: 'c36f50e8-4632-44f0-83fe-e070fef28a10',
      },
    },
    ['c36f50e8', 'htB9mR9D'],
    ['8e5700ea.auth.example.test'],
  ],
]

describe('the credentials of a DNS provider', () => {
  it.each(CASES)('do not survive: %s', (_, said, secrets, kept) => {
    const facts = [exchangeOf(said)]
    expect(JSON.stringify(facts)).toContain(secrets[0])
    const text = JSON.stringify(redactFacts(facts, 'secrets').facts)
    for (const secret of secrets) expect(text).not.toContain(secret)
    for (const word of kept) expect(text).toContain(word)
  })
})
