/**
 * What is secret on this wire. ROWS ONLY: a new secret is a row. ACME's own vocabulary is no secret: tokens, thumbprints,
 * nonces, CSRs, certificates and signatures are bound to a URL and used up, so no row may name them by those words.
 */

/** Why something is masked; a level is a choice of these. */
export type Category = 'credential' | 'personal'

export type RedactionLevel = 'secrets' | 'none'

export const LEVELS: Readonly<Record<RedactionLevel, readonly Category[]>> = {
  secrets: ['credential', 'personal'],
  none: [],
}

export interface Rule {
  /** Stands in the pseudonym: `<bearer_token_1>`. */
  readonly label: string
  readonly category: Category
}

export interface HeaderRule extends Rule {
  /** Lower case. */
  readonly header: string
  /** `scheme`: what follows the scheme is secret, and the scheme tells what it is. */
  readonly form: 'whole' | 'scheme' | 'cookies' | 'set-cookie'
}

export interface NamedRule extends Rule {
  /** Lower case. */
  readonly name: string
  /** Only at these hosts and the hosts below them; everywhere when absent. */
  readonly hosts?: readonly string[]
  /** A beginning of the value that is no secret and stays. */
  readonly keep?: string
}

const credential = (label: string): Rule => ({ label, category: 'credential' })
const personal = (label: string): Rule => ({ label, category: 'personal' })

const whole = (label: string, ...headers: readonly string[]): readonly HeaderRule[] =>
  headers.map((header) => ({ ...credential(label), header, form: 'whole' }))

export const HEADER_RULES: readonly HeaderRule[] = [
  { ...credential('authorization'), header: 'authorization', form: 'scheme' },
  { ...credential('authorization'), header: 'proxy-authorization', form: 'scheme' },
  { ...credential('cookie'), header: 'cookie', form: 'cookies' },
  { ...credential('cookie'), header: 'set-cookie', form: 'set-cookie' },
  // Cloudflare's global key
  ...whole('api_key', 'x-auth-key'),
  { ...personal('email'), header: 'x-auth-email', form: 'whole' },
  // Cloudflare Origin CA
  ...whole('api_key', 'x-auth-user-service-key'),
  ...whole('api_key', 'x-api-key', 'api-key', 'apikey', 'x-apikey'),
  ...whole('api_secret', 'x-api-secret', 'x-api-secret-key'),
  // OpenStack, Hetzner, ClouDNS and others
  ...whole('api_token', 'x-auth-token', 'auth-api-token', 'x-subject-token', 'x-api-token', 'x-access-token'),
  // acme-dns
  ...whole('username', 'x-api-user'),
  // AWS
  ...whole('session_token', 'x-amz-security-token'),
  // OVH
  ...whole('api_key', 'x-ovh-application', 'x-ovh-consumer'),
  ...whole('request_signature', 'x-ovh-signature'),
  // NS1, DNS Made Easy, TransIP, Dynu
  ...whole('api_key', 'x-nsone-key', 'x-dnsme-apikey'),
  ...whole('request_signature', 'x-dnsme-hmac'),
]

/** By the scheme of an Authorization header, lower case. */
export const SCHEME_LABELS: Readonly<Record<string, string>> = {
  bearer: 'bearer_token',
  token: 'api_token',
  basic: 'basic_credentials',
  'sso-key': 'api_key',
  'aws4-hmac-sha256': 'aws_signature',
}

const named = (rule: Rule, ...names: readonly string[]): readonly NamedRule[] =>
  names.map((name) => ({ ...rule, name }))

/** Keys of a query string, or of a form. No ACME URL has a query with these. */
export const QUERY_RULES: readonly NamedRule[] = [
  // Boulder's unpause link, valid for weeks
  ...named(credential('unpause_token'), 'jwt'),
  ...named(credential('api_key'), 'key', 'apikey', 'api_key', 'api-key', 'accesskeyid', 'x-amz-credential'),
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
  ...named(credential('api_secret'), 'secret', 'client_secret', 'api_secret', 'assertion', 'client_assertion'),
  ...named(credential('session_token'), 'x-amz-security-token', 'securitytoken', 'sessionid', 'session_id'),
  ...named(credential('request_signature'), 'signature', 'x-amz-signature'),
  ...named(credential('password'), 'password', 'passwd', 'pass', 'auth-password'),
  ...named(credential('username'), 'username', 'apiuser', 'auth-id', 'auth-userid'),
]

/** Members of JSON objects, in bodies and inside a JWS. `token` and `key` are ACME's own words; hence the hosts. */
export const FIELD_RULES: readonly NamedRule[] = [
  // ZeroSSL's answer to eab-credentials-email, and Google's to externalAccountKeys
  ...named(credential('eab_hmac_key'), 'eab_hmac_key', 'b64mackey'),
  // acme-dns registration
  ...named(credential('password'), 'password', 'passwd', 'apipassword'),
  ...named(credential('username'), 'username'),
  // OAuth, as Google and Azure DNS use it
  ...named(credential('api_token'), 'access_token', 'refresh_token', 'id_token', 'api_token', 'auth_token'),
  ...named(credential('api_secret'), 'client_secret', 'secretapikey', 'secret_access_key', 'api_secret', 'secret'),
  // Porkbun, Netcup
  ...named(credential('api_key'), 'apikey', 'api_key', 'access_key', 'access_key_id'),
  ...named(credential('session_token'), 'apisessionid', 'session_token', 'sessiontoken'),
  // A host may mean by ACME's words what ACME does not
  {
    ...credential('api_token'),
    name: 'token',
    hosts: ['api.cloudflare.com', 'login.microsoftonline.com', 'googleapis.com'],
  },
  // Who has the account (RFC 8555 §7.1.2, and Boulder's initialIp)
  { ...personal('email'), name: 'contact', keep: 'mailto:' },
  ...named(personal('email'), 'email', 'mail', 'emailaddress'),
  ...named(personal('client_address'), 'initialip'),
]

export const CLIENT_ADDRESS_RULE: Rule = personal('client_address')
export const URL_CREDENTIALS_RULE: Rule = credential('url_credentials')
export const PASSWORD_RULE: Rule = credential('password')
export const SIGNATURE_LABEL = 'signature'
