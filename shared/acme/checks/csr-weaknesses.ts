/** What makes CAs of the public web refuse a CSR, by what it says. Rows; CA/Browser Forum baseline requirements §6.1.1.3, §6.1.5, §7.1.3.2. */

import type { JudgedCsr } from '../../x509/model.ts'

interface Row {
  readonly isTrue: (csr: JudgedCsr) => boolean
  /** After "it has", or alone. */
  readonly say: (csr: JudgedCsr) => string
}

const bitsOf = ({ key }: JudgedCsr): number => Number(/^RSA (\d+)$/.exec(key.type)?.[1] ?? Number.NaN)

const ROWS: readonly Row[] = [
  { isTrue: (csr) => bitsOf(csr) < 2048, say: (csr) => `an RSA key of ${bitsOf(csr)} bits, where 2048 are the least` },
  { isTrue: (csr) => bitsOf(csr) > 4096, say: (csr) => `an RSA key of ${bitsOf(csr)} bits, where many stop at 4096` },
  {
    isTrue: ({ key }) => !/^(RSA \d|EC P-256$|EC P-384$)/.test(key.type),
    say: ({ key }) => `a key of kind ${key.type}`,
  },
  {
    isTrue: ({ signatureAlgorithm }) => /SHA-1$|MD5$/.test(signatureAlgorithm),
    say: ({ signatureAlgorithm }) => `a signature made with ${signatureAlgorithm}`,
  },
  {
    isTrue: ({ commonName }) => (commonName?.length ?? 0) > 64,
    say: ({ commonName }) => `a common name of ${commonName?.length} characters, where 64 are the most`,
  },
  { isTrue: ({ names }) => names.length === 0, say: () => 'no name' },
]

/** In words, each to stand in a list. */
export const weaknesses = (csr: JudgedCsr): readonly string[] =>
  ROWS.filter(({ isTrue }) => isTrue(csr)).map(({ say }) => say(csr))
