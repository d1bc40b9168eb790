// The roots this machine trusts, for the bundle we hand to clients whose trust setting replaces the system's.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { rootCertificates } from 'node:tls'

/** Where operating systems keep them in one file; the first that exists is taken. Source: Go's crypto/x509 root_linux.go, root_bsd.go. */
export const BUNDLE_FILES = [
  '/etc/ssl/certs/ca-certificates.crt', // Debian, Ubuntu, Gentoo
  '/etc/pki/tls/certs/ca-bundle.crt', // Fedora, RHEL 6
  '/etc/ssl/ca-bundle.pem', // openSUSE
  '/etc/pki/tls/cacert.pem', // OpenELEC
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', // CentOS, RHEL 7 and later
  '/etc/ssl/cert.pem', // Alpine, macOS, the BSDs
  '/usr/local/etc/ssl/cert.pem', // FreeBSD
] as const

const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g

/** Every PEM certificate in a text, each by itself and without what stands between them. */
export const certificatesIn = (pem: string): readonly string[] => pem.match(CERTIFICATE) ?? []

/** The file programs of this machine read its roots from; null where it keeps none. */
export const systemBundle = (files: readonly string[] = BUNDLE_FILES): string | null => files.find(existsSync) ?? null

/** PEM certificates this machine trusts; Node's own list when the machine keeps none in a file. */
export async function systemRoots(files: readonly string[] = BUNDLE_FILES): Promise<readonly string[]> {
  for (const file of files) {
    const found = certificatesIn(await readFile(file, 'utf8').catch(() => ''))
    if (found.length > 0) return found
  }
  return rootCertificates
}
