/** What clients say in User-Agent, as recorded from them: to the CA, and to the DNS provider's API. */

export const AGENTS = {
  lego: {
    acme: 'lego-cli/4.20.4 xenolf-acme/4.20.4 (release; linux; amd64)',
    dns: 'cloudflare-go/v4',
  },
  traefik: {
    acme: 'containous-traefik/3.1.0 xenolf-acme/4.17.4 (release; linux; amd64)',
    dns: 'cloudflare-go/v4',
  },
  certbot: {
    acme: 'CertbotACMEClient/2.11.0 (certbot; Debian GNU/Linux 12 (bookworm)) Authenticator/dns-cloudflare Installer/None (certonly; flags: n) Py/3.11.2',
    dns: 'python-cloudflare/2.11.1/python-requests/2.28.1/python/3.11.2',
  },
  caddy: { acme: 'Caddy/2.8.4 CertMagic acmez (linux; amd64)', dns: 'Go-http-client/1.1' },
  'cert-manager': {
    acme: 'cert-manager-issuers-acme/v1.15.3 (linux/amd64) cert-manager/d1d8a3d',
    dns: 'cert-manager-challenges/v1.15.3 (linux/amd64) cert-manager/d1d8a3d',
  },
  'acme.sh': {
    acme: 'acme.sh/3.1.0 (https://github.com/acmesh-official/acme.sh)',
    dns: 'acme.sh/3.1.0 (https://github.com/acmesh-official/acme.sh)',
  },
} as const

export type AgentName = keyof typeof AGENTS
