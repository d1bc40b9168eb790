// How a client that reads variables is started by hand, through a recorder that runs: which of the rows of trust it takes.
import type { ClientId } from './acme/known/clients.ts'
import { environmentFor, TRUST_ROWS, type TrustRow, type TrustValues } from './client-trust.ts'

export interface ClientSetup {
  readonly client: ClientId
  /** Its page in docs/clients/. */
  readonly page: string
  /** Rows of `TRUST_ROWS`, the proxy first. */
  readonly variables: readonly string[]
  /** The beginning of its command. */
  readonly command: string
  /** It is run as root as a rule, who gets no environment from sudo. */
  readonly asRoot?: true
}

export const CLIENT_SETUPS: readonly ClientSetup[] = [
  { client: 'lego', page: 'lego', variables: ['HTTPS_PROXY', 'SSL_CERT_FILE'], command: 'lego …' },
  {
    client: 'certbot',
    page: 'certbot',
    variables: ['HTTPS_PROXY', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'],
    command: 'certbot certonly --staging …',
    asRoot: true,
  },
  {
    client: 'caddy',
    page: 'caddy',
    variables: ['HTTPS_PROXY', 'SSL_CERT_FILE'],
    command: 'caddy run --config Caddyfile',
  },
  {
    client: 'acme.sh',
    page: 'acme.sh',
    variables: ['HTTPS_PROXY', 'CURL_CA_BUNDLE'],
    command: 'acme.sh --issue --staging …',
  },
  {
    client: 'dehydrated',
    page: 'dehydrated',
    variables: ['HTTPS_PROXY', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE'],
    command: 'dehydrated -c …',
  },
  { client: 'uacme', page: 'uacme', variables: ['UACME_PROXY', 'UACME_CAINFO'], command: 'uacme -s -v issue …' },
  { client: 'acme-tiny', page: 'acme-tiny', variables: ['HTTPS_PROXY', 'SSL_CERT_FILE'], command: 'acme-tiny …' },
  { client: 'acmetool', page: 'acmetool', variables: ['HTTPS_PROXY', 'SSL_CERT_FILE'], command: 'acmetool …' },
  { client: 'curl', page: 'curl', variables: ['HTTPS_PROXY', 'CURL_CA_BUNDLE'], command: 'curl …' },
  {
    client: 'node',
    page: 'node',
    variables: ['HTTPS_PROXY', 'NODE_USE_ENV_PROXY', 'NODE_EXTRA_CA_CERTS'],
    command: 'node …',
  },
  {
    client: 'python',
    page: 'python',
    variables: ['HTTPS_PROXY', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'],
    command: 'python3 …',
  },
  { client: 'go', page: 'go', variables: ['HTTPS_PROXY', 'SSL_CERT_FILE'], command: './YOUR-PROGRAM …' },
]

/** Those that lead to the proxy, and those that make it trust us, with their values. */
export function setupOf({ variables }: ClientSetup, values: TrustValues) {
  const rows = variables.flatMap((name) => TRUST_ROWS.find(({ variable }) => variable === name) ?? [])
  const of = (isTrust: boolean) =>
    Object.entries(
      environmentFor(
        rows.filter((row) => isTrustRow(row) === isTrust),
        values,
      ),
    )
  return { proxy: of(false), trust: of(true) }
}

const isTrustRow = ({ value }: TrustRow): boolean => value === 'bundle' || value === 'pem'
