/** How to point a client at the recorder: a new client is one row. Every one needs the proxy and our authority. */
import type { RecorderInfo } from '../../shared/api.ts'

export interface Recipe {
  readonly id: string
  readonly label: string
  /** One or two sentences above the text to copy. */
  readonly note: string
  readonly text: (recorder: RecorderInfo) => string
}

/** Backends and local networks stay off the proxy: a reverse proxy's own traffic is none of ours. */
const NO_PROXY = 'localhost,127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16'

/** From inside a container the recorder is at the host, not at the container's own loopback. */
const fromContainer = (url: string): string =>
  url.replace(/\/\/(127\.0\.0\.1|localhost|\[::1\])/, '//host.docker.internal')

export const recipes: readonly Recipe[] = [
  {
    id: 'shell',
    label: 'Shell',
    note: 'For whatever is started from this shell. The bundle is the system’s roots and the recorder’s own.',
    text: ({ proxy, authority }) => `export HTTPS_PROXY=${proxy}
export SSL_CERT_FILE=${authority.bundle}
export REQUESTS_CA_BUNDLE=${authority.bundle}
export CURL_CA_BUNDLE=${authority.bundle}
export NODE_EXTRA_CA_CERTS=${authority.pem}`,
  },
  {
    id: 'run',
    label: 'acmescope run',
    note: 'Runs one command with everything set, and records it on its own.',
    text: () => 'acmescope run -- certbot certonly --staging …',
  },
  {
    id: 'traefik',
    label: 'Traefik (compose)',
    note: 'Go reads every file in /etc/ssl/certs, so one mounted file covers the CA and the DNS provider. NO_PROXY keeps Traefik’s own backends off the recorder. The recorder must listen beyond loopback: acmescope --proxy-host 0.0.0.0',
    text: ({ proxy, authority }) => `services:
  traefik:
    environment:
      HTTPS_PROXY: ${fromContainer(proxy)}
      NO_PROXY: ${NO_PROXY}
    volumes:
      - ${authority.pem}:/etc/ssl/certs/acmescope.pem:ro
    extra_hosts:
      - host.docker.internal:host-gateway`,
  },
  {
    id: 'certbot',
    label: 'certbot',
    note: 'certbot itself reads REQUESTS_CA_BUNDLE; its newer Cloudflare plugin reads SSL_CERT_FILE.',
    text: ({ proxy, authority }) => `HTTPS_PROXY=${proxy} \\
REQUESTS_CA_BUNDLE=${authority.bundle} \\
SSL_CERT_FILE=${authority.bundle} \\
certbot certonly --staging …`,
  },
  {
    id: 'lego',
    label: 'lego',
    note: 'SSL_CERT_FILE covers both of lego’s connections; LEGO_CA_CERTIFICATES only the one to the CA.',
    text: ({ proxy, authority }) => `HTTPS_PROXY=${proxy} \\
SSL_CERT_FILE=${authority.bundle} \\
lego --server https://acme-staging-v02.api.letsencrypt.org/directory …`,
  },
]
