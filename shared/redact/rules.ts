/**
 * What is secret on this wire. ROWS ONLY: a new secret is a row, here or with the DNS provider whose secret it is. ACME's
 * own vocabulary is no secret: tokens, thumbprints, nonces, CSRs, certificates and signatures are bound to a URL and used
 * up, so no row may name them by those words.
 */
import { providers } from '../dns/providers.ts'
import {
  type Category,
  credential,
  type HeaderRule,
  type NamedRule,
  named,
  personal,
  type Rule,
  type SchemeRule,
  type Secrets,
  whole,
} from './rule.ts'

export type RedactionLevel = 'secrets' | 'none'

export const LEVELS: Readonly<Record<RedactionLevel, readonly Category[]>> = {
  secrets: ['credential', 'personal'],
  none: [],
}

/** What each DNS provider we can read says of itself. */
const ofProviders = providers.map(({ secrets }): Secrets => secrets ?? {})

export const HEADER_RULES: readonly HeaderRule[] = [
  { ...credential('authorization'), header: 'authorization', form: 'scheme' },
  { ...credential('authorization'), header: 'proxy-authorization', form: 'scheme' },
  { ...credential('cookie'), header: 'cookie', form: 'cookies' },
  { ...credential('cookie'), header: 'set-cookie', form: 'set-cookie' },
  ...whole('api_key', 'x-api-key', 'api-key', 'apikey', 'x-apikey'),
  ...whole('api_secret', 'x-api-secret', 'x-api-secret-key'),
  // OpenStack, ClouDNS and others
  ...whole('api_token', 'x-auth-token', 'x-subject-token', 'x-api-token', 'x-access-token'),
  // NS1, DNS Made Easy, TransIP, Dynu
  ...whole('api_key', 'x-nsone-key', 'x-dnsme-apikey'),
  ...whole('request_signature', 'x-dnsme-hmac'),
  ...ofProviders.flatMap(({ headers = [] }) => headers),
]

/** By the scheme of an Authorization header, lower case. */
export const SCHEME_RULES: ReadonlyMap<string, SchemeRule> = new Map([
  ['bearer', { label: 'bearer_token' }],
  ['token', { label: 'api_token' }],
  ['basic', { label: 'basic_credentials' }],
  ['sso-key', { label: 'api_key' }],
  ...ofProviders.flatMap(({ schemes = {} }) => Object.entries<SchemeRule>(schemes)),
])

/** Keys of a query string, or of a form. No ACME URL has a query with these. */
export const QUERY_RULES: readonly NamedRule[] = [
  // Boulder's unpause link, valid for weeks
  ...named(credential('unpause_token'), 'jwt'),
  ...named(credential('api_key'), 'key', 'apikey', 'api_key', 'api-key', 'accesskeyid'),
  ...named(
    credential('api_token'),
    'token',
    'access_token',
    'auth_token',
    'authtoken',
    'auth-token',
    'api_token',
    'refresh_token',
    'id_token',
  ),
  ...named(credential('api_secret'), 'secret', 'client_secret', 'api_secret'),
  ...named(credential('session_token'), 'securitytoken', 'sessionid', 'session_id'),
  ...named(credential('request_signature'), 'signature'),
  ...named(credential('password'), 'password', 'passwd', 'pass', 'auth-password'),
  ...named(credential('username'), 'username', 'apiuser', 'auth-id', 'auth-userid'),
  ...ofProviders.flatMap(({ query = [] }) => query),
]

/**
 * Members of JSON objects, in bodies and inside a JWS, and elements of XML. `token` and `key` are ACME's own words: a
 * host may mean by them what ACME does not, and then the rule is for that host.
 */
export const FIELD_RULES: readonly NamedRule[] = [
  // ZeroSSL's answer to eab-credentials-email, and Google's to externalAccountKeys
  ...named(credential('eab_hmac_key'), 'eab_hmac_key', 'b64mackey'),
  ...named(credential('password'), 'password', 'passwd', 'apipassword'),
  ...named(credential('username'), 'username'),
  // OAuth
  ...named(credential('api_token'), 'access_token', 'refresh_token', 'id_token', 'api_token', 'auth_token'),
  ...named(credential('api_secret'), 'client_secret', 'secretapikey', 'secret_access_key', 'api_secret', 'secret'),
  // Porkbun, Netcup
  ...named(credential('api_key'), 'apikey', 'api_key', 'access_key', 'access_key_id'),
  ...named(credential('session_token'), 'apisessionid', 'session_token', 'sessiontoken'),
  // Who has the account (RFC 8555 §7.1.2, and Boulder's initialIp)
  { ...personal('email'), name: 'contact', keep: 'mailto:' },
  ...named(personal('email'), 'email', 'mail', 'emailaddress'),
  ...named(personal('client_address'), 'initialip'),
  ...ofProviders.flatMap(({ fields = [] }) => fields),
]

export const CLIENT_ADDRESS_RULE: Rule = personal('client_address')
export const URL_CREDENTIALS_RULE: Rule = credential('url_credentials')
export const PASSWORD_RULE: Rule = credential('password')
export const SIGNATURE_LABEL = 'signature'
