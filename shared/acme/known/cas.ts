/** Certification authorities by the host of their directory: rows, so that a lane can carry a name people know. */

interface CaRow {
  readonly host: string
  readonly label: string
}

const rows: readonly CaRow[] = [
  { host: 'acme-v02.api.letsencrypt.org', label: "Let's Encrypt" },
  { host: 'acme-staging-v02.api.letsencrypt.org', label: "Let's Encrypt (staging)" },
  { host: 'acme.zerossl.com', label: 'ZeroSSL' },
  { host: 'dv.acme-v02.api.pki.goog', label: 'Google Trust Services' },
  { host: 'dv.acme-v02.test-api.pki.goog', label: 'Google Trust Services (staging)' },
  { host: 'api.buypass.com', label: 'Buypass' },
  { host: 'api.test4.buypass.no', label: 'Buypass (test)' },
  { host: 'acme.ssl.com', label: 'SSL.com' },
  { host: 'acme.digicert.com', label: 'DigiCert' },
  { host: 'acme.sectigo.com', label: 'Sectigo' },
  { host: 'acme.actalis.com', label: 'Actalis' },
]

/** The CA's own name, or its host where nobody wrote it down here. */
export const caLabel = (host: string): string => rows.find((row) => row.host === host)?.label ?? host
