/** Certification authorities by the host of their directory: rows, so that a lane can carry a name people know. */

interface CaRow {
  readonly host: string
  readonly label: string
  /** Where people get the key identifier and the MAC key of an external account (RFC 8555 §7.3.4). */
  readonly eab?: string
}

const ZEROSSL = 'ZeroSSL shows them at https://app.zerossl.com/developer under “EAB Credentials”.'
const GOOGLE =
  'Google makes them with `gcloud publicca external-account-keys create`; each pair is good for one account.'

const rows: readonly CaRow[] = [
  { host: 'acme-v02.api.letsencrypt.org', label: "Let's Encrypt" },
  { host: 'acme-staging-v02.api.letsencrypt.org', label: "Let's Encrypt (staging)" },
  { host: 'acme.zerossl.com', label: 'ZeroSSL', eab: ZEROSSL },
  { host: 'dv.acme-v02.api.pki.goog', label: 'Google Trust Services', eab: GOOGLE },
  { host: 'dv.acme-v02.test-api.pki.goog', label: 'Google Trust Services (staging)', eab: GOOGLE },
  { host: 'api.buypass.com', label: 'Buypass' },
  { host: 'api.test4.buypass.no', label: 'Buypass (test)' },
  { host: 'acme.ssl.com', label: 'SSL.com' },
  { host: 'acme.digicert.com', label: 'DigiCert' },
  { host: 'acme.sectigo.com', label: 'Sectigo' },
  { host: 'acme.actalis.com', label: 'Actalis' },
]

const rowOf = (host: string): CaRow | undefined => rows.find((row) => row.host === host)

/** The CA's own name, or its host where nobody wrote it down here. */
export const caLabel = (host: string): string => rowOf(host)?.label ?? host

export const isKnownCa = (host: string): boolean => rowOf(host) !== undefined

/** Where its external account credentials come from; null where nobody wrote it down here. */
export const eabSource = (host: string): string | null => rowOf(host)?.eab ?? null
