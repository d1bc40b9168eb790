/** ACME clients by what they say in User-Agent. The first row that fits counts: libraries come after their users. */

interface ClientRow {
  readonly pattern: RegExp
  readonly label: string
}

const rows: readonly ClientRow[] = [
  { pattern: /traefik\/v?([\d.]+)?/i, label: 'Traefik' },
  { pattern: /cert-manager[^\s/]*\/v?([\d.]+)?/i, label: 'cert-manager' },
  { pattern: /Caddy\/v?([\d.]+)?/i, label: 'Caddy' },
  { pattern: /CertMagic/i, label: 'CertMagic' },
  { pattern: /CertbotACMEClient\/([\d.]+)/i, label: 'certbot' },
  { pattern: /acme\.sh\/([\d.]+)?/i, label: 'acme.sh' },
  { pattern: /dehydrated\/([\d.]+)?/i, label: 'dehydrated' },
  { pattern: /uacme\/([\d.]+)?/i, label: 'uacme' },
  { pattern: /acme-tiny/i, label: 'acme-tiny' },
  { pattern: /acmetool/i, label: 'acmetool' },
  { pattern: /win-acme\/([\d.]+)?|simple-acme/i, label: 'win-acme' },
  { pattern: /Posh-ACME\/([\d.]+)?/i, label: 'Posh-ACME' },
  { pattern: /mod_md\/([\d.]+)?/i, label: 'Apache mod_md' },
  { pattern: /HAProxy/i, label: 'HAProxy' },
  { pattern: /step\/([\d.]+)?/i, label: 'step' },
  { pattern: /lego-cli\/([\w.-]+)?|goacme-lego/i, label: 'lego' },
  { pattern: /xenolf-acme\/([\d.]+)?/i, label: 'lego' },
  { pattern: /node-acme-client\/([\d.]+)?/i, label: 'acme-client (Node)' },
  { pattern: /python-requests/i, label: 'Python client' },
  { pattern: /Go-http-client/i, label: 'Go client' },
  { pattern: /curl\/([\d.]+)?/i, label: 'curl' },
]

/** `Traefik 2.11.0`; the first word of an unknown User-Agent; `Client` where none was sent. */
export function clientLabel(userAgent: string | null): string {
  for (const { pattern, label } of rows) {
    const match = userAgent === null ? null : pattern.exec(userAgent)
    if (match) return match[1] ? `${label} ${match[1]}` : label
  }
  return userAgent?.split(/\s/)[0]?.slice(0, 40) || 'Client'
}
