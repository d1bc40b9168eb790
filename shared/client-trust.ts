// What makes each kind of client use our proxy and trust our authority: rows of environment variables, nothing else.

import { shellQuoted } from './shell.ts'

/**
 * `proxy`: its URL · `bundle`: the machine's roots and ours, for settings that replace · `pem`: ours alone, for settings that
 * add · `yes`: 1 · `nothing`: empty.
 */
export type TrustValue = 'proxy' | 'bundle' | 'pem' | 'yes' | 'nothing'

export interface TrustRow {
  readonly variable: string
  readonly value: TrustValue
  /** Who reads it. */
  readonly clients: string
  /** In the line a person copies into a shell; the rest is for `run`. */
  readonly isCommon?: true
}

export const TRUST_ROWS: readonly TrustRow[] = [
  { variable: 'HTTPS_PROXY', value: 'proxy', clients: 'Go, Python, Node and most others', isCommon: true },
  { variable: 'https_proxy', value: 'proxy', clients: 'curl, wget, Python urllib' },
  { variable: 'HTTP_PROXY', value: 'proxy', clients: 'Go, Python requests' },
  { variable: 'http_proxy', value: 'proxy', clients: 'curl (which reads it in lower case only), wget' },
  // A list that names the CA or the DNS provider would hide them from us. What is recorded is one command.
  { variable: 'NO_PROXY', value: 'nothing', clients: 'all that read HTTPS_PROXY' },
  { variable: 'no_proxy', value: 'nothing', clients: 'all that read https_proxy' },
  // Where it names a SOCKS proxy, some refuse to start for want of a library, although HTTPS_PROXY comes first.
  { variable: 'ALL_PROXY', value: 'nothing', clients: 'curl, Python httpx' },
  { variable: 'all_proxy', value: 'nothing', clients: 'curl, Python httpx' },
  { variable: 'NODE_USE_ENV_PROXY', value: 'yes', clients: 'Node from 22.21 and 24: its fetch, http and https' },
  {
    variable: 'SSL_CERT_FILE',
    value: 'bundle',
    clients: 'Go (Traefik, lego, Caddy, cert-manager, step), Python ssl and httpx, OpenSSL',
    isCommon: true,
  },
  {
    variable: 'REQUESTS_CA_BUNDLE',
    value: 'bundle',
    clients: 'Python requests: certbot and its DNS plugins',
    isCommon: true,
  },
  { variable: 'CURL_CA_BUNDLE', value: 'bundle', clients: 'curl: acme.sh, dehydrated, getssl', isCommon: true },
  { variable: 'NODE_EXTRA_CA_CERTS', value: 'pem', clients: 'Node: acme-client, greenlock', isCommon: true },
  {
    variable: 'LEGO_CA_CERTIFICATES',
    value: 'bundle',
    clients: 'lego and Traefik, for the CA; replaces the system pool',
  },
  { variable: 'UACME_PROXY', value: 'proxy', clients: 'uacme, from 1.7.6' },
  { variable: 'UACME_CAINFO', value: 'bundle', clients: 'uacme, from 1.7.6' },
  { variable: 'GIT_SSL_CAINFO', value: 'bundle', clients: 'git' },
  { variable: 'AWS_CA_BUNDLE', value: 'bundle', clients: 'AWS CLI and boto3: Route 53 plugins' },
  { variable: 'CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE', value: 'bundle', clients: 'gcloud: Cloud DNS hooks' },
  { variable: 'HTTPLIB2_CA_CERTS', value: 'bundle', clients: 'Python httplib2: Google API clients' },
  { variable: 'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH', value: 'bundle', clients: 'gRPC' },
  { variable: 'PIP_CERT', value: 'bundle', clients: 'pip' },
  { variable: 'PERL_LWP_SSL_CA_FILE', value: 'bundle', clients: 'Perl LWP' },
  { variable: 'DENO_CERT', value: 'pem', clients: 'Deno' },
  { variable: 'CARGO_HTTP_CAINFO', value: 'bundle', clients: 'cargo' },
]

/** Programs that read no variable for whom to trust, only the system's bundle: `run` lets ours stand there, for them alone. */
export const READ_SYSTEM_BUNDLE: readonly { readonly program: string; readonly because: string }[] = [
  { program: 'uacme', because: 'before 1.7.6, with GnuTLS' },
]

/** Programs that start others without our variables, and what to do then. */
export const OWN_ENVIRONMENT: readonly { readonly programs: readonly string[]; readonly cure: string }[] = [
  {
    programs: ['sudo', 'doas', 'su', 'runuser', 'pkexec'],
    cure: 'it passes no variables on: start acmescope itself as that user (sudo acmescope run -- COMMAND)',
  },
  {
    programs: ['docker', 'podman', 'nerdctl', 'docker-compose', 'kubectl', 'helm'],
    cure: 'what it starts has an environment of its own: see docs/clients for containers',
  },
  {
    programs: ['systemctl', 'service', 'systemd-run', 'ssh'],
    cure: 'what it starts is no child of its: give the service itself the variables, or run its command by hand',
  },
]

export interface TrustValues {
  readonly proxy: string
  /** Absolute paths. */
  readonly bundle: string
  readonly pem: string
}

/**
 * The variables for a client's environment. They replace what a person may have set for the CA of the server (such as
 * `REQUESTS_CA_BUNDLE` with Pebble's root): between client and recorder only our authority counts, and the server's CA
 * is the recorder's to trust (`--upstream-ca`).
 */
export function environmentFor(rows: readonly TrustRow[], values: TrustValues): Readonly<Record<string, string>> {
  const all = { ...values, yes: '1', nothing: '' }
  return Object.fromEntries(rows.map(({ variable, value }) => [variable, all[value]]))
}

/** One line for a POSIX shell, with the common variables. */
export function exportLine(values: TrustValues): string {
  const common = environmentFor(
    TRUST_ROWS.filter((row) => row.isCommon),
    values,
  )
  return `export ${Object.entries(common)
    .map(([variable, value]) => `${variable}=${shellQuoted(value)}`)
    .join(' ')}`
}
